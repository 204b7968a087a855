"""What somebody is typing read as words and a place: “lunch in til” → lunch, Tilbury. Only places of our own are meant.

Postcodes are never offered: a full one is a person's own.
"""

from bisect import bisect_left
from collections.abc import Iterator

from django.utils.translation import gettext as _

from search.common_words import NEAR
from search.place_names import TextPlaces, text_places
from search.reading import place_named
from search.suggestions import Elsewhere
from search.understand import words_of

SHORTEST, SHORTEST_ALONE = 2, 3
MOST_WORDS_OF_PLACE = 4
MOST_WORDS_BEFORE = 4
MOST_PLACES = 2
MOST_NAMES = 5

_kept: tuple[TextPlaces, list[tuple[str, str]]] | None = None


def in_order() -> list[tuple[str, str]]:
    """(how it begins, name) for each word that a place's name may be begun with; made once for each reading of them."""
    global _kept  # noqa: PLW0603  # one small table for every question
    places = text_places()
    if _kept is None or _kept[0] is not places:
        known = [(words, name) for words, name in places.names.items() if not any(map(str.isdigit, name))]
        starts = {(" ".join(words[at:]), name) for words, name in known for at in range(len(words))}
        _kept = places, sorted(starts)
    return _kept[1]


def places_beginning(typed: str, most: int) -> list[str]:
    """Names of our places with a word that begins so (folded): those that begin with it first, the shorter first."""
    found: dict[str, tuple[bool, int, str]] = {}
    names = in_order()
    for at in range(bisect_left(names, (typed, "")), len(names)):
        start, name = names[at]
        if not start.startswith(typed):
            break
        found.setdefault(name, (not " ".join(words_of(name)).startswith(typed), len(name), name))
    return sorted(found, key=lambda name: found[name])[:most]


def read_elsewhere(text: str) -> tuple[Elsewhere, ...]:
    """The ways in which a text may be words and then a place half typed; none for one that is a long sentence."""
    pieces = text.split()
    for size in range(1, min(MOST_WORDS_OF_PLACE, len(pieces)) + 1):
        start = " ".join(words_of(" ".join(pieces[-size:])))
        before, led = without_link(pieces[:-size])
        if len(start) < (SHORTEST if led else SHORTEST_ALONE) or len(before) > MOST_WORDS_BEFORE:
            continue
        found = tuple(named(before, pieces[len(before) : len(pieces) - size], places_beginning(start, MOST_PLACES)))
        if found:
            return found
    return ()


def elsewhere_beginning(start: str) -> list[Elsewhere]:
    """Places by what is typed of their names alone (folded)."""
    found = ((name, place_named(name)) for name in places_beginning(start, MOST_NAMES))
    return [Elsewhere(name, "", place) for name, place in found if place is not None]


def without_link(pieces: list[str]) -> tuple[list[str], bool]:
    """The words before “in”, “near” and the like, and whether one stood there."""
    end = len(pieces)
    while end and pieces[end - 1].casefold() in NEAR:
        end -= 1
    return pieces[:end], end < len(pieces)


def named(before: list[str], link: list[str], names: list[str]) -> Iterator[Elsewhere]:
    text = " ".join(before)
    for name in names:
        place = place_named(name)
        if place is not None:
            label = (
                " ".join([text, *(link or [_("in")]), name]) if text else _("Everything in %(place)s") % {"place": name}
            )
            yield Elsewhere(label, text, place)
