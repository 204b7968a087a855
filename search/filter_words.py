"""Words that are surely meant as a filter: `read_filters(words)` finds them in folded words, the longest first.

A filter that loses a good listing is worse than a word, so that only what can hardly mean anything else is read: a
“wheelchair accessible” hall is, somebody “in a wheelchair” is not, since who comes to them has no door. What is read of
ages, prices and times stands in `search.filter_numbers` and here in `_guarded`.
"""

from collections.abc import Iterator, Sequence

from directory.choices import Access, Kind, Reach, TakingNew, WhoFor
from search.clauses import WHEN
from search.facets import Checked, CostClass, OpenNow, PartOfDay, When
from search.filter_numbers import age_at, price_at, words
from search.knowledge import Reading
from search.languages import ALSO_CALLED, LANGUAGES, OTHER

Meant = tuple[str, str, bool]
LONGEST = 7


def several(text: str) -> list[tuple[str, ...]]:
    """The phrases between the commas, each as its words."""
    return [tuple(one.split()) for one in text.split(",")]


DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_DAYS = {"tue": 1, "tues": 1, "weds": 2, "thu": 3, "thur": 3, "thurs": 3}
# Words of their own, unless an “on” or a time of day stands beside them.
SHORTEST_DAYS = {"mon": 0, "wed": 2, "fri": 4, "sat": 5, "sun": 6}
PARTS = {
    **dict.fromkeys(("morning", "mornings"), PartOfDay.MORNING.value),
    **dict.fromkeys(("afternoon", "afternoons"), PartOfDay.AFTERNOON.value),
    **dict.fromkeys(("evening", "evenings"), PartOfDay.EVENING.value),
}
FEASTS = words("good easter shrove pancake ash maundy black palm mothering whit blue super cyber stir bloody holiday")
NIGHT = words("night nights")
ON = words("on every each next this")
# What a day or a time of day names together with the word after it, or before it.
NOT_DAYS = {
    "fridays": words("child"),
    "sunday": words("school best"),
    "saturday": words("job jobs"),
    "monday": words("blues"),
}
NOT_BEFORE_PART = words("coffee good next")
NOT_AFTER_PART = {
    "morning": words("sickness after star"),
    "afternoon": words("tea teas"),
    "evening": words("primrose meal meals dress standard"),
}
# Who comes to the house comes when it suits: most say no day, and a day would leave them out.
AT_HOME = words(
    """sit sits sitter sitting visit visits visitor clean cleans cleaner cleaning wash bath bathing shower
    drive drives driver lift shopping overnight carer befriender gardener"""
)
# From so many words up, somebody who says “I” or “my mum” is telling of their life rather than of opening times.
SENTENCE = 7
TELLING = words(
    """i im ive my we our he she they his her hes shes died feel feeling mum dad husband wife got wont nobody
    everybody worst"""
)

PHRASES: dict[tuple[str, ...], Meant] = {}


def meant(facet: str, code: str, phrases: str, *, keep: bool = False) -> None:
    """Let these phrases mean a choice; `keep`: they are looked for as words as well."""
    PHRASES.update(dict.fromkeys(several(phrases), (facet, str(code), keep)))


meant("kind", Kind.TALKING_SHOP, "talking shop, talking shops")
meant(
    "kind",
    Kind.MICRO_ENTERPRISE,
    """micro enterprise, micro enterprises, microenterprise, microenterprises, micro business, micro businesses,
    very small business, very small businesses""",
)
meant("kind", Kind.CARERS_NETWORK, "carers network, carers networks, carer network")
meant(
    "cost",
    CostClass.FREE,
    """for free, free of charge, no cost, at no cost, no charge, at no charge, without charge, costs nothing,
    nothing to pay, free to attend, free to join, free entry, free admission""",
)
meant(
    "access",
    Access.STEP_FREE,
    """step free, step free access, step free entrance, stepfree, wheelchair accessible, wheelchair access,
    wheelchair friendly, accessible by wheelchair, accessible for wheelchairs, accessible to wheelchairs,
    level access, level entrance, no steps, without steps, no stairs, without stairs, ramp access, ramped access""",
)
meant("access", Access.HEARING_LOOP, "hearing loop, hearing loops, induction loop, loop system, t loop, audio loop")
meant("access", Access.QUIET_SPACE, "quiet space, quiet room, quiet corner, quiet area, with a quiet space")
meant(
    "access",
    Access.PARKING,
    """with parking, has parking, free parking, parking on site, on site parking, onsite parking, easy parking,
    with a car park, has a car park, parking available, parking nearby, parking outside""",
)
meant(
    "access",
    Access.BLUE_BADGE,
    "blue badge parking, blue badge bay, blue badge bays, disabled parking, disabled bay",
)
meant(
    "access",
    Access.TOILET,
    "accessible toilet, accessible toilets, accessible loo, disabled toilet, disabled toilets, disabled loo",
)
meant("access", Access.CHANGING_PLACES, "changing places, changing places toilet, changing place toilet")
meant("access", Access.LIFT, "with a lift, has a lift, lift access, lift to all floors")
meant(
    "access",
    Access.GUIDE_DOGS,
    "guide dogs welcome, guide dog welcome, guide dog friendly, guide dogs allowed, assistance dogs welcome",
)
meant("access", Access.BUS, "on a bus route, bus route, near a bus stop, near a bus route, close to a bus stop")
meant("access", Access.SENSORY_ROOM, "with a sensory room, has a sensory room")
# Whoever asks what there is to do wants somewhere to go, not who could come.
meant("reach", Reach.AT_VENUE, "things to do, things to go to, places to go, somewhere to go, what is on, whats on")
meant(
    "reach",
    Reach.COMES_TO_YOU,
    """comes to me, come to me, comes to you, come to you, comes to us, come to us, comes to my house, come to my house,
    comes to my home, come to my home, come to the house, comes to the house, comes to your home, come to your home,
    come to our house, come to our home, comes to her house, come to her house, come to his house, come to her home,
    home visit, home visits, home visiting, at home visits, visits at home, visit at home, visit me at home,
    visits me at home, visit her at home, visit him at home, in my own home, in your own home, in their own home,
    in her own home, in his own home, in our own home""",
)
meant(
    "reach",
    Reach.BY_PHONE,
    """by phone, by telephone, over the phone, over the telephone, phone support,
    telephone support, telephone befriending""",
)
meant(
    "reach",
    Reach.ONLINE,
    """online group, online groups, online session, online sessions, online class, online classes, online meeting,
    online meetings, online support, online counselling, online course, online courses, on zoom, by zoom, via zoom,
    over zoom, zoom group, zoom groups, zoom session, zoom sessions, zoom class, zoom classes, zoom meeting,
    zoom meetings, by video call, over video, on video call""",
)
meant(
    "taking_new",
    TakingNew.YES,
    """taking new people, taking new members, taking new clients, taking new customers, taking on new people,
    taking on new clients, accepting new people, accepting new members, accepting new clients, accepting new referrals,
    accepting referrals, not full, has spaces, has space, has places, spaces available, places available, spaces free,
    no waiting list, without a waiting list, no waiting lists, no wait, room for new people, room for more""",
)
meant(
    "checked",
    Checked.SIX_MONTHS,
    "checked recently, recently checked, checked in the last six months",
)
meant("open", OpenNow.NOW, "open now, open right now, on now, on right now, happening now, open at the moment")
meant("date", When.WEEKEND, "this weekend, open this weekend, on this weekend, this coming weekend")
meant(
    "day",
    "weekend",
    """weekend, weekends, at weekends, at the weekend, at the weekends, on weekends, on the weekend, open weekends,
    open at weekends, open at the weekend""",
)
meant("day", "weekdays", "weekdays, on weekdays, weekday, on a weekday, monday to friday, mon to fri")
meant(
    "time",
    PartOfDay.EVENING,
    "after work, in the evening, in the evenings, of an evening, early evening",
)
meant("time", PartOfDay.MORNING, "in the morning, in the mornings, of a morning, early morning, early mornings")
meant("time", PartOfDay.AFTERNOON, "in the afternoon, in the afternoons, of an afternoon, late afternoon")
meant("who_for", WhoFor.WOMEN, "women only, ladies only, female only, only for women, just for women", keep=True)
meant("who_for", WhoFor.MEN, "men only, male only, only for men, just for men", keep=True)

LANGUAGE_WORDS: dict[tuple[str, ...], str] = {
    tuple(name.split("-")): code
    for name, code in [*((code, code) for code in LANGUAGES if code != OTHER), *ALSO_CALLED.items()]
}
SPEAKING = words("speaking speaker speakers spoken")
SPEAK = words("speak speaks speaking")
SIGNS = {("bsl",), ("british", "sign", "language")}
LEARNING = words("learn learning lesson lessons class classes course courses teach teacher beginners level basic")
CLOSING = words("in near at please for and or on around by")

NOT_FREE_BEFORE = words(
    """sugar gluten dairy lactose fat nut wheat meat smoke drug drugs alcohol step barrier pain care stress hands debt
    scot feel set break trouble tax hassle risk duty rent get be jargon worry cancer symptom seizure my any some"""
)
NOT_FREE_AFTER = words(
    """range from time space spaces weights school standing will church bus tv prescription prescriptions spirit trial
    of speech style wheel way ways fall running travel pass school nhs period periods parking"""
)
NOT_ONLINE_BEFORE = words(
    """get getting go going gone be safe staying stay shopping shop bank banking apply applying forms form buy
    buying order ordering pay paying them me him her mum dad people bullying abuse scam scams fraud things it stuff
    bills help"""
)
DENYING = words("not no without cant cannot dont doesnt never hate hates wont isnt")
PAST = words("since last past by until till")
INDOORS = words("home house indoors inside bed online computer internet phone telephone holiday holidays respite")
TRAVELLING = words("taxi taxis transport bus buses minibus vehicle vehicles car cars van minicab hire coach travel")

_BY_FIRST: dict[str, list[tuple[tuple[str, ...], Meant]]] = {}
for _words, _meaning in sorted(PHRASES.items(), key=lambda one: -len(one[0])):
    _BY_FIRST.setdefault(_words[0], []).append((_words, _meaning))
# Words that must not be taken for another, badly spelt.
FILTER_WORDS = frozenset(
    {word for phrase in (*PHRASES, *LANGUAGE_WORDS) for word in phrase}
    | {*DAY_NAMES, *(f"{day}s" for day in DAY_NAMES), *SHORT_DAYS, *SHORTEST_DAYS, *PARTS, *SPEAKING, *SPEAK}
    | {"today", "tomorrow", "tonight", "bsl", "online", "aged", "yrs", "teenager", "teenagers"}
)


def read_filters(said: Sequence[str]) -> tuple[Reading, ...]:
    """(start, length, facet, code, whether the words are looked for as well), in order; two may share their words."""
    found: list[Reading] = []
    at = 0
    while at < len(said):
        readings = tuple(_readings(said, at))
        found += readings
        at += readings[0][1] if readings else 1
    return tuple(found)


def _readings(said: Sequence[str], at: int) -> Iterator[Reading]:
    """What begins at one word; all of the same length."""
    length, meanings = _longest(said, at)
    if length and not _denied(said, at, meanings[0]):
        for facet, code, keep in meanings:
            yield at, length, facet, code, keep


def _longest(said: Sequence[str], at: int) -> tuple[int, list[Meant]]:
    candidates = [_phrase(said, at), _guarded(said, at), _language(said, at), age_at(said, at), price_at(said, at)]
    return max(candidates, key=lambda one: one[0])


def _denied(said: Sequence[str], at: int, meaning: Meant) -> bool:
    """“I cannot talk over the phone” asks for the opposite, and “the evenings drag and I see nobody” for no evening."""
    facet, code, _keep = meaning
    if facet in WHEN and AT_HOME.intersection(said):
        return True
    told = facet in WHEN or code in {Reach.BY_PHONE, Reach.ONLINE}
    if told and len(said) >= SENTENCE and TELLING.intersection(said):
        return True
    if facet in WHEN and PAST.intersection(said[max(0, at - 2) : at]):
        return True
    return facet in {"reach", "language", *WHEN} and any(word in DENYING for word in said[max(0, at - 3) : at])


NONE: tuple[int, list[Meant]] = (0, [])


def _phrase(said: Sequence[str], at: int) -> tuple[int, list[Meant]]:
    for phrase, meaning in _BY_FIRST.get(said[at], ()):
        if tuple(said[at : at + len(phrase)]) == phrase and _holds(said, at, phrase, meaning):
            return len(phrase), [meaning]
    return NONE


def _holds(said: Sequence[str], at: int, phrase: tuple[str, ...], meaning: Meant) -> bool:
    """Whether the words around leave a phrase its meaning."""
    facet = meaning[0]
    if facet == "access" and phrase[0] in {"wheelchair", "accessible"} and TRAVELLING.intersection(said):
        return False
    if phrase[-1] in {"weekend", "weekends"}:
        return at + len(phrase) >= len(said) or said[at + len(phrase)] not in {"away", "break", "breaks", "trip"}
    if meaning[:2] == ("reach", Reach.AT_VENUE.value):
        return not INDOORS.intersection(said) and len(said) < SENTENCE
    if phrase in {("changing", "places"), ("bus", "route")}:
        return at + 2 >= len(said) or said[at + 2] in CLOSING
    return True


def _guarded(said: Sequence[str], at: int) -> tuple[int, list[Meant]]:
    """Single words that mean a filter only where nothing beside them says otherwise, and an “open” before them."""
    skip = 1 if said[at] == "open" and at + 1 < len(said) else 0
    skip += 1 if skip and said[at + 1] in {"on", "late"} and at + 2 < len(said) else 0
    word, here = said[at + skip], at + skip
    if word in _TIMES:
        meanings = _time(said, here)
        night = bool(meanings) and meanings[0][0] == "day" and next(iter(said[here + 1 :]), "") in NIGHT
        if meanings:
            return skip + 1 + int(night), [*meanings, *([("time", PartOfDay.EVENING.value, False)] if night else [])]
    if skip:
        return NONE
    if word == "free" and _is_price(said, at):
        return 1, [("cost", CostClass.FREE.value, False)]
    if word == "online" and at == len(said) - 1 and at > 0 and said[at - 1] not in NOT_ONLINE_BEFORE:
        return 1, [("reach", Reach.ONLINE.value, False)]
    return NONE


def _time(said: Sequence[str], at: int) -> list[Meant]:
    word = said[at]
    before, after = said[at - 1] if at else "", said[at + 1] if at + 1 < len(said) else ""
    if word in PARTS:
        apart = before in NOT_BEFORE_PART or after in NOT_AFTER_PART.get(word.rstrip("s"), ())
        return [] if apart else [("time", PARTS[word], False)]
    if word in {"today", "tomorrow", "tonight"}:
        if TELLING.intersection(said) and before not in {"on", "open"}:
            return []
        day = When.TODAY.value if word == "tonight" else word
        return [("date", day, False)] + ([("time", PartOfDay.EVENING.value, False)] if word == "tonight" else [])
    if before in FEASTS or after in NOT_DAYS.get(word, ()):
        return []
    if word in SHORTEST_DAYS and not (before in ON or after in PARTS or after in NIGHT):
        return []
    return [("day", str(_DAYS[word]), False)]


_DAYS: dict[str, int] = {
    **{name: number for number, day in enumerate(DAY_NAMES) for name in (day, f"{day}s")},
    **SHORT_DAYS,
    **SHORTEST_DAYS,
}
_TIMES = frozenset({*_DAYS, *PARTS, "today", "tomorrow", "tonight"})


def _is_price(said: Sequence[str], at: int) -> bool:
    before, after = said[at - 1] if at else "", said[at + 1] if at + 1 < len(said) else ""
    return before not in NOT_FREE_BEFORE and after not in NOT_FREE_AFTER


def _language(said: Sequence[str], at: int) -> tuple[int, list[Meant]]:
    """ "Polish speaking", "speaks Polish", "in Polish", "BSL"."""
    if LEARNING.intersection(said) or len(said) > SENTENCE:
        # In a sentence it may be all that the right listing lacks.
        return NONE
    lead = 1 if said[at] in SPEAK or said[at] == "in" else 0
    size, code = _language_name(said, at + lead)
    if not size:
        return NONE
    end = at + lead + size
    after = said[end] if end < len(said) else ""
    meanings: list[Meant] = [("language", code, False)]
    if after in SPEAKING:
        return end + 1 - at, meanings
    if said[at] in SPEAK or (lead and (not after or after in CLOSING)):
        return end - at, meanings
    signs = tuple(said[at:end]) in SIGNS
    return (end - at, meanings) if signs and not lead else NONE


def _language_name(said: Sequence[str], at: int) -> tuple[int, str]:
    for size in (3, 2, 1):
        code = LANGUAGE_WORDS.get(tuple(said[at : at + size]))
        if code and at + size <= len(said):
            return size, code
    return 0, ""
