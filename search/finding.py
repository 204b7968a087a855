"""From facts and matched words to a page of results: the same steps for every engine that keeps `Facts`.

`answer(facts, question, matches, crossed) -> Results`, and `page_of(choose(…))` for an engine that counts by itself.
Counts are exact: what a choice is said to give is what choosing it gives.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf, isinf
from operator import itemgetter
from types import MappingProxyType

import numpy as np
from django.conf import settings
from django.utils import timezone

from search import rank
from search.around import BARRIERS_MATTER, METRES_A_MILE, Around, Crossed, allowed, around, metres_to
from search.counting import counts
from search.facets import distance_code
from search.facts import Facts
from search.filtering import Filtering
from search.matches import Matches
from search.query import ANY_DISTANCE, DISTANCES, AssetQuery, Hit, MapHit, Question, Results
from search.reasons import Situation, reason, translated

MOST_POINTS = 300
NOT_COUNTED: Mapping[str, dict[str, int]] = MappingProxyType({})


@dataclass(frozen=True)
class Choice:
    """The rows in play – allowed here, holding a word asked – and which of them the filters let through."""

    facts: Facts
    question: Question
    rows: np.ndarray
    matches: Matches | None
    here: Around | None
    now: dt.datetime
    # The same before those that are too far from the place were left out.
    anywhere: "Choice | None" = None

    @property
    def query(self) -> AssetQuery:
        return self.question.query

    def near(self, within: float | None) -> np.ndarray:
        """Shown at this distance, whatever the words and filters."""
        return np.ones(len(self.rows), bool) if self.here is None else self.here.shown(within)

    def base(self, within: float | None, without: str = "") -> np.ndarray:
        """Shown at this distance, with enough of the words or near in meaning, whatever the filters chosen.

        What is near in meaning is chosen among what the filters read from the text let through (but those of the facet
        `without`), so that a choice made after it takes away and never adds.
        """
        shown = self.near(within)
        if self.matches is None:
            return shown
        worded = self.matches.worded(shown)
        if not self.matches.by_meaning:
            return worded
        read = {facet: self.query.filters[facet] for facet in self.question.read - {without}}
        if read:
            shown = shown & Filtering(self.facts, read, self.rows, self.now).through
        return worded | self.matches.alike(shown)

    @cached_property
    def filtering(self) -> Filtering:
        return Filtering(self.facts, self.query.filters, self.rows, self.now)

    @cached_property
    def shown(self) -> np.ndarray:
        return self.base(self.query.within)

    def shown_whatever(self, facet: str) -> np.ndarray:
        """What is shown if something else is chosen in this facet."""
        return self.base(self.query.within, facet) if facet in self.question.read else self.shown

    @cached_property
    def through(self) -> np.ndarray:
        return self.shown & self.filtering.through

    @cached_property
    def near_metres(self) -> float:
        """How far near is."""
        within = self.query.within
        return (settings.NEAR_MILES if within is None else within) * METRES_A_MILE

    def at_distance(self, miles: float) -> int:
        """How many there are within so many miles."""
        choice = self.anywhere if miles == ANY_DISTANCE and self.anywhere is not None else self
        return int(np.count_nonzero(choice.base(miles) & choice.filtering.through))

    def counts(self) -> dict[str, dict[str, int]]:
        """For every facet, what choosing each code would give; and for every distance offered."""
        found = counts(self.filtering, self.shown_whatever)
        if self.here is not None:
            found["within"] = {distance_code(miles): self.at_distance(miles) for miles in DISTANCES}
        return found


def answer(
    facts: Facts,
    question: Question,
    matches: Matches | None,
    *,
    crossed: Crossed,
    now: dt.datetime | None = None,
) -> Results:
    """One page of results with exact counts; `matches` none means that no words were asked."""
    choice = choose(facts, question, matches, crossed, now or timezone.localtime().replace(tzinfo=None))
    return page_of(choice, choice.counts())


def page_of(choice: Choice, counted: Mapping[str, dict[str, int]] = NOT_COUNTED) -> Results:
    """The same with counts made before."""
    facts, question, query, now = choice.facts, choice.question, choice.query, choice.now
    through = choice.through.nonzero()[0]
    rows = choice.rows[through]
    total = len(rows)
    pages = max(1, -(-total // query.page_size))
    page = min(query.page, pages)
    cut = None if choice.matches is None else choice.matches.cut(through)
    near = _cut(choice.here, through)
    score = rank.best(facts, rows, cut, near, now.date())
    sorting = score if near is None or query.sort == "best" else rank.nearest_first(near, score)
    wanted = max(page * query.page_size, MOST_POINTS)
    first = rank.order(sorting, facts, rows, wanted)
    shown = first[(page - 1) * query.page_size : page * query.page_size]
    kept_off, barriers = _across(choice)
    alone = by_meaning_alone(choice, through)
    found = tuple(hits(choice, through[shown], score[shown], alone[shown]))
    if query.explain:
        parts = rank.parts(facts, rows, cut, near, now.date())
        told = [{name: float(part[i]) for name, part in parts.items()} for i in shown]
        found = tuple(one._replace(parts=made_of) for one, made_of in zip(found, told, strict=True))
    return Results(
        hits=found,
        total=total,
        page=page,
        pages=pages,
        facets=dict(counted),
        points=map_points(choice, through[first[:MOST_POINTS]]),
        terms=question.terms,
        some_words=cut is not None and total > 0 and bool(((cut.words < cut.asked) & ~alone).any()),
        across=kept_off,
        barriers=barriers,
    )


def by_meaning_alone(choice: Choice, through: np.ndarray) -> np.ndarray:
    """Of the rows that came through, those that hold too few of the words."""
    if choice.matches is None or not choice.matches.by_meaning:
        return np.zeros(len(through), bool)
    return ~choice.matches.worded(choice.near(choice.query.within))[through]


def choose(facts: Facts, question: Question, matches: Matches | None, crossed: Crossed, now: dt.datetime) -> Choice:
    """The rows in play, measured from the place when there is one."""
    query = question.query
    rows = np.arange(facts.rows) if matches is None else matches.rows
    if query.place is None:
        return Choice(facts, question, rows, matches, None, now)
    here_too, named = allowed(facts, query.place, rows)
    rows = rows[here_too]
    matches = None if matches is None else matches.cut(here_too)
    anywhere = Choice(facts, question, rows, matches, None, now)
    here, left = around(facts, query, rows, named, crossed)
    matches = None if matches is None else matches.cut(left)
    return Choice(facts, question, here.rows, matches, here, now, anywhere)


def _cut(here: Around | None, where: np.ndarray) -> Around | None:
    if here is None:
        return None
    by_row = ("rows", "metres", "metres_across", "point", "point_across", "named", "reach", "has_point")
    cut = {name: getattr(here, name)[where] for name in by_row}
    return Around(**cut, barrier=here.barrier, across_counts=here.across_counts, no_limit=here.no_limit)


def _across(choice: Choice) -> tuple[int, tuple[str, ...]]:
    """How many rows only a barrier keeps out, and the barriers' names."""
    here = choice.here
    if here is None or not here.barrier:
        return 0, ()
    off = here.kept_off(choice.query.within) & choice.filtering.through
    if choice.matches is not None:
        off &= choice.matches.words >= choice.matches.asked
    names = {here.barrier[int(point)] for point in here.point_across[off]}
    return int(off.sum()), tuple(sorted(names))


def hits(choice: Choice, places: np.ndarray, scores: np.ndarray, by_meaning: np.ndarray) -> Iterator[Hit]:
    """Rows of the page, each with its reason."""
    facts, here, query = choice.facts, choice.here, choice.query
    rows = choice.rows[places]
    codes = query.place.area_codes if query.place else frozenset()
    in_language = translated()
    whatever = here is not None and (here.across_counts or here.no_limit)
    named = [False] * len(rows) if here is None else here.named[places].tolist()
    columns = (rows, facts.ids[rows], facts.reach[rows], scores, by_meaning)
    by_row = zip(*(column.tolist() for column in columns), nearest_points(choice, places), named, strict=True)
    for row, asset_id, reach, score, alone, (point, metres, across), is_named in by_row:
        told = facts.words_for(row)
        venues = told["venues"]
        if point >= 0 and len(venues) > 1:
            ahead = int(facts.point_venue[point])
            venues = [venues[ahead], *venues[:ahead], *venues[ahead + 1 :]]
        areas = sorted((pair for pair in told["areas"] if pair[1]), key=lambda pair: pair[0] not in codes)
        near = here is not None and metres <= choice.near_metres and (not across or whatever)
        seen = Situation(reach, venues, [name for _code, name in areas], metres, near, is_named, across)
        yield Hit(asset_id, reason(seen, in_language), None if isinf(metres) else metres, score, across, alone)


def nearest_points(choice: Choice, places: np.ndarray) -> Iterator[tuple[int, float, str]]:
    """Of each row: the point to show it at (-1: none), the metres to it, and the barrier that lies between."""
    facts, here, query = choice.facts, choice.here, choice.query
    rows = choice.rows[places]
    if here is None or query.place is None:
        for point in facts.first_point[rows].tolist():
            yield point, inf, ""
        return
    columns = (rows, here.metres[places], here.point[places], here.metres_across[places], here.point_across[places])
    for row, metres, point, far, point_across in zip(*(column.tolist() for column in columns), strict=True):
        if metres < inf and (metres <= choice.near_metres or metres <= far):
            yield point, metres, ""
        elif far < inf:
            yield point_across, far, here.barrier[point_across]
        else:
            yield _farther(facts, row, query.place.point)


def _farther(facts: Facts, row: int, here: tuple[float, float]) -> tuple[int, float, str]:
    """The nearest point of a row that lies beyond all distances measured."""
    return min(
        ((point, metres_to(facts, point, *here), "") for point in facts.points_of_row(row)),
        key=itemgetter(1),
        default=(-1, inf, ""),
    )


def map_points(choice: Choice, places: np.ndarray) -> tuple[MapHit, ...]:
    """Where the best rows are. With a place, only what is about here: no pin two hundred miles off for a helpline."""
    facts, here = choice.facts, choice.here
    rows = choice.rows[places]
    if here is None:
        points = facts.first_point[rows]
    else:
        metres, across = here.metres[places], here.metres_across[places]
        points = np.where(metres <= across, here.point[places], here.point_across[places])
        if not here.no_limit:
            farthest = max(BARRIERS_MATTER, settings.NEAR_MILES, choice.query.within or 0.0) * METRES_A_MILE
            points = np.where(np.minimum(metres, across) <= farthest, points, -1)
    there = (points >= 0).nonzero()[0]
    ids, points = facts.ids[rows[there]], points[there]
    columns = (ids, facts.point_lat[points], facts.point_lon[points], there + 1)
    return tuple(map(MapHit._make, zip(*(column.tolist() for column in columns), strict=True)))
