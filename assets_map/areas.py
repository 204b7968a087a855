"""Which areas a point is in, answered from memory."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np
import shapely
from django.db import DatabaseError, connection
from django.db.models import Count, Max
from shapely.geometry.base import BaseGeometry

from assets_map.distance import Point
from assets_map.models import Area, fold
from assets_map.shapes import NotAShape, read_shape

SECTOR = "sector:"
SECONDS_KEPT = 3.0


@dataclass(frozen=True)
class KnownArea:
    """An area without its outline."""

    code: str
    name: str
    kind: str


class AreaIndex:
    """A tree over the outlines of all areas, prepared for points."""

    def __init__(self, areas: Iterable[tuple[KnownArea, BaseGeometry]]) -> None:
        known = list(areas)
        self.areas = [area for area, _ in known]
        self.by_code = {area.code: area for area in self.areas}
        self.names = {area.code: area.name for area in self.areas}
        self._shapes = np.array([shape for _, shape in known], dtype=object)
        shapely.prepare(self._shapes)
        _ask_once(self._shapes)
        self._tree = shapely.STRtree(self._shapes)
        self._codes = [area.code for area in self.areas]

    def __len__(self) -> int:
        return len(self.areas)

    def codes_at(self, point: Point) -> frozenset[str]:
        """The codes of the areas that hold a point; a point on a shared edge is in both."""
        lat, lon = point
        # Boxes first, then the prepared outlines: the tree would prepare the point, which saves nothing.
        near = self._tree.query(shapely.points(lon, lat))
        if not near.size:
            return frozenset()
        inside = shapely.intersects_xy(self._shapes[near], lon, lat)
        return frozenset(self._codes[at] for at in near[inside])

    def called(self, name: str) -> list[KnownArea]:
        """The areas of a name, however its capitals and hyphens are written."""
        return self._by_name.get(fold(name), [])

    def inside(self, code: str) -> Point:
        """A point that lies within an area."""
        spot = self._shapes[self._codes.index(code)].representative_point()
        return Point(spot.y, spot.x)

    def outline(self, code: str) -> BaseGeometry:
        """An area's shape, in degrees, longitude first."""
        return self._shapes[self._codes.index(code)]

    @property
    def _by_name(self) -> dict[str, list[KnownArea]]:
        found = self.__dict__.get("_named")
        if found is None:
            found = {}
            for area in self.areas:
                found.setdefault(fold(area.name), []).append(area)
            self.__dict__["_named"] = found
        return found


def _ask_once(shapes: np.ndarray) -> None:
    """Whatever a prepared outline makes when it is first asked is made before two threads can ask at once."""
    if len(shapes):
        west, south, east, north = shapely.bounds(shapes).T
        shapely.intersects_xy(shapes, (west + east) / 2, (south + north) / 2)


def read_areas() -> AreaIndex:
    """Every area in the database whose shape can be read."""
    found = []
    for code, name, kind, kept in Area.objects.order_by("code").values_list("code", "name", "kind", "shape"):
        try:
            found.append((KnownArea(code, name, kind), read_shape(kept)))
        except NotAShape:
            continue
    return AreaIndex(found)


@dataclass
class _Shelf:
    """The index in use, and the stamp of the rows it was made of."""

    index: AreaIndex | None = None
    stamp: Any = None
    next_look: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def take(self) -> AreaIndex:
        # Within a transaction its own changes count at once, and what it sees may yet be undone.
        if self.index is not None and time.monotonic() < self.next_look and not connection.in_atomic_block:
            return self.index
        with self.lock:
            try:
                self._look()
            except DatabaseError:
                # A database that is away for a moment must not take the places away too.
                if self.index is None:
                    raise
            return self.index  # type: ignore[return-value]  # _look sets it or raises

    def _look(self) -> None:
        stamp = Area.objects.aggregate(Count("pk"), Max("changed_at"), Max("pk"))
        if self.index is None or stamp != self.stamp:
            self.index, self.stamp = read_areas(), stamp
        self.next_look = time.monotonic() + SECONDS_KEPT


_shelf = _Shelf()


def area_index() -> AreaIndex:
    """The areas in use, at most a few seconds behind the database."""
    return _shelf.take()


def forget_areas() -> None:
    """Look again at the next question."""
    _shelf.next_look = 0.0
