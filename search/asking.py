"""The words of a results address, read forgivingly: what is not known is left out, and nothing raises.

`/find/?text=lunch&place=RM18+8&kind=group&day=1&within=5&sort=nearest&page=2&across=1&ignore=day:3&as_typed=1` –
`text` and `place` are a promise to other sites; a full postcode never stands in an address that this site writes, and
neither do somebody's own words: `said` is a token for them (`search.said`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from search.danger import private
from search.facets import FACETS, labels
from search.query import DISTANCES, MOST_IGNORED, AssetQuery, Sort

LONGEST_PLACE = 120
LONGEST_TYPED = 300
TOKEN = re.compile(r"[A-Za-z0-9_-]{8}")


class Kept(Protocol):
    """What a browser keeps of what was typed there."""

    def token_for(self, text: str) -> str:
        """The token of a text, a new one when it is kept from now on; empty for one that may stand in an address."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for, as it may stand in an address. `place` is as it may be shared."""

    text: str = ""
    place: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: float | None = None
    sort: Sort = "best"
    page: int = 1
    across: bool = False
    # What was read from the text and let go of, by key; and whether its spelling is to be left alone.
    ignore: tuple[str, ...] = ()
    as_typed: bool = False
    # The token of an address; who knows the words that tokens stand for; and whether the browser has lost them.
    said: str = ""
    kept: "Kept | None" = field(default=None, compare=False, repr=False)
    lost: bool = False
    # Staff are told what scores are made of; means nothing to anybody else.
    explain: bool = False
    # The page that addresses lead to; the results page when empty.
    path: str = ""

    @classmethod
    def read(cls, words: QueryDict) -> "Asked":
        """From an address or a form; words, codes and numbers that make no sense are dropped."""
        filters = {}
        for facet in FACETS:
            chosen = [code for code in words.getlist(facet) if 0 < len(code) < 100]
            if chosen:
                known = labels(facet)
                filters[facet] = tuple(dict.fromkeys(code for code in chosen if code in known))
        page = words.get("page", "")
        sort: Literal["best", "nearest"] = "nearest" if words.get("sort") == "nearest" else "best"
        return cls(
            text=one_line(words.get("text", ""))[:LONGEST_TYPED],
            place=one_line(words.get("place", ""))[:LONGEST_PLACE],
            filters={facet: codes for facet, codes in filters.items() if codes},
            within=read_distance(words.get("within", "")),
            sort=sort,
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
            across=words.get("across") == "1",
            ignore=let_go(words, filters),
            as_typed=words.get("as_typed") == "1",
            explain="explain" in words,
            said=read_token(words),
        )

    def query(self, place: Any, **changes: Any) -> AssetQuery:
        """The same as a question to the engine, from a place that was found."""
        asked = AssetQuery(
            text=self.text,
            place=place,
            filters=self.filters,
            within=self.within,
            sort=self.sort,
            page=self.page,
            across_barriers=self.across,
            ignore=self.ignore,
            as_typed=self.as_typed,
        )
        return replace(asked, **changes)

    def address(self, name: str = "search:find", **changes: Any) -> str:
        """The address of this question, or of one that differs by `changes`; a change of anything starts at page 1."""
        asked = replace(self, **{"page": 1, **changes})
        path = self.path if self.path and name == "search:find" else reverse(name)
        encoded = urlencode(asked.pairs())
        return f"{path}?{encoded}" if encoded else path

    def pairs(self) -> list[tuple[str, str]]:
        """The names and values of its address, in a fixed order."""
        words = [("said", self.token), ("text", self.shareable_text), ("place", "" if self.path else self.place)]
        words += [(facet, code) for facet in FACETS for code in self.filters.get(facet, ())]
        words += [
            ("within", "" if self.within is None else distance_word(self.within)),
            ("sort", self.sort if self.sort != "best" else ""),
            ("across", "1" if self.across else ""),
            *(("ignore", key) for key in self.ignore),
            ("as_typed", "1" if self.as_typed else ""),
            ("explain", "1" if self.explain else ""),
            ("page", str(self.page) if self.page > 1 else ""),
        ]
        return [(name, value) for name, value in words if value]

    @property
    def shareable_text(self) -> str:
        """The text as it may stand in an address: nothing of somebody's own words."""
        return "" if self.token or private(self.text) else self.text

    @property
    def token(self) -> str:
        """What stands in an address for words that stay in the browser; nothing for any others."""
        return self.kept.token_for(self.text) if self.kept is not None and self.text else ""

    @property
    def posted(self) -> bool:
        """Whether its forms post, which works without cookies; a page of an area is never posted to."""
        return bool(self.token) and not self.path

    def without(self, facet: str, code: str) -> "Asked":
        """The same question without one choice."""
        left = tuple(one for one in self.filters.get(facet, ()) if one != code)
        return replace(self, page=1, filters={**self.filters, facet: left})

    def without_reading(self, key: str) -> "Asked":
        """The same question with something that was read from the text taken as words."""
        return replace(self, page=1, ignore=(*self.ignore, key))

    def plain(self) -> "Asked":
        """Only the words and the place."""
        return Asked(text=self.text, kept=self.kept, place=self.place, path=self.path)


def read_token(words: QueryDict) -> str:
    """What stands for words that stay in the browser; words that are there go before it."""
    found = words.get("said", "")
    return found if TOKEN.fullmatch(found) and not one_line(words.get("text", "")) else ""


def let_go(words: QueryDict, chosen: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Keys of readings that were let go of: by a tag's link, or by taking the tick out of a box that was ticked."""
    keys = [one_line(key) for key in words.getlist("ignore") if 0 < len(key) < 100]
    for key in words.getlist("shown"):
        facet, _colon, code = key.partition(":")
        if facet in FACETS and len(key) < 100 and code not in chosen.get(facet, ()):
            keys.append(one_line(key))
    return tuple(dict.fromkeys(keys))[:MOST_IGNORED]


def one_line(text: str) -> str:
    """What was typed, without line breaks and characters that cannot be seen."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def read_distance(word: str) -> float | None:
    """One of the distances offered, in miles; none for anything else, and for the usual one."""
    return next((miles for miles in DISTANCES if distance_word(miles) == word and miles != settings.NEAR_MILES), None)


def distance_word(miles: float) -> str:
    return "any" if miles == DISTANCES[-1] else f"{miles:g}"
