"""Words that everybody types: `STOP_WORDS` are not looked for, `SOFT_WORDS` are welcome and not asked for."""


def several(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP_WORDS = several(
    """a about am an and any are as at be been but by can could did do does for from had has have he her hers him
    his how i if in into is it its ive im id ill me mine my near nearby of on or our ours please she should so some
    than that the their them then there these they this those to up us was we were what when where which who
    whom why will with would you your hes shes theyre theres dont doesnt cant wont didnt isnt wasnt just really
    very too also because since while until still every all each other else much many more most get gets getting
    got going go goes went went want wants wanted need needs needed looking look find finding know like
    something anything someone anyone somebody anybody somewhere anywhere somethings thing things
    now no not only own same such here again once both few off out over under being having
    let lets tell told us bit lot lots way make makes made keep keeps kept try trying tried""",
)
SOFT_WORDS = several(
    """help helping support supporting group groups club clubs service services local area people person place places
    activity activities session sessions class classes centre center community day days week weekly
    friendly free old new nice good best near around close home house person persons man woman
    mum mums dad dads mother father nan gran grandad grandma husband wife partner son daughter brother sister friend
    friends family parent parents years year month months time times today tomorrow""",
)
# What stands before a place.
PREPOSITIONS = several("in near around by at from close to")
NEAR = PREPOSITIONS | several("the nr")
# Words as they are typed in haste, and as they are said in full: what reads a sentence as a whole knows them so.
IN_FULL = dict(
    pair.split("=")
    for pair in """im=I am|ive=I have|id=I would|ill=I will|cant=cannot
dont=do not|doesnt=does not|didnt=did not|wont=will not
isnt=is not|arent=are not|wasnt=was not|werent=were not|havent=have not|hasnt=has not|hadnt=had not|wouldnt=would not
couldnt=could not|shouldnt=should not|hes=he is|shes=she is|theyre=they are|theyve=they have|weve=we have|youre=you are
thats=that is|whats=what is|wheres=where is|theres=there is|lets=let us|itll=it will|theyll=they will
cos=because|coz=because|cuz=because|nan=grandmother|nanny=grandmother|gran=grandmother|nana=grandmother
grandad=grandfather|grandkids=grandchildren|hubby=husband|missus=wife|mam=mother|pls=please|ur=your
gonna=going to|wanna=want to|gotta=have to|dunno=do not know|summat=something|owt=anything|nowt=nothing
telly=television|docs=doctors|meds=medicines|appt=appointment|appts=appointments|hosp=hospital|bday=birthday
tho=though|thru=through|wk=week|wks=weeks|yrs=years|yr=year|bc=because""".replace("\n", "|").split("|")
)
