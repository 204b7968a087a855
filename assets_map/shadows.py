"""What lies across a barrier as seen from a point: its shadow, as a shape that an index can be asked with.

A line between two places crosses a barrier exactly when the one lies in the shadow that the barrier throws from the
other. Everything is reckoned in the plane of degrees, as `assets_map.barriers.crossed_many` does.
"""

from collections.abc import Iterable
from math import ceil, cos, hypot, pi, radians, sin

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from assets_map.distance import Point

EARTH_METRES = 6_371_008.8
CORNERS = 128
# The far edge of a shadow is drawn by steps of so much of a circle.
STEP = pi / 12
BEARINGS = np.linspace(0, 2 * pi, CORNERS, endpoint=False)
NORTHWARDS, EASTWARDS = np.cos(BEARINGS), np.sin(BEARINGS)
# Square degrees: less than a square metre is what rounding leaves, not a place.
SLIVER = 1e-10


def circle(centre: Point, metres: float) -> Polygon:
    """A ring of points that holds all within so many metres along the great circle, and hardly more."""
    angle = metres / cos(pi / CORNERS) / EARTH_METRES
    lat, lon = radians(centre.lat), radians(centre.lon)
    sines = sin(lat) * cos(angle) + cos(lat) * sin(angle) * NORTHWARDS
    east = lon + np.arctan2(EASTWARDS * sin(angle) * cos(lat), cos(angle) - sin(lat) * sines)
    return shapely.polygons(np.degrees(np.stack([east, np.arcsin(sines)], axis=1)))


def shadow(here: Point, shapes: Iterable[BaseGeometry], within: Polygon) -> BaseGeometry:
    """The part of `within` (convex, with `here` inside) whose straight lines to `here` touch one of the shapes."""
    frame = box(*within.bounds)
    dark: list[BaseGeometry] = []
    for shape in shapes:
        inside = shapely.intersection(shape, frame)
        if inside.is_empty:
            continue
        if shapely.intersects(shape, shapely.Point(here.lon, here.lat)):
            return within
        dark += wedges(here, inside, 2 * hypot(*(np.ptp(frame.bounds[0::2]), np.ptp(frame.bounds[1::2]))))
        dark += [part for part in shapely.get_parts(inside) if part.area > 0]
    return shapely.intersection(shapely.union_all(dark), within) if dark else Polygon()


def wedges(here: Point, shape: BaseGeometry, far: float) -> list[Polygon]:
    """The shadow of every straight piece of a shape, out to a distance of `far` degrees."""
    lines = [part if part.area == 0 else part.boundary for part in shapely.get_parts(shape)]
    found = []
    for line in shapely.get_parts(lines):
        corners = shapely.get_coordinates(line) - (here.lon, here.lat)
        angles = np.arctan2(corners[:, 1], corners[:, 0])
        turns = (np.diff(angles) + pi) % (2 * pi) - pi
        for place, turn in enumerate(turns.tolist()):
            if turn:
                steps = angles[place + 1] - turn * np.linspace(0, 1, ceil(abs(turn) / STEP) + 1)
                edge = far * np.stack([np.cos(steps), np.sin(steps)], axis=1)
                found.append(Polygon(np.concatenate([corners[place : place + 2], edge]) + (here.lon, here.lat)))
    return [one if one.is_valid else one.buffer(0) for one in found]


def polygons(shape: BaseGeometry) -> MultiPolygon:
    """Only the surfaces of a shape, without the slivers that cutting leaves."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > SLIVER]
    return MultiPolygon(parts)
