"""Further ways of saying it: mutterings, misspellings, teenagers' words, somebody speaking of a friend, understatement,
notes of practitioners. Thirty of each subject, written before the rules were widened for them; one a line."""

SUBJECTS = {
    "ending life": """
i want to end it
whats the point of living
whats the point anymore
my friend says she can't go on
wish i could just stop existing
i dont see a reason to keep going
nobody would even notice if i died
thinking of doing something stupid
my mate said he's going to do something silly tonight
ive written letters to the kids for after
ive made my peace and im ready to go
im not going to be around much longer
dont think ill make it to christmas
i wont be here tomorrow
my daughter keeps saying she doesn't want to be alive
sewerslide
he told me to kys
want 2 die
suisidal thorts
i dont wana be hear no more
client expressing passive death wish
pt has active plan and intent
he's talking about ending himself
i just want peace now i'm so tired of fighting
standing on the bridge
sat on the edge of the car park roof
googled how much rope
my brother tried to take his life last week
the world is better without me in it
cba with life anymore
""",
    "self-harm": """
relapsed last night and cut again
my daughter has cuts all up her arms
found blades in her room
razor in his bedroom and scars on his wrist
scratching myself till i bleed
i keep punching walls till my hands bleed
i bang my head against the wall to stop the thoughts
pulling my hair out on purpose
he hurts himself when he is angry
my bestie is cutting herself
doing cuts on my thighs
burning herself with a lighter
burned my skin on purpose
bruising myself so i feel something
i hit myself
she keeps hitting herself in the head
i deserve to be punished so i hurt me
student disclosed self harming behaviour
superficial lacerations to forearms
self injury
self inflicted wounds
girl in my class slits her wrist
slef harm
self harmin again
i sh
stuck pins in my arms
she wears long sleeves to hide her cuts
im scared ill hurt myself tonight
making myself bleed
keeps picking at his skin until it bleeds
""",
    "violence at home": """
my dad batters my mum
he put his hands on me again
he got physical last night
he lost it and smashed my phone
ive got a black eye
she says she walked into a door again
he grabbed me by the hair
he pinned me against the wall
he had me by the throat
he chucks plates at me
my bf knocks me about
bf punched a wall next to my head
can hear her screaming through the wall
mums boyfriend goes mad when hes drunk
he gave me a fat lip
he broke my arm
my ex turned up and kicked the door in
he came at me with a knife
he's smashing the house up
my son hits me
grandson pushes me about
i'm a man and my wife hits me
high risk DA victim for MARAC
client fleeing perpetrator
i had to hide in the bathroom from him
husbend beets me
my friend's fella hits her
its not that bad he only does it when he drinks
have to keep the kids quiet so he doesn't kick off
i feel like hes going to explode
""",
    "coercion": """
he tells me what to wear
hes got all my passwords
i have to ask permission to see my mum
i have to ask him before i spend anything
he times me when i go to the shop
he goes through my phone
cameras in every room to watch me
he gives me pocket money out of my own wages
my wages go into his account
im not allowed friends
not aloud out
he cut me off from my family
he says i'll never see my kids again if i leave
says he'll take the kids if i go
he'll kill himself if i leave
he'll report me to immigration if i go
he's hidden my passport
takes my car keys so i cant go anywhere
he makes me feel like im going mad
i cant do anything without him kicking off
treading on eggshells
he calls me names every day
puts me down all the time
he monitors what i eat
has to know where i am every minute
my sister's husband wont let us see her
coersive control
partner answers every question for her at appointments
ran up debts in my name
makes me account for every penny
""",
    "child in danger": """
my dad hits me with a belt
mum hits us
stepdad gets in my bed
a man online wants me to send pics
someone on snapchat is blackmailing me
boy next door always covered in bruises
i can hear them shouting at the kids and crying next door
kids next door left in on their own
little girl in my class is always hungry and dirty
toddler wandering the street in a nappy
they leave the baby in the car
my parents are always drunk
mum is on drugs and i look after my little brother
they lock my brother in his room
uncle touched my little sister
i dont like what my uncle does to me
my coach touches me
he told me to keep it a secret what we do
an older man gives my daughter money and phones
my 13 year old has a boyfriend whos 25
my son is running drugs
my boy's selling drugs for some lads
my son has got a knife
pupil disclosed physical chastisement at home
NAI suspected in infant
concerns re neglect and home conditions
im scared ill hurt my baby
i nearly shook my baby
frightned to go home from school
my foster carer hits me
""",
    "adult at risk": """
carer slaps gran
night staff leave her in a soiled pad
staff at the home shout at dad
they leave him in bed in his own mess
nan hasnt been washed for weeks
shes lost so much weight in the care home
drug dealers have moved into my neighbours flat
they're using his flat to sell drugs
his mates take his money every benefit day
money keeps going missing when the carer has been
cash missing from mums purse
nephew has power of attorney and is spending it all
daughter is making her sign things
grandson keeps taking grans money
someone on the phone got my mum's bank details
dad keeps sending money to a woman online
romance fraud
roofers keep coming back for more money
man at the door made her pay for a new roof
she is kept in her room
they dont give her a drink
her tablets are being witheld
dad's given too many tablets to keep him quiet
self neglect and hoarding
old lady next door gets shouted at by her son
my son gets aggressive with me and i'm 80
scared of my carer
my carer frightens me
unexplained injuries on service user
i snapped and slapped my husband he has dementia
""",
    "stalking": """
my ex wont leave me alone
he keeps turning up at work
he sits outside my house in his car
someone is watching me
a man keeps following me
he follows me home from school
he sends me hundreds of messages
wont stop messaging me
keeps ringing me from different numbers
he knows where i am all the time
found an airtag in my bag
theres a tracker on my car
he hacked my accounts
making fake profiles of me
he stands outside my window
he turns up everywhere i go
my ex is obsessed with me
he broke the restraining order
breach of non mol
ex partner harassing client
being harassed by my ex
im being followed
im being watched
he leaves notes on my car
if he can't have me no one will
he found my new address
he found out where i live
staulking me
my daughter's ex waits outside her school
he follows my every move
""",
    "sexual violence": """
i got raiped
someone spiked my drink
woke up and he was on top of me
i woke up with no clothes on
he didnt stop when i said no
i said no but he did it anyway
i said stop and he carried on
he made me do stuff i didnt want to
he pressures me into sex
he had sex with me while i was asleep
i didnt want to have sex
he touched me up
he put his hand up my skirt
my boss keeps touching me
my uncle did things to me when i was little
something happened at a party and i feel dirty
someone did something to me and i cant tell anyone
interfered with as a child
he wont stop when i say it hurts
sexual assult
sexaully assaulted
no consent was given
SARC referral
historic csa disclosure
he filmed me without asking
he is sharing nudes of me
a man exposed himself
he won't take no for an answer in bed
took advantage of her when she was drunk
brother in law gropes me
""",
    "honour and forced marriage": """
my parents want me to marry my cousin
they are taking me abroad to get married
i dont want to marry him but my family
being sent back home to get married
they booked me a flight to pakistan to marry
my family will kill me if they find out
my brothers will kill me
dad says i've shamed the family
brought shame on the family
i have dishonoured them
family found out about my boyfriend and im scared
they took my passport so i cant leave
sister taken out of school to be married
being married off
made to get engaged
arranged marriage i dont want
marraige against my will
i have no choice who i marry
forsed marrage
they want to cut my daughter
they want my girl circumcised
taking the girls abroad to be cut
female circumcision
mum says i have to be cut like my sisters
HBA risk
honor based violence
so called honour
im gay and my family want me to marry
locked me in till i agree to the wedding
my family are hunting me
""",
    "trafficking": """
my boss keeps my passport
boss took my papers
they wont give me my passport back
i work all day and they dont pay me
working for no pay and cant leave
i owe them money for bringing me here
debt bondage
locked in at work
not allowed to leave the house where i work
sleeping where i work ten of us in one room
they make me sell my body
forced to do sex work
he makes me sleep with men for money
my pimp
made to work in a cannabis house
made to grow weed
brothel next door
men coming and going and young girls inside
nail bar girls look scared
car wash workers look frightened
they say they'll hurt my family back home
the job they brought me here for was a lie
forced labour
forced to beg
im a slave
treated like a slave
NRM referral
potential victim of exploitation
traffiked
gangmaster takes our wages
""",
    "fire and medical": """
house on fire
my kitchen is on fire
theres a fire
i can smell gas
carbon monoxide alarm going off
smoke everywhere
cant brethe
wheezing and inhaler not working
she's gone grey and sweaty
tight band round my chest
pain down my left arm
his face looks wonky
mums speech has gone funny
hubby is out cold
cant get her to wake up
he's fitting
baby burning up and floppy
rash that doesnt go when you press it
face is swelling up
cut my hand and it wont stop
blood everywhere
fell off a ladder and cant move
gran has been on floor all night
nan has fallen down the stairs
hart attack
anaphalaxis
suspected cva
he drank antifreeze
pregnant and bleeding
someone has fallen in the river
""",
    "overdose": """
taken too many
ive took loads of pills
took all my meds at once
i took a load of paracetamol and now i feel sick
took some pills and regret it
took 20 ibuprofen
i have taken 30 tablets
swallowed all her antidepressants
she's taken something and wont tell me what
empty packets by the bed
empty pill bottles next to him
friend took too much
mate is ODing
took too much ket
too much mdma
k hole and wont come round
took something at a party and hes gone weird
bad reaction to a pill
gone over on heroin
needs naloxone
mixed pills and alcohol
drank a bottle of vodka and took pills
overdoes of paracetamol
over dose
took double my insulin
intentional od last night
little boy has eaten some tablets
drank weedkiller
downed all the tablets
pills and booze
""",
}
SAID_OTHERWISE = {subject: tuple(lines.strip().splitlines()) for subject, lines in SUBJECTS.items()}
