"""Words that everybody types, each list for what is done with it.

`STOP_WORDS` are not looked for; `SOFT_WORDS` are welcome and not asked for. Of the thesaurus `SMALL_WORDS` alone are no
term, `PASSED_OVER` may stand between the words of one, and for `ANYONE` it may say “someone”.
"""


def several(text: str) -> frozenset[str]:
    return frozenset(text.split())


# In all lists of what says nothing by itself.
SMALLEST = several(
    """a an the my our your his her their its this that some any to of for with at and is are am was be been
    really very so too just bit""",
)
# “someone” in a term stands for anyone: “looking after someone” is “looking after my husband” too.
SOMEONE = several("someone somebody")
# Those whom people speak of most.
SPOKEN_OF = several(
    """people person partner family friend friends mum mums mother dad dads father parent parents husband wife son
    daughter brother sister nan gran grandma grandad""",
)

STOP_WORDS = (
    SMALLEST
    | SOMEONE
    | several(
        """about as but by can could did do does from had has have he hers him how i if in into it ive im id ill me
        mine near nearby on or ours please she should than them then there these they those up us we were what when
        where which who whom why will would you hes shes theyre theres dont doesnt cant wont didnt isnt wasnt
        also because since while until still every all each other else much many more most get gets getting
        got going go goes went want wants wanted need needs needed looking look find finding know like
        something anything anyone anybody somewhere anywhere somethings thing things
        now no not only own same such here again once both few off out over under being having
        let lets tell told lot lots way make makes made keep keeps kept try trying tried""",
    )
)
SOFT_WORDS = SPOKEN_OF | several(
    """help helping support supporting group groups club clubs service services local area place places
    activity activities session sessions class classes centre center community day days week weekly
    friendly free old new nice good best near around close home house persons man woman
    year years month months time times today tomorrow""",
)
SMALL_WORDS = SMALLEST | {"quite"}
# Between the words of a term these may stand as well: “looking after my old mum”.
PASSED_OVER = SMALL_WORDS | several("own elderly old older aged poorly dear")
ANYONE = (
    SOMEONE
    | SPOKEN_OF
    | several(
        """anyone anybody him her them mummy mam mom daddy hubby spouse sons daughters child children kid kids
        nana nanny nans grans granny grandmother granddad grandpa grandfather grandparent grandparents grandson
        granddaughter aunt auntie aunty uncle cousin niece nephew neighbour neighbours relative relatives loved ones
        inlaw mil fil""",
    )
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
darent=dare not|neednt=need not|mustnt=must not|aint=is not|youve=you have|youll=you will|wouldve=would have
couldve=could have|shouldve=should have|thats=that is|whats=what is|wheres=where is|theres=there is|lets=let us
itll=it will|theyll=they will|cos=because|coz=because|cuz=because
nan=grandmother|nanny=grandmother|gran=grandmother|nana=grandmother|grandad=grandfather
grandkids=grandchildren|hubby=husband|missus=wife|mam=mother|pls=please|ur=your
gonna=going to|wanna=want to|gotta=have to|dunno=do not know|summat=something|owt=anything|nowt=nothing
telly=television|docs=doctors|meds=medicines|appt=appointment|appts=appointments|hosp=hospital|bday=birthday
tho=though|thru=through|wk=week|wks=weeks|yrs=years|yr=year|bc=because""".replace("\n", "|").split("|")
)
# Words that are one when what is typed is compared with a term.
COMPARED_AS = {"cannot": "cant", "couldnt": "cant", "doesnt": "dont", "didnt": "dont"}
