"""From a question to the cluster's searches: `Asking(question, …)`, each method a pair of header and body for msearch.

The cluster matches, counts and chooses the best few hundred by a score that follows `search.rank.best` part by part;
in what order they are shown, and why, is then worked out by the same code as for the embedded engine.
"""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from search import rank
from search.around import BARRIERS_MATTER, METRES_A_MILE
from search.elastic.answering import total_of
from search.elastic.conditions import Conditions
from search.elastic.counting import Counting
from search.elastic.distances import Distances
from search.elastic.queries import (
    EVERYTHING,
    NOTHING,
    Condition,
    at_least,
    best_of,
    either,
    every,
    leaf,
    neither,
    worth,
)
from search.elastic.wording import Wording
from search.facets import distance_code
from search.facts import name_hash
from search.finding import MOST_POINTS
from search.query import ANY_DISTANCE, Question

# As far as Elasticsearch looks into a list; pages beyond are not offered.
WINDOW = 10_000

Searched = list[dict[str, Any]]
# For each number of groups how many listings hold so many, and how many of them the filters let through.
Levels = dict[int, tuple[int, int]]


class Asking:
    """One question, to be asked at a `level`: how many of the groups a listing must hold.

    `alike` are the ids found by meaning, the likest first, by the facet that they are counted for ("" for the page).
    """

    def __init__(
        self,
        question: Question,
        conditions: Conditions,
        wording: Wording | None,
        *,
        level: int,
        alike: Mapping[str, list[str]],
    ) -> None:
        self.question, self.query = question, question.query
        self.conditions, self.wording = conditions, wording
        self.level, self.alike = level, alike

    @property
    def length(self) -> int:
        """How many listings are ranked together: whole pages, and enough for the map."""
        size = self.query.page_size
        return size * -(-MOST_POINTS // size)

    @property
    def most_pages(self) -> int:
        return WINDOW // self.length * self.length // self.query.page_size

    @property
    def block(self) -> int:
        """Which of these lengths the page is in, from 0."""
        return (min(self.query.page, self.most_pages) - 1) * self.query.page_size // self.length

    def page(self, block: int) -> Searched:
        """The best listings of one block."""
        first = {"from": block * self.length, "size": self.length}
        return self._search({**first, "query": self._scored(), "sort": self._sorted()}, total=False)

    def counts(self) -> Searched:
        """How many there are, and what stands beside every choice; apart from the page, since nothing is scored."""
        among = every(self.allowed(self.query.within), self.worded(self.level, self._all_alike))
        through = every(self.conditions.filters(), self._page_only())
        found = {"query": every(among), "post_filter": through, "size": 0, "aggs": self._counts()}
        return self._search(found)

    def within(self, alike: Mapping[float, list[str]]) -> Searched:
        """How many there would be within each distance; `alike` by distance, where the meaning of a sentence counts."""
        anything = list(dict.fromkeys(one for ids in alike.values() for one in ids))
        found = every(self.conditions.allowed, self.worded(self.level, anything), self.conditions.filters())
        if not anything:
            return self._search({"query": every(found), "size": 0, "aggs": self.distances.aggregations()})
        each = {
            distance_code(miles): every(self.conditions.shown(miles), self.worded(self.level, ids))
            for miles, ids in alike.items()
        }
        return self._search({"query": every(found), "size": 0, "aggs": {"each": {"filters": {"filters": each}}}})

    def levels(self) -> Searched:
        """How many hold one, two, three … of the groups: here and within each distance, filtered and not."""
        wording = self._words
        levels = {str(level): wording.holding(level) for level in range(1, wording.wanted + 1)}
        near: dict[str, Any] = {"here": {"filter": self.conditions.shown(self.query.within)}}
        if self.query.place is not None:
            near |= self.distances.aggregations()
        chosen = self.conditions.filters()
        free = {} if chosen == EVERYTHING else {"free": {"filter": chosen, "aggs": near}}
        counts = {"levels": {"filters": {"filters": levels}, "aggs": near | free}}
        found = every(self.conditions.allowed, wording.holding(1))
        return self._search({"query": found, "size": 0, "aggs": counts}, total=False)

    def held(self, answer: dict[str, Any]) -> dict[str, Levels]:
        """What `levels` found, by distance; "" is the one that was asked."""
        found: dict[str, Levels] = {}
        for level, told in answer["aggregations"]["levels"]["buckets"].items():
            every_one, free = self._by_distance(told), self._by_distance(told.get("free", told))
            for code, count in every_one.items():
                found.setdefault(code, {})[int(level)] = count, free[code]
        return found

    def _by_distance(self, told: dict[str, Any]) -> dict[str, int]:
        near = {} if self.query.place is None else self.distances.counts(int(told["doc_count"]), told)
        return {**near, "": int(told["here"]["doc_count"])}

    def kept_off(self) -> Searched:
        """What only a barrier keeps off, and holds all the words."""
        worded = EVERYTHING if self.wording is None else self.wording.holding(self.wording.asked)
        found = every(self.conditions.allowed, self.conditions.kept_off, worded, self.conditions.filters())
        return self._search({"query": every(found), "size": MOST_POINTS})

    def allowed(self, within: float | None) -> Condition:
        return every(self.conditions.allowed, self.conditions.shown(within))

    def worded(self, level: int, alike: list[str]) -> Condition:
        """Holds enough of the words, or was found by meaning."""
        if self.wording is None:
            return EVERYTHING
        return either(self.wording.holding(level), leaf("ids", values=alike) if alike else NOTHING)

    @property
    def _words(self) -> Wording:
        if self.wording is None:
            raise ValueError("No words were asked.")
        return self.wording

    def _search(self, body: dict[str, Any], *, total: bool = True) -> Searched:
        # Words are to be as rare on every part of the index; nothing else is scored.
        header = {"search_type": "dfs_query_then_fetch"} if self.wording and "sort" in body else {}
        return [header, {**body, "track_total_hits": total}]

    def _page_only(self) -> Condition:
        """Other facets may count listings found by meaning that the page does not show."""
        others = {one for facet, ids in self.alike.items() if facet for one in ids} - set(self.alike.get("", ()))
        return self.worded(self.level, self.alike.get("", [])) if others else EVERYTHING

    @property
    def _all_alike(self) -> list[str]:
        return list(dict.fromkeys(one for ids in self.alike.values() for one in ids))

    def _sorted(self) -> list[Any]:
        ties: list[Any] = [{"name_key": "asc"}, {"id": "asc"}]
        if self.query.sort == "nearest" and self.query.place is not None:
            here = self.conditions.here
            return [{"_geo_distance": {"venues": {"lat": here.lat, "lon": here.lon}, "unit": "m"}}, "_score", *ties]
        return ["_score", *ties]

    def _scored(self) -> Condition:
        """What is shown, scored as `search.rank` will, as nearly as can be told before all is known."""
        parts = [*self._near_scores(), standing(self.conditions.now.date())]
        must = []
        if self.wording is not None:
            must = [self._text_scores()]
            whole = str(name_hash(self.question.terms.whole))
            parts += [worth(leaf("term", name_hash=whole), rank.EXACT_NAME)]
            parts += [worth(leaf("term", provider_hash=whole), rank.EXACT_PROVIDER)]
            parts += [weighed(one, self._text_weight) for one in (*self.wording.soft, *self.wording.needs)]
        shown = every(self.allowed(self.query.within), self.conditions.filters(), self._page_only())
        return {"bool": {"filter": [shown], "must": must, "should": parts}}

    @cached_property
    def _text_weight(self) -> float:
        weight = rank.SENTENCE * rank.WORDS_TO_MEANING if self.question.vector is not None else rank.TEXT
        return weight / self._words.best_score

    def _text_scores(self) -> Condition:
        wording = self._words
        firm = [weighed(one, self._text_weight) for one in wording.firm]
        if wording.asked > 1:
            each = rank.WORDS_MATCHED / wording.asked
            firm = [
                {"bool": {"must": [one], "should": [worth(plain, each)]}}
                for one, plain in zip(firm, wording.plain, strict=True)
            ]
        worded = at_least(self.level, firm)
        alike = self._all_alike
        if not alike:
            return worded
        meant = [
            worth(leaf("ids", values=[one]), rank.SENTENCE / (1 + place / len(alike)))
            for place, one in enumerate(alike)
        ]
        return at_least(1, [worded, *meant])

    def _near_scores(self) -> list[Condition]:
        if self.query.place is None:
            return []
        told = self.conditions
        here = {"lat": told.here.lat, "lon": told.here.lon}
        half = f"{rank.HALF_NEAR_MILES * METRES_A_MILE:.1f}m"
        by_distance = leaf("distance_feature", field="venues", origin=here, pivot=half, boost=rank.NEARNESS)
        across_counts = self.query.across_barriers or self.query.within == ANY_DISTANCE
        parts = []
        # What a barrier keeps off is not shown. What lies across one and comes here all the same may be thought nearer
        # than it is: a few more candidates, where looking at shapes takes longer than all else.
        if across_counts and not told.dark.is_empty:
            light = either(told.this_side(BARRIERS_MATTER), neither(told.around(BARRIERS_MATTER)))
            parts = [worth(light, -rank.ACROSS_A_BARRIER)]
        remote = worth(told.wherever, rank.NEARNESS * rank.REMOTE_NEARNESS)
        parts.append(best_of([by_distance, remote]))
        if told.named != NOTHING:
            parts.append(worth(told.named, rank.NAMES_THIS_PLACE))
        return parts

    @cached_property
    def distances(self) -> Distances:
        """What stands beside every distance."""
        return Distances(self.conditions)

    def near(self, answer: dict[str, Any]) -> dict[str, int]:
        """How many there would be within each distance, by its code, from the answer to `within`."""
        if "each" not in answer["aggregations"]:
            return self.distances.counts(total_of(answer), answer["aggregations"])
        return {code: int(one["doc_count"]) for code, one in answer["aggregations"]["each"]["buckets"].items()}

    @cached_property
    def counting(self) -> Counting:
        """What stands beside every choice."""
        return Counting(self.conditions, self._own)

    def _own(self, facet: str) -> Condition:
        """Enough of the words, or found by meaning whatever this facet's choice; the query itself, without meaning."""
        if not self._all_alike:
            return EVERYTHING
        return self.worded(self.level, self.alike.get(facet, self.alike.get("", [])))

    def _counts(self) -> dict[str, Any]:
        """Counts beside every choice; and how many hold enough of the words, and all of them."""
        counts = self.counting.aggregations() | {"base": {"filter": EVERYTHING}}
        if self.wording is not None and self.wording.asked > self.level:
            full = every(self.conditions.filters(), self._page_only(), self.wording.holding(self.wording.asked))
            counts["whole"] = {"filter": full}
        return counts


def weighed(query: Condition, weight: float) -> Condition:
    """A named query that counts so much; the score that comes back under its name is without the weight."""
    return {"bool": {"must": [query], "boost": weight}}


def standing(on: dt.date) -> Condition:
    """How fresh its weakest fact is, and whether it takes new people."""
    fading = rank.STALE_DAYS - rank.FRESH_DAYS
    decay = {
        "origin": on.isoformat(),
        "offset": f"{rank.FRESH_DAYS}d",
        # Where the straight line has fallen to a half: it reaches nothing at two years.
        "scale": f"{fading * 12}h",
    }
    functions = [
        {"linear": {"checked_on": decay}, "weight": rank.FRESHNESS},
        {"field_value_factor": {"field": "taking", "missing": 0.5}, "weight": rank.TAKING_NEW},
    ]
    told = {"functions": functions, "score_mode": "sum", "boost_mode": "replace"}
    return {"function_score": {"query": EVERYTHING, **told}}
