"""Who can help at this address: the union rule, worked out for many listings at once.

`around(facts, query, rows, crossed) -> Around`. A listing is shown when its coverage does not exclude the place, and it
is near enough (a shown venue within reach and no barrier between), or comes to you, or is online or by phone, or names
an area of the place among those it covers. A distance that somebody chose goes before that last reason: whoever asks
for one mile is not shown a hall five miles off, though it is the hall of the whole council.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import asin, cos, hypot, radians, sin

import numpy as np
from django.conf import settings

from assets_map.places import Place
from search.facts import Facts
from search.query import ANY_DISTANCE, DISTANCES, AssetQuery

METRES_A_MILE = 1609.344
EARTH_METRES = 6_371_008.8
DEGREES_A_METRE = 180 / (np.pi * EARTH_METRES)
# Beyond the farthest distance offered nobody needs to be told of a river.
BARRIERS_MATTER = DISTANCES[-2]
COMES, REMOTE = 2, 4 | 8

Crossed = Callable[[tuple[float, float], np.ndarray, np.ndarray], Sequence[str | None]]


@dataclass(frozen=True)
class Around:
    """What holds between a place and each of some rows; arrays are all of the length of `rows`."""

    rows: np.ndarray
    # Distances to the nearest shown venue this side of, and across, a barrier; infinite: none measured.
    metres: np.ndarray
    metres_across: np.ndarray
    # Numbers of those points in the facts, -1 for none.
    point: np.ndarray
    point_across: np.ndarray
    barrier: dict[int, str]
    # Its coverage names an area that the place is in.
    named: np.ndarray
    reach: np.ndarray
    has_point: np.ndarray
    # Whether somebody asked to see what lies across, and whether they set no limit to the distance.
    across_counts: bool = False
    no_limit: bool = False

    @cached_property
    def wherever(self) -> np.ndarray:
        """Shown whatever the distance."""
        return (self.reach & (COMES | REMOTE) != 0) | (self.named & ~self.has_point)

    @cached_property
    def distance(self) -> np.ndarray:
        """The distance that rows are sorted by, across barriers only where such rows are shown."""
        return np.minimum(self.metres, self.metres_across) if self.across_counts or self.no_limit else self.metres

    def shown(self, within: float | None) -> np.ndarray:
        """Which rows the union rule shows within so many miles; none, or the usual: the installation's idea of near."""
        if within == ANY_DISTANCE:
            return np.ones(len(self.rows), bool)
        distance = np.minimum(self.metres, self.metres_across) if self.across_counts else self.metres
        near = distance <= (settings.NEAR_MILES if within is None else within) * METRES_A_MILE
        return near | self.wherever | self.named if is_usual(within) else near | self.wherever

    def kept_off(self, within: float | None) -> np.ndarray:
        """Rows that would be near but for a barrier, and are not shown for another reason."""
        if self.across_counts or within == ANY_DISTANCE:
            return np.zeros(len(self.rows), bool)
        miles = settings.NEAR_MILES if within is None else within
        return (self.metres_across <= miles * METRES_A_MILE) & ~self.shown(within)


def is_usual(within: float | None) -> bool:
    """Whether this is what is looked at where nobody chose a distance."""
    return within is None or within == settings.NEAR_MILES


def allowed(facts: Facts, place: Place, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which of these rows do not exclude the place by their coverage, as places in `rows`; and for each of those
    whether it names an area that the place is in.
    """
    covers = facts.covers[rows]
    named = facts.areas.holding_any(place.area_codes)[covers]
    left = (named | (covers == 0)).nonzero()[0]
    return left, named[left]


def around(
    facts: Facts, query: AssetQuery, rows: np.ndarray, named: np.ndarray, crossed: Crossed
) -> tuple[Around, np.ndarray]:
    """Measure these rows, as `allowed` tells of them, from the query's place, but for those that no distance short of
    any would show; and which of `rows` are left.
    """
    place = query.place
    if place is None:
        raise ValueError("Without a place there is nothing to measure from.")
    lat, lon = place.point
    everywhere = query.any_distance or query.sort == "nearest"
    reaching = max(BARRIERS_MATTER, settings.NEAR_MILES, query.within or 0.0)
    points, metres, at = measured(facts, rows, (lat, lon), ANY_DISTANCE if everywhere else reaching)
    reach = facts.reach[rows]
    if query.any_distance:
        left = np.arange(len(rows))
    else:
        keep = named | (reach & (COMES | REMOTE) != 0)
        keep[at] = True
        left = keep.nonzero()[0]
        at = left.searchsorted(at)
        rows, named, reach = rows[left], named[left], reach[left]
    names, lies_across = barriers_between(facts, (lat, lon), points, metres, crossed)
    here, point = nearest(points, metres, at, (~lies_across).nonzero()[0], len(rows))
    there, point_across = nearest(points, metres, at, lies_across.nonzero()[0], len(rows))
    found = Around(
        rows=rows,
        metres=here,
        metres_across=there,
        point=point,
        point_across=point_across,
        barrier=names,
        named=named,
        reach=reach,
        has_point=facts.first_point[rows] >= 0,
        across_counts=query.across_barriers,
        no_limit=query.any_distance,
    )
    return found, left


def measured(
    facts: Facts, rows: np.ndarray, here: tuple[float, float], miles: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points of these rows within so many miles: their numbers, their distances in metres, and whose they are (places
    in `rows`). Whichever are fewer are gone through: the points of the rows, or those of that stretch of the country.
    """
    tall = miles * METRES_A_MILE * DEGREES_A_METRE
    wide = tall / max(cos(radians(min(89.9, abs(here[0]) + tall))), 1e-3)
    first, last = facts.point_lat.searchsorted((here[0] - tall, here[0] + tall)).tolist()
    if len(rows) < last - first:
        points, at = facts.points_of(rows)
        # Points are in the order of their latitudes.
        wanted = ((points >= first) & (points < last)).nonzero()[0]
        points, at = points[wanted], at[wanted]
    else:
        aside = np.abs(facts.point_lon[first:last] - here[1])
        points = first + (np.minimum(aside, 360 - aside) <= wide).nonzero()[0]
        position = _positions(facts.rows)
        try:
            position[rows] = np.arange(len(rows))
            at = position[facts.point_row[points]]
        finally:
            position[rows] = -1
        wanted = (at >= 0).nonzero()[0]
        points, at = points[wanted], at[wanted]
    metres = great_circle(facts.points[:, points], *here)
    inside = (metres <= miles * METRES_A_MILE).nonzero()[0]
    return points[inside], metres[inside], at[inside]


_own = threading.local()


def _positions(length: int) -> np.ndarray:
    """An array of -1 of at least this length, kept for the next question and to be left as it was."""
    held = getattr(_own, "positions", None)
    if held is None or len(held) < length or len(held) > 4 * length + 100_000:
        held = _own.positions = np.full(length, -1, np.intp)
    return held


def great_circle(points: np.ndarray, lat: float, lon: float) -> np.ndarray:
    """Metres from a place to points on the unit sphere (3 by points), by the chord between them."""
    a, b = radians(lat), radians(lon)
    x, y, z = cos(a) * cos(b), cos(a) * sin(b), sin(a)
    chord = np.sqrt((points[0] - x) ** 2 + (points[1] - y) ** 2 + (points[2] - z) ** 2)
    return 2 * EARTH_METRES * np.arcsin(np.minimum(chord / 2, 1.0))


def metres_to(facts: Facts, point: int, lat: float, lon: float) -> float:
    """The same for one point."""
    x, y, z = facts.points[:, point].tolist()
    a, b = radians(lat), radians(lon)
    chord = hypot(x - cos(a) * cos(b), y - cos(a) * sin(b), z - sin(a))
    return 2 * EARTH_METRES * asin(min(chord / 2, 1.0))


def barriers_between(
    facts: Facts, here: tuple[float, float], points: np.ndarray, metres: np.ndarray, crossed: Crossed
) -> tuple[dict[int, str], np.ndarray]:
    """Names of the barriers on the way to points, by point, and which of the points lie across one."""
    across = np.zeros(len(points), bool)
    close = (metres <= BARRIERS_MATTER * METRES_A_MILE).nonzero()[0]
    if not len(close):
        return {}, across
    numbers = points[close]
    found = crossed(here, facts.point_lat[numbers], facts.point_lon[numbers])
    hidden = [place for place, name in enumerate(found) if name]
    across[close[hidden]] = True
    return {number: str(found[place]) for place, number in zip(hidden, numbers[hidden].tolist(), strict=True)}, across


def nearest(
    points: np.ndarray, metres: np.ndarray, at: np.ndarray, among: np.ndarray, length: int
) -> tuple[np.ndarray, np.ndarray]:
    """For each of `length` listings its least distance and the point it is to, `among` some of the points; infinite and
    -1 for those without.
    """
    least = np.full(length, np.inf)
    which = np.full(length, -1, np.intp)
    if not len(among):
        return least, which
    points, metres, at = points[among], metres[among], at[among]
    np.minimum.at(least, at, metres)
    nearest_one = metres == least[at]
    which[at[nearest_one]] = points[nearest_one]
    return least, which
