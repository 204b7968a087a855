"""How many there would be within each distance offered: `Distances(conditions)` → `.aggregations()` to ask with,
`.counts(total, answer)` from what comes back and how many there are at any distance.

A listing with one venue is measured once, for all distances. Whether one venue of several is both near enough and on
this side of a barrier has to be asked for each distance.
"""

from typing import Any

from assets_map.distance import METRES_A_MILE
from search.around import is_usual
from search.elastic.conditions import Conditions
from search.elastic.queries import counted, every, leaf, neither
from search.facets import distance_code
from search.query import ANY_DISTANCE, DISTANCES

Answer = dict[str, Any]
SEVERAL = leaf("term", several_venues=True)


class Distances:
    """The counts of one question with a place."""

    def __init__(self, conditions: Conditions) -> None:
        self.conditions = conditions
        measured = [miles for miles in DISTANCES if miles != ANY_DISTANCE]
        usual = [miles for miles in measured if is_usual(miles)]
        others = [miles for miles in measured if miles not in usual]
        # Those that only their distance can bring: at the usual one what names the place is shown in any case.
        groups = {
            "usual": (usual, neither(conditions.wherever, conditions.named)),
            "others": (others, neither(conditions.wherever)),
        }
        self._groups = {name: group for name, group in groups.items() if group[0]}

    def aggregations(self) -> dict[str, Any]:
        """One for the usual distance, one for the others."""
        return {
            name: {"filter": condition, "aggs": self._near(asked)} for name, (asked, condition) in self._groups.items()
        }

    def counts(self, total: int, answer: Answer) -> dict[str, int]:
        """By distance, as it stands in an address."""
        found = {distance_code(ANY_DISTANCE): total}
        for name, (asked, _condition) in self._groups.items():
            told = answer[name]
            for code in map(distance_code, asked):
                found[code] = total - int(told["doc_count"]) + near(told, code)
        return {code: found[code] for code in map(distance_code, DISTANCES)}

    def _near(self, asked: list[float]) -> dict[str, Any]:
        """Those of them that are near enough."""
        conditions = self.conditions
        cut = [miles for miles in asked if conditions.is_cut(miles)]
        whole = [miles for miles in asked if miles not in cut]
        found: dict[str, Any] = {"near": self._measured(whole)} if whole else {}
        if cut:
            light = every(conditions.this_side(max(cut)), neither(SEVERAL))
            found["one"] = {"filter": light, "aggs": {"near": self._measured(cut)}}
            each = {distance_code(miles): conditions.this_side(miles) for miles in cut}
            found["several"] = {"filter": SEVERAL, "aggs": {"near": {"filters": {"filters": each}}}}
        return found

    def _measured(self, asked: list[float]) -> dict[str, Any]:
        here = {"lat": self.conditions.here.lat, "lon": self.conditions.here.lon}
        ranges = [{"key": distance_code(miles), "to": miles * METRES_A_MILE} for miles in asked]
        return counted("geo_distance", field="venues", origin=here, unit="m", keyed=True, ranges=ranges)


def near(told: Answer, code: str) -> int:
    """How many are near enough, by all the ways in which they were counted."""
    ways = (told, told.get("one", {}), told.get("several", {}))
    buckets = (way["near"]["buckets"].get(code, {}) for way in ways if "near" in way)
    return sum(int(bucket.get("doc_count", 0)) for bucket in buckets)
