"""Words that people use in a cell for one of ours: `ALSO_CALLED[choices]` maps them, folded, to a code.

Only what means the same: a word that says more, or less, is left for somebody to mend.
"""

from django.db import models

from directory.choices import Access, AsksFor, Door, Fact, How, Kind, Reach, TakingNew, WhoFor
from importers.spreadsheets import fold

_SAID: dict[type[models.TextChoices], dict[models.TextChoices, str]] = {
    Kind: {
        Kind.MICRO_ENTERPRISE: "micro-enterprises, micro enterprise, micro-provider, micro provider",
        Kind.GROUP: "group, community groups, club, self-help group",
        Kind.CARERS_NETWORK: "carers' networks, carers' group, carers' groups",
        Kind.TALKING_SHOP: "talking shops",
        Kind.RESPITE: "respite option, respite options, respite care",
        Kind.SERVICE: "services",
    },
    Reach: {
        Reach.AT_VENUE: "venue, in person, face to face, at the venue",
        Reach.COMES_TO_YOU: "at your home, in your home, at home, home visits, home visit",
        Reach.BY_PHONE: "phone, telephone, by telephone, over the phone, on the phone",
    },
    Door: {
        Door.TURN_UP: "drop in, turn up, walk in, open door, no need to book, no booking needed",
        Door.RING_FIRST: """ring, just ring, please ring, call first, phone first, telephone first, ring or email,
            get in touch, get in touch first, contact first, contact us first, contact us""",
        Door.BOOK: """book, book first, book ahead, book in advance, booking, booking needed, by appointment,
            appointment""",
        Door.REFERRED: "referral, by referral, referral only, referral needed, be referred, referred",
    },
    TakingNew: {TakingNew.YES: "yes, open", TakingNew.FULL: "no", TakingNew.UNKNOWN: "don't know, unknown, ask"},
    WhoFor: {
        WhoFor.OLDER: "older adults, older residents, the elderly, elderly people, over 65s, seniors",
        WhoFor.DEMENTIA: "people with dementia, dementia",
        WhoFor.LEARNING_DISABILITY: """people with learning disabilities, adults with a learning disability,
            learning disability""",
        WhoFor.AUTISM: "people with autism, autism",
        WhoFor.PHYSICAL_DISABILITY: """people with physical disabilities, physically disabled people,
            physical disability""",
        WhoFor.HEARING_LOSS: "deaf people, people who are deaf, people who are hard of hearing, hearing loss",
        WhoFor.SIGHT_LOSS: "blind people, people who are blind, people who are partially sighted, sight loss",
        WhoFor.MENTAL_HEALTH: """people with mental health problems, people with mental health needs,
            people with poor mental health, mental health""",
        WhoFor.CARERS: "unpaid carers, family carers, carer",
        WhoFor.FAMILIES: "family, parents, parents and carers",
        WhoFor.YOUNG_PEOPLE: "children, young people",
        WhoFor.BEREAVED: "bereaved people, bereaved",
        WhoFor.LGBTQ: "LGBT people, LGBT+ people, LGBTQ people, LGBTQIA+ people, LGBT+",
        WhoFor.END_OF_LIFE: "people at end of life, people who are dying, end of life",
        WhoFor.LONG_TERM_CONDITION: """people with long-term conditions, people with a long-term health condition,
            people with long-term health conditions, long-term conditions""",
        WhoFor.VETERANS: "ex-service personnel, armed forces veterans",
        WhoFor.NEW_TO_AREA: "new to the area",
    },
    Access: {
        Access.STEP_FREE: "step-free, step-free access, wheelchair access, wheelchair accessible, level access",
        Access.TOILET: "disabled toilet, accessible toilets, accessible WC",
        Access.HEARING_LOOP: "induction loop, loop",
        Access.PARKING: "car park, free parking",
        Access.BLUE_BADGE: "disabled parking, blue badge bays, blue badge",
        Access.BUS: "bus route, near a bus stop, on bus route",
        Access.QUIET_SPACE: "quiet room, quiet area",
        Access.GUIDE_DOGS: "guide dogs, assistance dogs welcome",
    },
    How: {How.OWNER: "owner", How.PHONE: "phone", How.VISIT: "visit", How.WEBSITE: "website, web"},
    AsksFor: {
        AsksFor.PHONE: "phone number, telephone",
        AsksFor.EMAIL: "e-mail address",
        AsksFor.ADDRESS: "home address",
        AsksFor.AREA: "where they live",
        AsksFor.AGE: "how old",
        AsksFor.ACCESS: "access needs",
        AsksFor.ENJOYS: "what they enjoy",
        AsksFor.OTHERS: "who else is involved",
    },
    Fact: {Fact.TAKING_NEW: "new people", Fact.COST: "costs", Fact.TIMES: "time"},
}  # fmt: skip
ALSO_CALLED: dict[type[models.TextChoices], dict[str, str]] = {
    choices: {fold(word): str(one.value) for one, words in said.items() for word in words.split(",")}
    for choices, said in _SAID.items()
}
