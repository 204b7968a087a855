"""The union rule and the filters in the cluster's own terms: `Conditions(question, lines, now)`, each part a condition.

The same rule as `search.around`: a listing's coverage does not exclude the place, and it is near enough with no
barrier between, or comes to you, or is online or by phone, or names an area of the place.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from django.conf import settings
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from assets_map.distance import METRES_A_MILE, Point
from assets_map.shadows import circle, polygons, shadow
from directory.choices import Reach
from search.around import BARRIERS_MATTER, is_usual
from search.clauses import Clause, Need, clauses
from search.elastic.mapping import ANYONE, LOOKED_UP
from search.elastic.queries import EVERYTHING, NOTHING, Condition, either, every, leaf, neither
from search.query import ANY_DISTANCE, Question

Lines = Callable[[], Sequence[BaseGeometry]]
REMOTE = [Reach.COMES_TO_YOU.value, Reach.ONLINE.value, Reach.BY_PHONE.value]


class Conditions:
    """What must hold of a listing for one question, words apart."""

    def __init__(self, question: Question, lines: Lines, now: dt.datetime) -> None:
        self.query, self.now = question.query, now
        self.place = self.query.place
        self.lines = lines
        self._has_words = bool(question.terms.groups)
        self._this_side: dict[float, Condition] = {}
        self._circles: dict[float, Polygon] = {}

    @cached_property
    def here(self) -> Point:
        if self.place is None:
            raise ValueError("Without a place there is nothing to measure from.")
        return Point(*self.place.point)

    @cached_property
    def dark(self) -> BaseGeometry:
        """What lies across a barrier, as far as barriers matter; empty where there is none."""
        return shadow(self.here, self.lines(), self._circle(BARRIERS_MATTER))

    @cached_property
    def _points(self) -> str:
        """The field to ask for venues: words find few listings, and to look at each is quicker than to find all that a
        barrier leaves about here.
        """
        return LOOKED_UP if self._has_words and not self.dark.is_empty else "venues"

    @property
    def allowed(self) -> Condition:
        """Its coverage does not exclude the place."""
        if self.place is None:
            return EVERYTHING
        return leaf("terms", areas=[ANYONE, *sorted(self.place.area_codes)])

    @cached_property
    def named(self) -> Condition:
        """Its coverage names an area that the place is in."""
        codes = sorted(self.place.area_codes) if self.place else []
        return leaf("terms", areas=codes) if codes else NOTHING

    @cached_property
    def wherever(self) -> Condition:
        """Shown whatever the distance."""
        no_point = every(self.named, leaf("term", has_point=False)) if self.named != NOTHING else NOTHING
        return either(leaf("terms", **{"codes.reach": REMOTE}), no_point)

    def miles(self, within: float | None) -> float:
        return settings.NEAR_MILES if within is None else within

    def around(self, miles: float) -> Condition:
        """A shown venue within so many miles, on either side of a barrier."""
        at = {"lat": self.here.lat, "lon": self.here.lon}
        return leaf("geo_distance", distance=f"{miles * METRES_A_MILE:.3f}m", **{self._points: at})

    def this_side(self, miles: float) -> Condition:
        """A shown venue within so many miles with no barrier between: one venue must be both, so it is one shape."""
        if miles not in self._this_side:
            lit = self.dark.is_empty or not self._circle(miles).intersects(self.dark)
            light = EVERYTHING if lit else self._inside(polygons(self._circle(miles).difference(self.dark)))
            self._this_side[miles] = every(self.around(miles), light)
        return self._this_side[miles]

    def is_cut(self, miles: float) -> bool:
        """Whether some of what is so near is kept off by a barrier."""
        return self.near(miles) != self.around(miles)

    def _circle(self, miles: float) -> Polygon:
        if miles not in self._circles:
            self._circles[miles] = circle(self.here, miles * METRES_A_MILE)
        return self._circles[miles]

    def far_side(self, miles: float) -> Condition:
        """A shown venue within so many miles, and a barrier between."""
        across = polygons(self._circle(miles).intersection(self.dark))
        return every(self.around(miles), self._inside(across))

    def _inside(self, shape: MultiPolygon) -> Condition:
        """A venue in a shape."""
        if shape.is_empty:
            return NOTHING
        return leaf("geo_shape", **{self._points: {"shape": mapping(shape), "relation": "intersects"}})

    def near(self, within: float | None) -> Condition:
        miles = self.miles(within)
        return self.around(miles) if self.query.across_barriers else self.this_side(miles)

    def shown(self, within: float | None) -> Condition:
        """What the union rule shows within so many miles; none, or as many: the installation's own."""
        if self.place is None or within == ANY_DISTANCE:
            return EVERYTHING
        return either(self.near(within), self.wherever, self.named if is_usual(within) else NOTHING)

    @property
    def kept_off(self) -> Condition:
        """Would be near but for a barrier, and is not shown for another reason."""
        within = self.query.within
        if self.place is None or self.query.across_barriers or within == ANY_DISTANCE or self.dark.is_empty:
            return NOTHING
        return every(self.far_side(self.miles(within)), neither(self.shown(within)))

    @cached_property
    def chosen(self) -> dict[Clause, Condition]:
        """For each condition that the filters make, what it lets through."""
        return {clause: kept(clause) for clause in clauses(self.query.filters, self.now)}

    def filters(self, dropped: Iterable[Clause] = ()) -> Condition:
        """What all conditions but those dropped let through."""
        left = set(dropped)
        return every(*(query for clause, query in self.chosen.items() if clause not in left))


def kept(clause: Clause) -> Condition:
    """What keeps one condition."""
    needs = [met(need) for need in clause.needs]
    if clause.everyone:
        needs += [neither(leaf("exists", field=f"codes.{need.field}")) for need in clause.needs]
    return either(*needs)


def met(need: Need) -> Condition:
    """What meets one need: all that it says."""
    found = []
    field = f"codes.{need.field}"
    if need.field and need.every:
        found += [leaf("term", **{field: code}) for code in need.codes]
    elif need.field:
        found.append(leaf("terms", **{field: list(need.codes)}))
    if need.span:
        first, end = need.span
        found.append(leaf("range", slots={"gte": first, "lt": end}))
    if need.since:
        found.append(leaf("range", checked_on={"gte": dt.date.fromordinal(need.since).isoformat()}))
    return every(*found)
