"""Which points a barrier hides from a place: the straight line to them crosses it. For thousands of points at once.

Turned about the place, the nearest piece of a barrier in each direction is worked out once; a point lies across when
it is not nearer than that piece. The plane is that of degrees, as for a straight line drawn on the map.
"""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from assets_map.distance import Point

WHOLE_TURN = 2 * np.pi
# With more pieces than this the plain test is quicker.
MOST_PIECES = 600
# How far within an interval its ends are looked at, as a share of it.
EDGE = 1e-6


class Sight:
    """What one place sees of a barrier."""

    def __init__(self, here: Point, shape: BaseGeometry) -> None:
        self.here = here
        start, end = _pieces(shape)
        start, end = start - (here.lon, here.lat), end - (here.lon, here.lat)
        turn = _angle(end) - _angle(start)
        turn = (turn + np.pi) % WHOLE_TURN - np.pi
        seen = turn != 0
        self._start, self._along, turn = start[seen], (end - start)[seen], turn[seen]
        self.blind = len(turn) > MOST_PIECES or shapely.intersects(shape, shapely.Point(here.lon, here.lat))
        if self.blind:
            return
        lowest = np.where(turn > 0, _angle(self._start), _angle(self._start + self._along)) % WHOLE_TURN
        width = np.abs(turn)
        self._edges = np.unique(np.concatenate([[0.0], lowest, (lowest + width) % WHOLE_TURN]))
        wide = np.diff(np.append(self._edges, WHOLE_TURN))
        first = self._nearest(self._edges + wide * EDGE, lowest, width)
        last = self._nearest(self._edges + wide * (1 - EDGE), lowest, width)
        self._piece = first
        # Two pieces that cross each other change places on the way: there each point is looked at by itself.
        self._unsure = first != last

    def _nearest(self, angles: np.ndarray, lowest: np.ndarray, width: np.ndarray) -> np.ndarray:
        """The nearest piece in each direction; the number of pieces where there is none."""
        covers = (angles[:, None] - lowest) % WHOLE_TURN <= width
        there = np.where(covers, self._distance(angles[:, None], np.arange(len(lowest))), np.inf)
        there = np.concatenate([there, np.full((len(angles), 1), 1e300)], axis=1)
        return np.argmin(there, axis=1)

    def _distance(self, angles: np.ndarray, pieces: np.ndarray) -> np.ndarray:
        """How far it is to the line of each piece, in degrees, looking in these directions."""
        start, along = self._start[pieces], self._along[pieces]
        upward = start[..., 0] * along[..., 1] - start[..., 1] * along[..., 0]
        with np.errstate(divide="ignore", invalid="ignore"):
            return upward / (np.cos(angles) * along[..., 1] - np.sin(angles) * along[..., 0])

    def hides(self, shape: BaseGeometry, lats: np.ndarray, lons: np.ndarray) -> np.ndarray:
        """A boolean for each point: the straight line to it crosses or touches the barrier, this thread's own copy."""
        if self.blind:
            return plainly(self.here, shape, lats, lons)
        away = np.stack([lons - self.here.lon, lats - self.here.lat], axis=1)
        angles = _angle(away) % WHOLE_TURN
        interval = np.searchsorted(self._edges, angles, side="right") - 1
        pieces = self._piece[interval]
        found = np.zeros(len(lats), bool)
        facing = np.flatnonzero(pieces < len(self._start))
        far = np.hypot(away[facing, 0], away[facing, 1])
        found[facing] = far >= self._distance(angles[facing], pieces[facing])
        unsure = np.flatnonzero(self._unsure[interval])
        if len(unsure):
            found[unsure] = plainly(self.here, shape, lats[unsure], lons[unsure])
        return found


def plainly(here: Point, shape: BaseGeometry, lats: np.ndarray, lons: np.ndarray) -> np.ndarray:
    """The same by drawing every line."""
    ends = np.empty((len(lats), 2, 2))
    ends[:, 0] = (here.lon, here.lat)
    ends[:, 1, 0], ends[:, 1, 1] = lons, lats
    return shapely.intersects(shape, shapely.linestrings(ends))


def _pieces(shape: BaseGeometry) -> tuple[np.ndarray, np.ndarray]:
    """Where the straight pieces of a shape's lines start and end, each pieces by 2 (longitude, latitude)."""
    corners, line = shapely.get_coordinates(shapely.get_parts(shape), return_index=True)
    joined = line[1:] == line[:-1]
    return corners[:-1][joined], corners[1:][joined]


def _angle(points: np.ndarray) -> np.ndarray:
    return np.arctan2(points[:, 1], points[:, 0])
