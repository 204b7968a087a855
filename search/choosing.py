"""The filters of a results page: every facet that has anything to choose, each choice with what choosing it gives."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.asking import Asked, distance_word
from search.facets import FACETS, HEADINGS, When, category_parents, distance_label, labels
from search.query import DISTANCES
from search.terms import ReadFilter

Counts = Mapping[str, Mapping[str, int]]

# Of more choices than this, those that are not chosen stand in one list to choose from.
MOST_BOXES = 12
LONG = frozenset({"language", "area"})
# Shown as one box, beside the others of its kind.
SINGLE = ("open", "checked")
# A category with so many in it shows what stands under it.
LARGE_CATEGORY = 30
HINTS: dict[str, Promise] = {
    "who_for": _("With those that are open to everyone."),
    "age": _("With those that say no age."),
    "area": _("With those that help wherever you live."),
    "access": _("Shows only places that have all you choose."),
}


class Choice(NamedTuple):
    """One tick-box or radio button, with how many it would give; `depth` under how many others it stands."""

    code: str
    label: str
    count: int  # type: ignore[assignment]  # hides a tuple's own, which nobody asks here
    chosen: bool
    depth: int = 0


class Filter(NamedTuple):
    """One facet: boxes to tick, a list to add one from when there are many, the first and last date to type."""

    facet: str
    heading: str
    choices: list[Choice]
    chosen: int
    hint: str = ""
    more: tuple[Choice, ...] = ()
    dates: tuple[str, str] | None = None


def filters(asked: Asked, counts: Counts, read: Iterable[ReadFilter] = ()) -> list[Filter]:
    """Each facet that has anything to choose; what was read from the text is ticked."""
    understood = [(one.facet, one.code) for one in read]
    found = []
    for facet in FACETS:
        if facet in SINGLE:
            continue
        chosen = asked.filters.get(facet, ()) or tuple(code for one, code in understood if one == facet)
        choices = list(choices_of(facet, counts.get(facet, {}), chosen))
        if choices or facet == "date":
            found.append(one_filter(facet, choices, len(chosen)))
    return found


def one_filter(facet: str, choices: list[Choice], chosen: int) -> Filter:
    more: tuple[Choice, ...] = ()
    dates = None
    if facet in LONG and len(choices) > MOST_BOXES:
        more = tuple(one for one in choices if not one.chosen)
        choices = [one for one in choices if one.chosen]
    if facet == "date":
        known = [code for code in labels("date") if code not in When.values]
        dates = known[0], known[-1]
    return Filter(facet, str(HEADINGS[facet]), choices, chosen, str(HINTS.get(facet, "")), more, dates)


def choices_of(facet: str, known: Mapping[str, int], chosen: tuple[str, ...]) -> Iterator[Choice]:
    """What gives anything, and what is chosen; categories as a tree, as far as it is unfolded."""
    parents = category_parents() if facet == "category" else {}
    unfolded = {code for one in chosen for code in above(one, parents)} | {*chosen}
    unfolded |= {code for code, count in known.items() if count >= LARGE_CATEGORY}
    words = labels(facet)
    for code in in_order(words, parents) if parents else words:
        parent = parents.get(code, "")
        if (known.get(code) or code in chosen) and (not parent or parent in unfolded):
            yield Choice(code, words[code], known.get(code, 0), code in chosen, len(above(code, parents)))


def above(code: str, parents: Mapping[str, str]) -> list[str]:
    """The categories above one, the nearest first."""
    found: list[str] = []
    while (code := parents.get(code, "")) and code not in found:
        found.append(code)
    return found


def in_order(words: Iterable[str], parents: Mapping[str, str]) -> list[str]:
    """Each category before those under it."""
    place = {code: number for number, code in enumerate(words)}
    return sorted(place, key=lambda code: [place.get(one, 0) for one in reversed([code, *above(code, parents)])])


def singles(asked: Asked, counts: Counts, read: Iterable[ReadFilter] = ()) -> list[tuple[str, list[Choice]]]:
    """What is one box each: open now, checked lately."""
    understood = {(one.facet, one.code) for one in read}
    found = []
    for facet in SINGLE:
        known, asked_for = counts.get(facet, {}), asked.filters.get(facet, ())
        choices = [
            Choice(code, label, known.get(code, 0), code in asked_for or (facet, code) in understood)
            for code, label in labels(facet).items()
        ]
        if any(one.count or one.chosen for one in choices):
            found.append((facet, choices))
    return found


def distances(asked: Asked, counts: Mapping[str, int]) -> list[Choice]:
    """How far, as radio buttons."""
    within = asked.within if asked.within is not None else settings.NEAR_MILES
    return [
        Choice(distance_word(miles), distance_label(miles), counts.get(distance_word(miles), 0), miles == within)
        for miles in DISTANCES
    ]
