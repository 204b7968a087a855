"""What `understand` may ask: the directory's words and names, the thesaurus, places, and words that mean a filter."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Protocol

from search.terms import Phrase

# (start, length, facet, code, whether the words are looked for as well)
Reading = tuple[int, int, str, str, bool]


class Vocabulary(Protocol):
    """The words of the directory, folded and unstemmed."""

    def has(self, word: str) -> bool:
        """Whether a live listing would be found by this word."""

    def known(self) -> dict[str, int]:
        """Every word, with the number of listings it stands in."""

    def holding_about(self, word: str) -> int:
        """In about how many listings a word stands, in any of its forms."""

    def named(self, whole: str) -> bool:
        """Whether a listing, or who runs one, is called exactly this (folded)."""

    def listings(self) -> int:
        """How many there are."""


class MeaningsOfWords(Protocol):
    """A thesaurus."""

    def alternatives(self, words: tuple[str, ...]) -> Iterable[Phrase]:
        """What means the same as a term, itself first."""

    def longest(self, words: Sequence[str], at: int) -> int:
        """How many words from `at` on form a term; 0 for none."""

    def knows(self, word: str) -> bool: ...

    @property
    def words(self) -> Iterable[str]: ...


class PlaceNames(Protocol):
    """Names of places as they stand in a text."""

    def at(self, words: Sequence[str], at: int, *, led: bool) -> tuple[int, str]:
        """How many words from `at` on name a place, and what it is called; `led`: an “in” or “near” stands before."""

    def knows(self, word: str) -> bool: ...

    @property
    def words(self) -> Iterable[str]: ...


@dataclass(frozen=True)
class Knowledge:
    """All of it; what is missing knows nothing."""

    words: Vocabulary | None = None
    thesaurus: MeaningsOfWords | None = None
    places: PlaceNames | None = None
    filters: Callable[[Sequence[str]], Iterable[Reading]] | None = None
    # Names that are left whole beside those of listings: of categories.
    topics: frozenset[str] = frozenset()
    # Words that narrow nothing here: the names of the councils served.
    soft: frozenset[str] = frozenset()
    # The fewest listings at which a word can be common.
    fewest: int = 40

    def knows(self, word: str) -> bool:
        """Whether a word means anything here."""
        return bool(
            (self.words is not None and self.words.has(word))
            or (self.thesaurus is not None and self.thesaurus.knows(word))
            or (self.places is not None and self.places.knows(word))
            or (self.filters is not None and any(self.filters([word])))
        )

    def finds(self, word: str) -> bool:
        """Whether a word, or one that means the same, leads to a listing or a place."""
        if self.words is not None and self.words.has(word):
            return True
        if self.places is not None and self.places.knows(word):
            return True
        same = self.alternatives((word,)) if self.longest([word], 0) else ()
        return any(self.words is not None and all(map(self.words.has, one.words)) for one in same)

    def named(self, whole: str) -> bool:
        return whole in self.topics or (self.words is not None and self.words.named(whole))

    def share(self, word: str) -> float:
        """Of all listings, the share that a word stands in; 0 where there are too few to tell."""
        if self.words is None:
            return 0.0
        listings = self.words.listings()
        return self.words.known().get(word, 0) / listings if listings >= self.fewest else 0.0

    def rarity(self, words: Sequence[str]) -> float:
        """How much finding these words tells, as engines weigh it: the rarer, the more."""
        if self.words is None:
            return float(len(words))
        every = self.words.listings()
        held = (min(self.words.holding_about(word), every) for word in words)
        return sum(log(1 + (every - count + 0.5) / (count + 0.5)) for count in held)

    def place_at(self, words: Sequence[str], at: int, *, led: bool) -> tuple[int, str]:
        return (0, "") if self.places is None else self.places.at(words, at, led=led)

    def filters_in(self, words: Sequence[str]) -> Iterable[Reading]:
        return () if self.filters is None else self.filters(words)

    def longest(self, words: Sequence[str], at: int) -> int:
        return 0 if self.thesaurus is None else self.thesaurus.longest(words, at)

    def alternatives(self, words: tuple[str, ...]) -> Iterable[Phrase]:
        return () if self.thesaurus is None else self.thesaurus.alternatives(words)


NOTHING = Knowledge()
