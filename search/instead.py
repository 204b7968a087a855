"""When little or nothing is found: what was looked for, in words, and what would find something, with exact counts.

`nothing_found(asked, where, results, question) -> Nothing`, `a_little_more(asked, results) -> list[Instead]`.
The engine is asked `MOST_QUESTIONS` times at most; how many are found farther off is known without asking.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import NamedTuple

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assets_map.areas import area_index
from assets_map.distance import Point, metres_between
from assets_map.models import Area
from assets_map.not_found import OutsideOurArea
from assets_map.places import Place
from search.asking import Asked, distance_word
from search.danger import matched
from search.engines import find
from search.facets import EVERY_CHOICE, distance_code, labels
from search.places import area_place
from search.query import ANY_DISTANCE, DISTANCES, AssetQuery, MapHit, Results
from search.terms import ReadFilter
from search.understand import words_of
from search.where import Where

MOST_QUESTIONS = 12
# The database takes its time over each.
MOST_OF_THE_DATABASE = 2
# Nothing more is asked after so long, whatever the engine.
MOST_SECONDS = 0.4
# One question for each is kept back.
MOST_AREAS = 3
MOST_SHOWN = 5
MOST_WORDS = 2
# Fewer rows than this may not be what somebody hoped for.
FEW = 3
# Goes out of a text together with the word for a day, a cost or a place that it leads to.
LEADING = frozenset("at around by for from in near on that the with".split())  # noqa: SIM905

NOTHING_SAID = SafeString("")

Questioner = Callable[[Asked, Where], AssetQuery]


class Instead(NamedTuple):
    """A change that would find something."""

    label: str
    count: int  # type: ignore[assignment]  # hides a tuple's own, which nobody asks here
    address: str


class Change(NamedTuple):
    """Another question, and what is different about it."""

    label: str
    asked: Asked
    where: Where


@dataclass(frozen=True, slots=True)
class Nothing:
    """What the page says when nothing was found."""

    looked_for: SafeString = NOTHING_SAID
    unknown: tuple[str, ...] = ()
    changes: list[Instead] = field(default_factory=list)
    areas: list[Instead] = field(default_factory=list)


@dataclass
class Asking:
    """Puts questions to the engine, and stops when enough were put."""

    question: Questioner
    left: int = MOST_QUESTIONS
    until: float = field(default_factory=lambda: perf_counter() + MOST_SECONDS)

    def may(self, *, keeping: int = 0) -> bool:
        """Whether there is a question left, besides so many that are kept back."""
        return self.left > keeping and perf_counter() < self.until

    def about(self, asked: Asked, where: Where) -> Results:
        self.left -= 1
        return find(replace(self.question(asked, where), page=1, page_size=1))


def nothing_found(asked: Asked, where: Where, results: Results, question: Questioner) -> Nothing:
    """What was understood, the smallest changes that find something, and the areas about that have some.

    Nothing of it for somebody in danger: their own words are not said again, and no other words of theirs are at fault.
    """
    if matched(asked.text):
        return Nothing()
    asking = Asking(question, MOST_OF_THE_DATABASE if results.less_complete else MOST_QUESTIONS)
    unknown = () if results.less_complete else results.terms.unknown
    elsewhere = None
    place = where.place or results.place
    if place is not None and not isinstance(where.problem, OutsideOurArea):
        elsewhere = anywhere(asked, place, results)
    farther = further_off(asked, results)
    found, both = [], []
    kept_back = 0 if results.less_complete or elsewhere is None else 1 + MOST_AREAS
    for change in changes(asked, where, results):
        if not asking.may(keeping=kept_back):
            break
        answer = asking.about(change.asked, change.where)
        if answer.total:
            found.append(Instead(change.label, answer.total, change.asked.address()))
        else:
            wider = further_off(change.asked, answer)[:1]
            both += [one._replace(label=f"{change.label} – {lowered(one.label)}") for one in wider]
    areas: list[Instead] = []
    if elsewhere is not None and place is not None and asking.may():
        answer = asking.about(elsewhere.asked, elsewhere.where)
        if answer.total:
            areas = nearby(elsewhere.asked, place, answer.points, asking)
            found.append(Instead(elsewhere.label, answer.total, elsewhere.asked.address()))
    first = [*farther, *found, *both]
    return Nothing(looked_for(asked, where, results), unknown, first[:MOST_SHOWN], areas)


def a_little_more(asked: Asked, results: Results) -> list[Instead]:
    """Where few were found: how many there are a little farther off."""
    return further_off(asked, results)[:1] if 0 < results.total < FEW else []


def further_off(asked: Asked, results: Results) -> list[Instead]:
    """The next distance that finds more, and any distance where that finds more still."""
    near = settings.NEAR_MILES if asked.within is None else asked.within
    counts = results.facets.get("within", {})
    # The database alone looks no farther than the farthest distance with an end.
    wider = [miles for miles in DISTANCES if miles > near and not (results.less_complete and miles == ANY_DISTANCE)]
    found: list[Instead] = []
    before = results.total
    for miles in wider:
        count = counts.get(distance_code(miles), 0)
        if count > before and (not found or miles == ANY_DISTANCE):
            found.append(Instead(up_to(miles), count, asked.address(within=miles)))
            before = count
    return found


def up_to(miles: float) -> str:
    if miles == ANY_DISTANCE:
        return _("Look at any distance")
    return _("Look up to %(miles)s miles away") % {"miles": distance_word(miles)}


def changes(asked: Asked, where: Where, results: Results) -> Iterator[Change]:
    """Other questions, the smallest difference first."""
    read = [one for one in results.terms.filters if not asked.filters.get(one.facet)]
    loose = list(without_each_filter(asked, read))
    for label, other in loose:
        yield Change(label, other, where)
    if len(loose) > 1:
        bare = replace(asked, text=without_readings(asked.text, read), filters={}, ignore=(), page=1)
        yield Change(_("Without any filter"), bare, where)
    firm = [group.typed for group in results.terms.groups if not group.soft]
    if loose and len(firm) > 1:
        for word in firm[:MOST_WORDS]:
            yield Change(_("Only “%(word)s”") % {"word": word}, replace(asked, text=word, ignore=(), page=1), where)
    place = where.place or results.place
    if asked.text and place is not None:
        everything = Asked(place=asked.place or place.shareable, path=asked.path)
        label = _("Everything near %(place)s") % {"place": place.label}
        yield Change(label, everything, where if where.place else replace(where, place=place))


def without_each_filter(asked: Asked, read: Iterable[ReadFilter]) -> Iterator[tuple[str, Asked]]:
    """The question without each filter in turn, whether it was chosen or read from the words."""
    for facet, codes in asked.filters.items():
        known = labels(facet)
        if facet in EVERY_CHOICE:
            for code in codes:
                yield without(known[code]), asked.without(facet, code)
        elif codes:
            left = {other: kept for other, kept in asked.filters.items() if other != facet}
            yield letting_go(facet, known[codes[0]]), replace(asked, page=1, filters=left)
    for facet in dict.fromkeys(one.facet for one in read):
        same = [one for one in read if one.facet == facet]
        label = letting_go(facet, labels(facet).get(same[0].code, same[0].typed))
        yield label, replace(asked, page=1, text=without_readings(asked.text, same))


def letting_go(facet: str, chosen: str) -> str:
    """How a filter that holds no more is told."""
    said = {
        "age": _("At any age"),
        "open": _("Open now or not"),
        "date": _("On any date"),
        "day": _("On any day"),
        "time": _("At any time of day"),
        "language": _("In any language"),
        "area": _("In any area"),
        "checked": _("Whenever it was checked"),
        "cost": _("Whatever it costs"),
        "kind": _("Of any kind"),
        "category": _("About anything"),
        "reach": _("However it gets to you"),
        "taking_new": _("Full ones too"),
        "who_for": _("For anyone"),
    }
    return said.get(facet) or without(chosen)


def without(chosen: str) -> str:
    return _("Without “%(tag)s”") % {"tag": chosen}


def without_readings(text: str, read: Iterable[ReadFilter]) -> str:
    for one in read:
        text = without_words(text, one.typed.split())
    return text


def without_words(text: str, words: list[str]) -> str:
    """A text without some folded words that stand in it one after the other, and without what leads to them."""
    pieces = text.split()
    folded = [words_of(piece) for piece in pieces]
    for first in (place for place in range(len(pieces)) if folded[place]):
        held: list[str] = []
        for last in range(first, len(pieces)):
            held += folded[last]
            if held == words and words:
                before = first
                while before and folded[before - 1][:1] and folded[before - 1][0] in LEADING:
                    before -= 1
                return " ".join(pieces[:before] + pieces[last + 1 :])
            if len(held) >= len(words):
                break
    return text


def anywhere(asked: Asked, place: Place, results: Results) -> Change:
    """The same question from no place at all."""
    text = without_words(asked.text, words_of(results.terms.place)) if results.place is not None else asked.text
    other = replace(asked, text=text, place="", path="", within=None, across=False, sort="best", page=1)
    return Change(_("Anywhere, not only near %(place)s") % {"place": place.label}, other, Where())


def nearby(asked: Asked, place: Place, points: Iterable[MapHit], asking: Asking) -> list[Instead]:
    """The nearest areas that have some, with as many as their own pages show."""
    index = area_index()
    kinds = {area.kind for area in index.areas}
    kind = next((one for one in (Area.Kind.NEIGHBOURHOOD, Area.Kind.WARD) if one.value in kinds), None)
    spots = sorted((Point(one.lat, one.lon) for one in points), key=lambda spot: metres_between(place.point, spot))
    codes: dict[str, None] = {}
    for spot in spots:
        for code in sorted(index.codes_at(spot) - place.area_codes):
            if kind is not None and index.by_code[code].kind == kind.value:
                codes.setdefault(code)
    chosen = list(codes)[:MOST_AREAS]
    known = {area.code: area for area in Area.objects.filter(code__in=chosen)}
    found = []
    for area in (known[code] for code in chosen if code in known):
        other = replace(asked, path=area.get_absolute_url())
        if asking.may():
            count = asking.about(other, Where(area.name, place=area_place(area))).total
            found += [Instead(area.name, count, other.address())] if count else []
    return found


def looked_for(asked: Asked, where: Where, results: Results) -> SafeString:
    """“We looked for lunch, on Thursday, free, within 3 miles of Tilbury.”"""
    words = " ".join(results.words)
    parts = [format_html("<strong>{}</strong>", words) if words else format_html("{}", _("anything"))]
    chosen = [(facet, code, "") for facet, codes in asked.filters.items() for code in codes]
    read = [(one.facet, one.code, one.typed) for one in results.terms.filters if not asked.filters.get(one.facet)]
    for facet, code, typed in chosen + read:
        label = labels(facet).get(code, typed)
        before = _("on") + " " if facet == "day" else ""
        parts.append(format_html("{}<strong>{}</strong>", before, label if facet == "day" else lowered(label)))
    place = where.place or results.place
    if place is not None:
        parts.append(format_html("{} <strong>{}</strong>", how_near(asked), place.label))
    return format_html(_("We looked for {}."), format_html_join(", ", "{}", ((part,) for part in parts)))


def how_near(asked: Asked) -> str:
    miles = settings.NEAR_MILES if asked.within is None else asked.within
    if miles == ANY_DISTANCE:
        return _("at any distance from")
    return _("within %(miles)s miles of") % {"miles": distance_word(miles)} if miles != 1 else _("within 1 mile of")


def lowered(label: str) -> str:
    """A label in the middle of a sentence."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
