"""What is asked of the directory, and what it answers: `AssetQuery`, `Results`, `Hit`, `MapHit`.

`AssetQuery(text, place, filters, within, sort, page, page_size, across_barriers, ignore, as_typed,
spoken)`, frozen.
`filters` maps a facet of `search.facets.FACETS` to the codes chosen; `within` is in miles: none means the
installation's own idea of near, `ANY_DISTANCE` no limit. `Results.facets` maps a facet to {code: count}; `"within"`
is among them.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from search.terms import Terms

if TYPE_CHECKING:
    import numpy as np

    from assets_map.places import Place

PAGE_SIZE = 20
MOST_PAGE_SIZE = 1_000
LONGEST_TEXT = 300
MOST_IGNORED = 20
ANY_DISTANCE = math.inf
# The distances offered, in miles.
DISTANCES = (1.0, 3.0, 5.0, 10.0, ANY_DISTANCE)

Sort = Literal["best", "nearest"]


@dataclass(frozen=True, slots=True)
class AssetQuery:
    """One question. Anything out of bounds is brought within them, so that no address can break a page."""

    text: str = ""
    place: "Place | None" = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: float | None = None
    sort: Sort = "best"
    page: int = 1
    page_size: int = PAGE_SIZE
    across_barriers: bool = False
    # Keys of readings that the person let go of: "day:3", "place:tilbury".
    ignore: tuple[str, ...] = ()
    # The words as they were typed: no spelling is corrected.
    as_typed: bool = False
    # Words of a conversation: none is taken for a filter or a place.
    spoken: bool = False
    # Each hit tells what its score is made of.
    explain: bool = False

    def __post_init__(self) -> None:
        bounded = {
            "text": self.text[:LONGEST_TEXT],
            "page": max(1, min(self.page, 1_000_000)),
            "page_size": max(1, min(self.page_size, MOST_PAGE_SIZE)),
            "filters": {facet: tuple(codes) for facet, codes in self.filters.items() if codes},
            "sort": self.sort if self.sort in ("best", "nearest") else "best",
            "ignore": tuple(self.ignore)[:MOST_IGNORED],
            "within": self.within if self.within is not None and self.within > 0 else None,
        }
        for name, value in bounded.items():
            object.__setattr__(self, name, value)

    @property
    def any_distance(self) -> bool:
        return self.within is not None and math.isinf(self.within)


@dataclass(frozen=True, slots=True)
class Question:
    """What an engine is asked: a query whose filters and place hold what was read from its text as well."""

    query: AssetQuery
    terms: Terms = field(default_factory=Terms)
    # The meaning of the whole sentence, 384 numbers of unit length; none under four words or without a model.
    vector: "np.ndarray | None" = None
    # Facets whose filters were read from the text.
    read: frozenset[str] = frozenset()


class Hit(NamedTuple):
    """One row: the asset, why it is there in words, how far its nearest shown venue is (none: nothing to measure)."""

    asset_id: int
    reason: str
    metres: float | None
    score: float
    # The barrier that lies between, by name; empty when none does.
    across: str = ""
    # Found by the meaning of the sentence alone, not by its words.
    by_meaning: bool = False
    # What the score is made of, where that was asked: `search.rank.parts`.
    parts: Mapping[str, float] = MappingProxyType({})


class MapHit(NamedTuple):
    """Where a row's nearest shown venue is. `number` counts rows from 1, over all pages."""

    asset_id: int
    lat: float
    lon: float
    number: int


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, and what is known of all of them."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    page: int = 1
    pages: int = 1
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    # Up to 300 of the rows, the best first, whatever page is shown.
    points: tuple[MapHit, ...] = ()
    terms: Terms = field(default_factory=Terms)
    # The place read from the text, when none was given.
    place: "Place | None" = None
    # True when some rows match only part of the words.
    some_words: bool = False
    # How many would be near but for a barrier, and the barriers' names.
    across: int = 0
    barriers: tuple[str, ...] = ()
    # True when the database answered because the index could not.
    less_complete: bool = False
    engine: str = ""

    @property
    def corrected(self) -> tuple[tuple[str, str], ...]:
        """(typed, read as) pairs."""
        return self.terms.corrected

    @property
    def hold_no_words(self) -> bool:
        """Whether nothing on this page holds enough of the words; also where nothing was found."""
        return all(hit.by_meaning for hit in self.hits)

    @property
    def words(self) -> tuple[str, ...]:
        """The words looked for, after corrections."""
        return self.terms.words
