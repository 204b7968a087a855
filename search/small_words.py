"""Words that a term of the thesaurus may be typed with or without, and those that stand for anybody."""

# None of these alone is a term.
SMALL_WORDS = frozenset(
    """a an the my our your his her their its this that some any to of for with at and is are am was be been
    really very so too just quite bit""".split()  # noqa: SIM905
)
# Between the words of a term these may stand as well: “looking after my old mum”.
PASSED_OVER = SMALL_WORDS | {"own", "elderly", "old", "older", "aged", "poorly", "dear"}
# Said in several ways.
SAID_AS = {"cannot": "cant", "couldnt": "cant", "doesnt": "dont", "didnt": "dont"}
# “someone” in a term stands for all of these as well: “looking after someone” is “looking after my husband” too.
SOMEONE = frozenset({"someone", "somebody"})
ANYONE = SOMEONE | set(
    """anyone anybody him her them mum mums mummy mam mom mother dad dads daddy father parent parents husband
    hubby wife partner spouse son sons daughter daughters child children kid kids brother sister nan nana nanny
    nans gran grans granny grandma grandmother grandad granddad grandpa grandfather grandparent grandparents
    grandson granddaughter aunt auntie aunty uncle cousin niece nephew friend friends neighbour neighbours
    relative relatives person people loved ones family inlaw mil fil""".split()  # noqa: SIM905
)
