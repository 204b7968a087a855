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
# What nothing hides is drawn by steps of a twelfth of a half-turn.
SPOKES = np.linspace(-pi, pi, 24, endpoint=False)
# A piece that is seen end on hides nothing.
NO_TURN = 1e-12
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
    lines: list[BaseGeometry] = []
    for shape in shapes:
        inside = shapely.intersection(shape, frame)
        if inside.is_empty:
            continue
        if shapely.intersects(shape, shapely.Point(here.lon, here.lat)):
            return within
        parts = (part if part.area == 0 else part.boundary for part in shapely.get_parts(inside))
        lines += [part for part in parts if part.length]
    if not lines:
        return Polygon()
    west, south, east, north = frame.bounds
    seen = _seen(_pieces(lines) - (here.lon, here.lat), 2 * hypot(east - west, north - south))
    return shapely.difference(within, shapely.polygons(seen + (here.lon, here.lat)))


def _pieces(lines: list[BaseGeometry]) -> np.ndarray:
    """Lines as straight pieces that cross none other: (pieces, both ends, longitude and latitude)."""
    whole = shapely.multilinestrings(shapely.get_parts(lines))
    if not shapely.is_simple(whole):
        whole = shapely.node(whole)
    each = [shapely.get_coordinates(line) for line in shapely.get_parts(whole)]
    return np.concatenate([np.stack([line[:-1], line[1:]], axis=1) for line in each])


def _seen(pieces: np.ndarray, far: float) -> np.ndarray:
    """The ring around all that is seen from the origin, which lies on none of these pieces, out to `far`.

    Between two neighbouring bearings of their ends, one piece hides all others, or there is none.
    """
    bearings = np.arctan2(pieces[..., 1], pieces[..., 0])
    turns = (np.diff(bearings)[:, 0] + pi) % (2 * pi) - pi
    facing = np.abs(turns) > NO_TURN
    pieces, bearings, turns = pieces[facing], bearings[facing], turns[facing]
    edges = np.unique(np.concatenate([bearings.ravel(), SPOKES]))
    sectors = len(edges)
    first = np.where(turns > 0, bearings[:, 0], bearings[:, 1])
    last = np.where(turns > 0, bearings[:, 1], bearings[:, 0])
    start = np.searchsorted(edges, first)
    count = (np.searchsorted(edges, last) - start) % sectors
    # Every pair of a sector and a piece that lies before it.
    piece = np.repeat(np.arange(len(pieces)), count)
    sector = (np.arange(len(piece)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(start, count)) % sectors
    ends = np.stack([edges, np.append(edges[1:], edges[0] + 2 * pi)], axis=1)
    middle = _reach(pieces[piece], ends[sector].mean(axis=1))
    nearest_first = np.lexsort([middle, sector])
    sector, where = np.unique(sector[nearest_first], return_index=True)
    hiding = pieces[piece[nearest_first][where]]
    reach = np.full((sectors, 2), far)
    reach[sector] = np.stack([_reach(hiding, ends[sector, side]) for side in (0, 1)], axis=1)
    return (reach[..., None] * np.stack([np.cos(ends), np.sin(ends)], axis=2)).reshape(-1, 2)


def _reach(pieces: np.ndarray, bearings: np.ndarray) -> np.ndarray:
    """How far from the origin each piece is in this direction, and no farther than its farther end."""
    begin, along = pieces[:, 0], pieces[:, 1] - pieces[:, 0]
    across = np.cos(bearings) * along[:, 1] - np.sin(bearings) * along[:, 0]
    reach = (begin[:, 0] * along[:, 1] - begin[:, 1] * along[:, 0]) / across
    distances = np.hypot(pieces[..., 0], pieces[..., 1])
    return np.clip(reach, 0, distances.max(axis=1))


def polygons(shape: BaseGeometry) -> MultiPolygon:
    """Only the surfaces of a shape, without the slivers that cutting leaves."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > SLIVER]
    return MultiPolygon(parts)
