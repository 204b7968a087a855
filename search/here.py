"""Which listings a search from a place shows, told for a few rows at once: the same rule as `search.around`, which
measures all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.conf import settings
from django.utils import timezone

from assets_map.places import Place
from search.around import COMES, METRES_A_MILE, REMOTE, Crossed, great_circle
from search.facts import Facts
from search.filtering import Filtering


@dataclass(frozen=True)
class Here:
    """A place (or none) and filters, over the listings of one moment."""

    facts: Facts
    place: Place | None
    filters: Mapping[str, tuple[str, ...]]
    crossed: Crossed

    def shown(self, rows: np.ndarray) -> np.ndarray:
        """A boolean for each row: whether a search from here, with these filters and no words, would show it."""
        fine = np.ones(len(rows), bool)
        if self.filters:
            fine = Filtering(self.facts, self.filters, rows, timezone.localtime().replace(tzinfo=None)).through
        if self.place is None:
            return fine
        covers = self.facts.covers[rows]
        fine &= self._allowed[covers]
        sure = (self.facts.reach[rows] & (COMES | REMOTE) != 0) | self._named[covers]
        doubtful = np.flatnonzero(fine & ~sure)
        fine[doubtful] = self._near(rows[doubtful])
        return fine

    def _near(self, rows: np.ndarray) -> np.ndarray:
        found = np.zeros(len(rows), bool)
        if self.place is None:
            return found
        lat, lon = self.place.point
        points, owner = self.facts.points_of(rows)
        inside = great_circle(self.facts.points[:, points], lat, lon) <= settings.NEAR_MILES * METRES_A_MILE
        points, owner = points[inside], owner[inside]
        if len(points):
            across = self.crossed((lat, lon), self.facts.point_lat[points], self.facts.point_lon[points])
            found[owner[~np.fromiter(map(bool, across), bool, len(points))]] = True
        return found

    @cached_property
    def _named(self) -> np.ndarray:
        return self.facts.areas.holding_any(self.place.area_codes if self.place else ())

    @cached_property
    def _allowed(self) -> np.ndarray:
        sets = self._named.copy()
        sets[0] = True
        return sets
