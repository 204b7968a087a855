"""From a question to the cluster's searches: `Asking(question, …)`, each method a pair of header and body for msearch.

The cluster matches, counts and chooses the best few hundred by a score that follows `search.rank.best` part by part;
in what order they are shown, and why, is then worked out by the same code as for the embedded engine.
"""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from search import rank
from search.around import BARRIERS_MATTER, METRES_A_MILE
from search.elastic.conditions import EVERYTHING, NOTHING, Conditions, either, every, neither
from search.elastic.counting import Counting
from search.elastic.wording import Wording
from search.facts import name_hash
from search.finding import MOST_POINTS
from search.query import ANY_DISTANCE, Question

# As far as Elasticsearch looks into a list; pages beyond are not offered.
WINDOW = 10_000

Searched = list[dict[str, Any]]


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
        """The best listings of one block, with every count."""
        return self._search(self._listings(block).update_from_dict({"aggs": self._counts()}))

    def points(self) -> Searched:
        """The best listings of the first block, for the map, when another page is asked for."""
        return self._search(self._listings(0).extra(track_total_hits=False))

    def within(self, miles: float, alike: list[str]) -> Searched:
        """How many there would be at this distance."""
        found = every(self.allowed(miles), self.worded(self.level, alike), self.conditions.filters())
        return self._search(self._count(found))

    def levels(self, within: float | None) -> Searched:
        """How many hold one, two, three … of the groups, with the filters and without."""
        wording = self._words
        free = self.conditions.filters().to_dict()
        levels = {str(level): wording.holding(level).to_dict() for level in range(1, wording.wanted + 1)}
        search = self._count(every(self.allowed(within), wording.holding(1))).extra(track_total_hits=False)
        counts = {"levels": {"filters": {"filters": levels}, "aggs": {"free": {"filter": free}}}}
        return self._search(search.update_from_dict({"aggs": counts}))

    def kept_off(self) -> Searched:
        """What only a barrier keeps off, and holds all the words."""
        worded = EVERYTHING if self.wording is None else self.wording.holding(self.wording.asked)
        found = every(self.conditions.allowed, self.conditions.kept_off, worded, self.conditions.filters())
        return self._search(self._count(found).extra(size=MOST_POINTS).source(True))

    def allowed(self, within: float | None) -> Query:
        return every(self.conditions.allowed, self.conditions.shown(within))

    def worded(self, level: int, alike: list[str]) -> Query:
        """Holds enough of the words, or was found by meaning."""
        if self.wording is None:
            return EVERYTHING
        return either(self.wording.holding(level), Q("ids", values=alike) if alike else NOTHING)

    @property
    def _words(self) -> Wording:
        if self.wording is None:
            raise ValueError("No words were asked.")
        return self.wording

    def _search(self, search: Search) -> Searched:
        return [{"search_type": "dfs_query_then_fetch"} if self.wording else {}, search.to_dict()]

    def _count(self, condition: Query) -> Search:
        return Search().query(every(condition)).extra(size=0, track_total_hits=True)

    def _listings(self, block: int) -> Search:
        found = Search().query(self._scored()).source(True).sort(*self._sorted())
        through = every(self.conditions.filters(), self._page_only())
        if through != EVERYTHING:
            found = found.post_filter(through)
        first = {"from": block * self.length, "size": self.length}
        return found.extra(track_total_hits=True, track_scores=True, **first)

    def _page_only(self) -> Query:
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

    def _scored(self) -> Query:
        """What is shown, scored as `search.rank` will, as nearly as can be told before all is known."""
        parts = [*self._near_scores(), standing(self.conditions.now.date())]
        must = []
        if self.wording is not None:
            must = [self._text_scores()]
            whole = str(name_hash(self.question.terms.whole))
            parts += [Q("constant_score", filter=Q("term", name_hash=whole), boost=rank.EXACT_NAME)]
            parts += [Q("constant_score", filter=Q("term", provider_hash=whole), boost=rank.EXACT_PROVIDER)]
            parts += [weighed(one, self._text_weight) for one in (*self.wording.soft, *self.wording.needs)]
        shown = self.allowed(self.query.within)
        return Q("bool", filter=[] if shown == EVERYTHING else [shown], must=must, should=parts)

    @cached_property
    def _text_weight(self) -> float:
        weight = rank.SENTENCE * rank.WORDS_TO_MEANING if self.question.vector is not None else rank.TEXT
        return weight / self._words.best_score

    def _text_scores(self) -> Query:
        wording = self._words
        firm = [weighed(one, self._text_weight) for one in wording.firm]
        if wording.asked > 1:
            each = rank.WORDS_MATCHED / wording.asked
            firm = [
                Q("bool", must=[one], should=[Q("constant_score", filter=plain, boost=each)])
                for one, plain in zip(firm, wording.plain, strict=True)
            ]
        worded = Q("bool", should=firm, minimum_should_match=self.level)
        alike = self._all_alike
        if not alike:
            return worded
        meant = [
            Q("constant_score", filter=Q("ids", values=[one]), boost=rank.SENTENCE / (1 + place / len(alike)))
            for place, one in enumerate(alike)
        ]
        return Q("bool", should=[worded, *meant], minimum_should_match=1)

    def _near_scores(self) -> list[Query]:
        if self.query.place is None:
            return []
        told = self.conditions
        here = {"lat": told.here.lat, "lon": told.here.lon}
        half = f"{rank.HALF_NEAR_MILES * METRES_A_MILE:.1f}m"
        by_distance = Q("distance_feature", field="venues", origin=here, pivot=half, boost=rank.NEARNESS)
        across_counts = self.query.across_barriers or self.query.within == ANY_DISTANCE
        parts = []
        if not told.dark.is_empty:
            light = either(told.this_side(BARRIERS_MATTER), neither(told.around(BARRIERS_MATTER)))
            if across_counts:
                parts = [Q("constant_score", filter=light, boost=-rank.ACROSS_A_BARRIER)]
            else:
                by_distance = Q("bool", must=[by_distance], filter=[light])
        remote = Q("constant_score", filter=told.wherever, boost=rank.NEARNESS * rank.REMOTE_NEARNESS)
        parts.append(Q("dis_max", queries=[by_distance, remote]))
        if told.named != NOTHING:
            parts.append(Q("constant_score", filter=told.named, boost=rank.NAMES_THIS_PLACE))
        return parts

    @cached_property
    def counting(self) -> Counting:
        """What stands beside every choice."""
        return Counting(self.conditions, self._own)

    def _own(self, facet: str) -> Query:
        """Enough of the words, or found by meaning whatever this facet's choice; the query itself, without meaning."""
        if not self._all_alike:
            return EVERYTHING
        return self.worded(self.level, self.alike.get(facet, self.alike.get("", [])))

    def _counts(self) -> dict[str, Any]:
        """Counts beside every choice; and how many hold enough of the words, and all of them."""
        counts = self.counting.aggregations() | {"base": {"filter": EVERYTHING.to_dict()}}
        if self.wording is not None and self.wording.asked > self.level:
            full = every(self.conditions.filters(), self._page_only(), self.wording.holding(self.wording.asked))
            counts["whole"] = {"filter": full.to_dict()}
        return counts


def weighed(query: Query, weight: float) -> Query:
    """A named query that counts so much; the score that comes back under its name is without the weight."""
    return Q("bool", must=[query], boost=weight)


def standing(on: dt.date) -> Query:
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
    return Q("function_score", query=EVERYTHING, functions=functions, score_mode="sum", boost_mode="replace")
