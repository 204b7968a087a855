"""What shares words with a cry for help and is none. None of these is to be promoted; one a line."""

LINES = """
I want to end it with my energy supplier
I want to end it early, the phone contract
my gym membership, I want to end it
this heat is killing me
I could murder a curry
end of life planning
he hits the high notes
my phone is dying
whats the point of a blue badge
whats the point in recycling
what is the point of contact for social care
standing order for my rent
the bridge club on Thursdays
a walk over the bridge and back
I would die for a decent cup of tea
killer sudoku club
I made my peace with my sister
tired of fighting the council about the bins
tired of fighting for a school place
how much rope for a washing line
we all went over the edge of the field
christmas dinner for people on their own
going to do something silly for charity
the centre will not be open tomorrow
somewhere with peace and quiet
I want to cut the cost of heating
cut my daughter's hair at home
hair cut again before the wedding
somebody to cut the hedge again
cut glass workshop
I cut myself off a slice of cake
need to cut down on sugar
scratch cooking for beginners
mum burned herself on the kettle last year
long sleeves for the garden
scar tissue massage
razor clams and chips
my son hit the ball over the fence
a black and white film night
the club puts on a show at christmas
door to door transport
he kicks off at three on Sundays, walking football
knock about tennis
punch and judy show
wall climbing for teenagers
he only does it when it rains, the gardening
my boiler is going to explode with noise
I need to ask permission to put up a fence
I forgot all my passwords
help with passwords on my tablet
the bank goes through my statement with me
a camera club for beginners
pocket money ideas for kids
my wages go into the wrong account
dogs not allowed in the hall
the bus cut us off from the town
my kids are never bored if I take them swimming
the GP monitors my blood pressure
car keys lost in the park
I go mad for bingo
egg shells for the compost
he calls out the names at bingo
the library notes on my account
an airtag for dad's keys
a tracker for dad's wheelchair
people in my street keep the window open
new address for my pension
the cleaner knows where the key is
follow me on the walking route
I get sad in the evenings
nothing happened at the party
my mum takes no sugar
what to wear for an interview
spiked fence repair
everything is getting on top of me with the house
my brother got married last year
where to get married in Grays
back home after hospital
flight to Spain with a wheelchair
my family is hunting for a new home
shame about the weather
arrange a marriage blessing for our anniversary
passport photos near me
renew my passport
take my papers to the recycling
I work all day and my mum needs company
car wash with wheelchair space
nail bar near Tilbury
grow vegetables at the allotment
weed the garden
slave trade history talk
I am a slave to my phone
job club, the job was a good one
money for bringing up a grandchild
the baby in the next pram
an older man who likes chess
older men's shed
send pictures of the broken step
keep it a secret, we are planning a surprise party
child seat in the car
leave the kids in the car park play area
belt for my trousers
drunk on happiness choir
next door's kids play with mine
a soiled carpet cleaned
staff at the hall were friendly
cash machine near me
attorney forms for dad
bank details changed for my pension
roof repairs for pensioners
keep her room tidy
something to keep him quiet in the car, like audio books
he snapped a photo of the group
there is a fire station open day
fire door repair
gas bill too high
fit a carbon monoxide alarm for free
he is fitting the new kitchen
he is fit and well again
my hair has gone grey and thin
chest of drawers to give away
tight fitting shoes
music that is out cold on the radio
my tap leaks and it won't stop
blood donors
give blood
ladder to borrow
slip and fall on the stairs prevention class
scared of falling down the stairs
river walk for beginners
drowning in paperwork
the band is on fire
a box for all these tablets
tablets delivered to my door
I take 20 tablets a day
a whole packet of biscuits to share
pill box with an alarm
she takes too much on
too much to carry on the bus
empty bottles recycling
my neighbour broke down all his boxes
naloxone training for volunteers
mixed party for adults
downed trees in the park
neck and shoulder massage
gone over my budget
friends won't come round any more
I have no friends
a friend to go for walks with
my best mate moved to Spain
my brothers help me with shopping
my sons live far away
my daughter's school is closed
could someone push me round the shops
she threw me a party when I was ninety
he goes for me to the shops
there is parking outside my house
a bench outside my house
he parked outside for an hour
mum is not moving into a care home
told him to stop smoking
the cat sits on his lap
a baby who cries all night
he sits in his chair all day and is bored
the doctor made me give up smoking
took the whole family to the farm
they told me there was a job fair
scared of the dentist
dad shouts at the television
my friends take me to the pub
somewhere my mum can sit and have a coffee
I want to end the direct debit for my tv
is there a killer bargain shop for furniture
help to hang curtains
who can cut back the hedge over the path
the kids are driving me mad this summer
my neighbour's dog keeps barking
he hit his thumb with a hammer last year and needs exercises
my son is being picked on at football
is there a group for people who hear ringing in the ears
he is obsessed with trains and wants a club
my husband will not go anywhere without his stick
how many times can I use the tip
I have been told to take more exercise
I want to stop smoking
a taxi that can take my scooter
my daughter is expecting a baby
where can I get my bike fixed
fire engine open day for toddlers
somebody to check the gas boiler
my friend is new here and wants to learn English
the man who used to do my garden has retired
a woman to help with shopping
my partner and I want to learn to dance
can someone collect my tablets from the chemist
my friend passed away and I would like to talk
he does not like me driving at night
my husband will not wear his hearing aid
she told me not to worry about the form
cheap pictures framed
my boss says I can have Fridays off to volunteer
I am ready to go back to work
sell my things at a car boot
I have lost all my confidence
the stairs are getting hard for me
my brother wants to marry in the church, is it free
she pushes me in my wheelchair
I keep falling asleep in the day
blood pressure check
he leaves the house at six for work and I am alone
a bus that drives past my house
the nurse comes in her room at nine
"""
HARMLESS = tuple(LINES.strip().splitlines())
