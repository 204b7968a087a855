"""What lies across a barrier as seen from a point: its shadow, as a shape that an index can be asked with.

A line between two places crosses a barrier exactly when the one lies in the shadow that the barrier throws from the
other. Everything is reckoned in the plane of degrees, as `assets_map.barriers.crossed_many` does.
"""

from collections.abc import Iterable
from math import cos, hypot, pi, radians, sin

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
        dark.extend(wedges(here, inside, 2 * hypot(*(np.ptp(frame.bounds[0::2]), np.ptp(frame.bounds[1::2])))))
        dark += [part for part in shapely.get_parts(inside) if part.area > 0]
    return shapely.intersection(shapely.union_all(dark), within) if dark else Polygon()


def wedges(here: Point, shape: BaseGeometry, far: float) -> np.ndarray:
    """The shadow of every straight piece of a shape, out to a distance of `far` degrees."""
    lines = [part if part.area == 0 else part.boundary for part in shapely.get_parts(shape)]
    found = []
    for line in shapely.get_parts(lines):
        corners = shapely.get_coordinates(line) - (here.lon, here.lat)
        angles = np.arctan2(corners[:, 1], corners[:, 0])
        turns = (np.diff(angles) + pi) % (2 * pi) - pi
        steps = np.ceil(np.abs(turns) / STEP).astype(int)
        # Those that are drawn by as many steps are drawn together.
        for count in np.unique(steps[steps > 0]).tolist():
            places = np.flatnonzero(steps == count)
            along = angles[places + 1, None] - turns[places, None] * np.linspace(0, 1, count + 1)
            edges = far * np.stack([np.cos(along), np.sin(along)], axis=2)
            rings = np.concatenate([corners[places, None], corners[places + 1, None], edges], axis=1)
            found.append(shapely.polygons(rings + (here.lon, here.lat)))
    drawn = np.concatenate(found) if found else np.empty(0, object)
    return np.where(shapely.is_valid(drawn), drawn, shapely.buffer(drawn, 0))


def polygons(shape: BaseGeometry) -> MultiPolygon:
    """Only the surfaces of a shape, without the slivers that cutting leaves."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > SLIVER]
    return MultiPolygon(parts)
