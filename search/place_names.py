"""Names of places as people write them among other words: “lunch club Tilbury”, “tea dance near Grays”."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import DatabaseError

from assets_map.councils import council_name, our_codes
from assets_map.models import Area, NamedPlace
from assets_map.postcodes import WITHIN, parse_partial
from search.understand import words_of

SECONDS_KEPT = 60
MOST_WORDS = 5
# What parts the short name of a place from the rest of it: Stanford-le-Hope, Purfleet-on-Thames.
LINKS = frozenset({"le", "on", "upon", "under", "by", "next", "in", "st"})
# Over a whole country any word is the name of some hamlet: there only these stand without “in” or “near” before them.
LARGE = frozenset({"city", "town"})
SHORTEST_ALONE = 4


@dataclass(frozen=True)
class TextPlaces:
    """Places by the folded words of their names."""

    names: dict[tuple[str, ...], str] = field(default_factory=dict)
    # Those that are taken for a place only after “in” or “near”.
    led_only: frozenset[tuple[str, ...]] = frozenset()
    # Words of the names of the councils served: everything here is in them.
    councils: frozenset[str] = frozenset()

    @property
    def words(self) -> Iterable[str]:
        return {word for name in self.names for word in name if len(word) >= SHORTEST_ALONE}

    def knows(self, word: str) -> bool:
        return (word,) in self.names

    def at(self, words: Sequence[str], at: int, *, led: bool) -> tuple[int, str]:
        """How many words from `at` on name a place, the longest name first, and what it is called."""
        for size in range(min(MOST_WORDS, len(words) - at), 0, -1):
            name = tuple(words[at : at + size])
            if name in self.names and (led or name not in self.led_only):
                return size, self.names[name]
        return postcode_at(words, at, led=led)


def postcode_at(words: Sequence[str], at: int, *, led: bool) -> tuple[int, str]:
    """A postcode or a part of one as it stands in a text: “RM18 8AD”, “rm188ad”, “RM18 8”, “ss17”.

    A short part stands for other things too (vitamin B12), and is a place only after “in” or “near”.
    """
    if not any(letter.isdigit() for letter in words[at]):
        return 0, ""
    for size in (2, 1) if len(words) - at > 1 else (1,):
        typed = " ".join(words[at : at + size])
        whole = WITHIN.fullmatch(typed.upper())
        if whole:
            return size, f"{whole[1]} {whole[2]}"
        part = parse_partial(typed) if led or len(words[at]) >= SHORTEST_ALONE else None
        if part is not None:
            return size, str(part)
    return 0, ""


def read_places() -> TextPlaces:
    """The places of the councils served, and the areas that staff loaded."""
    ours = our_codes()
    places = NamedPlace.objects.filter(council_code__in=ours) if ours else NamedPlace.objects.all()
    names: dict[tuple[str, ...], str] = {}
    led_only: set[tuple[str, ...]] = set()
    short: dict[tuple[str, ...], set[str]] = {}
    for name, kind in places.values_list("name", "kind"):
        words = tuple(words_of(name))
        if not words:
            continue
        names[words] = name
        if not ours and kind not in LARGE:
            led_only.add(words)
        link = next((at for at, word in enumerate(words) if at and word in LINKS), 0)
        if link:
            short.setdefault(words[:link], set()).add(name)
    for words, meant in short.items():
        if len(meant) == 1 and words not in names:
            names[words] = next(iter(meant))
    for name in Area.objects.exclude(kind=Area.Kind.COUNCIL).values_list("name", flat=True):
        names.setdefault(tuple(words_of(name)), name)
    names.pop((), None)
    councils = frozenset(word for code in ours for word in words_of(council_name(code)))
    return TextPlaces(names, frozenset(led_only), councils)


# For each set of councils that is served.
_kept: dict[frozenset[str], tuple[float, TextPlaces]] = {}


def text_places() -> TextPlaces:
    """This process's own, at most a minute old; none when the database cannot say."""
    now, ours = time.monotonic(), our_codes()
    if ours not in _kept or now - _kept[ours][0] > SECONDS_KEPT:
        try:
            _kept[ours] = (now, read_places())
        except DatabaseError:
            return TextPlaces()
    return _kept[ours][1]


def forget_text_places() -> None:
    """Read the names again at the next question."""
    _kept.clear()
