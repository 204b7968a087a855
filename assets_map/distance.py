"""Straight-line distances over the earth, good to half a per cent."""

from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike

EARTH_METRES = 6_371_008.8
METRES_A_MILE = 1_609.344


class Point(NamedTuple):
    """A spot on earth: degrees north and east, WGS 84."""

    lat: float
    lon: float


def metres_between(a: Point, b: Point) -> float:
    """Metres from `a` to `b` as the crow flies."""
    lat_a, lat_b = radians(a[0]), radians(b[0])
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_METRES * asin(min(1.0, sqrt(half)))


def miles_between(a: Point, b: Point) -> float:
    """Miles from `a` to `b` as the crow flies."""
    return metres_between(a, b) / METRES_A_MILE


def metres_to_many(a: Point, lats: "ArrayLike", lons: "ArrayLike") -> "np.ndarray":
    """Metres from `a` to each of many points given as equally long columns of degrees."""
    import numpy as np

    lat_b, lon_b = np.radians(np.asarray(lats, float)), np.radians(np.asarray(lons, float))
    lat_a, lon_a = radians(a[0]), radians(a[1])
    half = np.sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_METRES * np.arcsin(np.minimum(1.0, np.sqrt(half)))


def box_around(point: Point, metres: float) -> tuple[float, float, float, float]:
    """South, north, west and east of a box that holds every point within `metres`."""
    up = metres / 111_000
    across = up / max(0.01, cos(radians(point.lat)))
    return point.lat - up, point.lat + up, point.lon - across, point.lon + across
