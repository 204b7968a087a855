"""Which areas a listing stands in or covers: those it names, all around those, and all inside what it covers."""

from collections.abc import Iterable
from functools import lru_cache

from assets_map.areas import AreaIndex, area_index, forget_areas
from assets_map.distance import Point
from assets_map.models import Area
from search.facets import ELSEWHERE


class AreaTree:
    """Every area with those around it, read once, so that a listing's own are found without a query."""

    def __init__(self) -> None:
        # An area saved a moment ago is why an index may be written now.
        forget_areas()
        self.index = area_index()
        self.around = _around(
            self.index, tuple(Area.objects.exclude(parent_code="").values_list("code", "parent_code"))
        )
        self.inside: dict[str, set[str]] = {}
        for code, above in self.around.items():
            for one in above:
                self.inside.setdefault(one, set()).add(code)

    def codes(self, coverage: Iterable[str], points: Iterable[Point | None], *, anywhere: bool) -> tuple[str, ...]:
        """Areas to be found under; none when it serves `anywhere` and names no place at all."""
        covered = set(coverage)
        stands = list(points)
        found = covered | {code for point in stands if point for code in self.index.codes_at(point)}
        found |= {code for one in found for code in self.around.get(one, ())}
        found |= {code for one in covered for code in self.inside.get(one, ())}
        if not found and (stands or not anywhere):
            return (ELSEWHERE,)
        return tuple(sorted(found))


@lru_cache(maxsize=2)
def _around(index: AreaIndex, parents: tuple[tuple[str, str], ...]) -> dict[str, frozenset[str]]:
    """For each area those that hold it: by their codes, or because they are larger and a point inside it is in them."""
    parent = dict(parents)
    size = {one.code: index.outline(one.code).area for one in index.areas}
    found = {}
    for code, own in size.items():
        holding = {one for one in index.codes_at(index.inside(code)) if size[one] > own}
        above = parent.get(code, "")
        while above and above not in holding and above != code:
            holding.add(above)
            above = parent.get(above, "")
        found[code] = frozenset(holding)
    return found
