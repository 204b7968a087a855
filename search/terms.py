"""What was understood of a text: `Terms`, made of `Group`s of `Phrase`s, and the `ReadFilter`s taken out of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one after the other, and how much finding them counts."""

    words: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Group:
    """One thing asked: any of the alternatives will do. A soft one is welcome and not asked for."""

    alternatives: tuple[Phrase, ...]
    typed: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class ReadFilter:
    """Something typed that was read as a filter, or (facet "place") as where to look."""

    facet: str
    code: str
    typed: str

    @property
    def key(self) -> str:
        """How it is let go of in an address."""
        return f"{self.facet}:{self.code}"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is looked for."""

    groups: tuple[Group, ...] = ()
    # (typed, read as) pairs.
    corrected: tuple[tuple[str, str], ...] = ()
    # Everything typed, folded, for telling an exact name.
    whole: str = ""
    filters: tuple[ReadFilter, ...] = ()
    # The place named among the words, as it is called; empty: none.
    place: str = ""
    # What is read as a whole; empty for fewer words than four that enough listings hold.
    sentence: str = ""
    # Whether it is fewer than four words: then what holds them goes before what means the same.
    few: bool = False
    # Words that neither the directory nor the thesaurus knows.
    unknown: tuple[str, ...] = ()
    # What the sentence says that somebody needs, in the words that listings have for it.
    needs: tuple[Group, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(group.typed for group in self.groups)

    @property
    def required(self) -> int:
        """How many of the groups are asked for."""
        return sum(not group.soft for group in self.groups)
