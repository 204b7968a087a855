"""What cannot simply be crossed between two points: a river, a motorway."""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import shapely
from django.db import DatabaseError
from shapely.geometry.base import BaseGeometry

from assets_map.distance import Point
from assets_map.models import Barrier
from assets_map.shapes import LINES, NotAShape, read_shape
from assets_map.sight import Sight, plainly

# Staff draw a barrier once in years; a process may be this many seconds behind.
SECONDS_KEPT = 5
# So few points are looked at one by one.
FEW = 200


@dataclass(frozen=True)
class Drawn:
    name: str
    shape: BaseGeometry

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        return self.shape.bounds


@lru_cache(maxsize=1)
def _barriers(_until: int) -> tuple[Drawn, ...]:
    found = []
    for name, shape in Barrier.objects.filter(active=True).values_list("name", "shape"):
        try:
            line = read_shape(shape, kinds=LINES)
        except NotAShape:
            continue
        found.append(Drawn(name, line))
    return tuple(found)


class _Own(threading.local):
    """What this thread made, and of what."""

    of: tuple[Drawn, ...] | None = None
    drawn: tuple[Drawn, ...] = ()


_own = _Own()


def own(shared: tuple[Drawn, ...]) -> tuple[Drawn, ...]:
    """This thread's copies, prepared to be asked.

    GEOS writes into a prepared line when it is asked: two threads that ask the same one at once can end the process.
    """
    if _own.of is not shared:
        shapes = shapely.from_wkb(shapely.to_wkb([one.shape for one in shared])) if shared else []
        shapely.prepare(shapes)
        _own.of, _own.drawn = shared, tuple(Drawn(one.name, shape) for one, shape in zip(shared, shapes, strict=True))
    return _own.drawn


def barriers() -> tuple[Drawn, ...]:
    """Every barrier in use; none when the database cannot say, so that a search still answers."""
    try:
        return own(_barriers(int(time.monotonic() / SECONDS_KEPT)))
    except DatabaseError:
        return ()


def forget_barriers() -> None:
    """Read the barriers again at the next question."""
    _barriers.cache_clear()


def crossed(a: Point, b: Point) -> str | None:
    """The name of a barrier that the straight line between two points crosses, if any."""
    return crossed_many(a, np.array([b.lat]), np.array([b.lon]))[0]


def crossed_many(a: Point, lats: np.ndarray, lons: np.ndarray) -> list[str | None]:
    """For each of n points (degrees, two arrays of shape (n,)), the barrier on the straight line from `a`, by name."""
    return barriers_crossed(a, barriers(), lats, lons)


def barriers_crossed(a: Point, drawn: Iterable[Drawn], lats: np.ndarray, lons: np.ndarray) -> list[str | None]:
    """The same for any barriers."""
    found: list[str | None] = [None] * len(lats)
    if not len(lats):
        return found
    for one in drawn:
        # Most lines do not come near a barrier's box, and telling that costs little.
        west, south, east, north = one.bounds
        close = np.flatnonzero(
            (np.minimum(lats, a.lat) <= north)
            & (np.maximum(lats, a.lat) >= south)
            & (np.minimum(lons, a.lon) <= east)
            & (np.maximum(lons, a.lon) >= west)
        )
        if not close.size:
            continue
        hidden = (plainly if close.size < FEW else _seen)(a, one.shape, lats[close], lons[close])
        for index in close[hidden].tolist():
            found[index] = found[index] or one.name
    return found


def _seen(here: Point, shape: BaseGeometry, lats: np.ndarray, lons: np.ndarray) -> np.ndarray:
    return _sight(here, shape).hides(shape, lats, lons)


@lru_cache(maxsize=256)
def _sight(here: Point, shape: BaseGeometry) -> Sight:
    return Sight(here, shape)
