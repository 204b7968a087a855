"""What stands on the map: pins in step with a list, and where a search started."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Any, Protocol

from assets_map.distance import Point


class MapPoint(Protocol):
    """Something with a row in a list; `number` is its row's, and no `point` means that it has no pin.

    Two more attributes are used where there are any: `reason` (why it is listed) and `asset` (the row's `data-asset`).
    """

    @property
    def point(self) -> Point | None: ...
    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def number(self) -> int: ...


@dataclass(frozen=True)
class Pin:
    """A plain `MapPoint`."""

    point: Point | None
    title: str
    url: str
    number: int
    reason: str = ""
    asset: str = ""


def feature_collection(points: Iterable[MapPoint]) -> dict[str, Any]:
    """A GeoJSON FeatureCollection (RFC 7946: longitude first) of those points that are somewhere on earth."""
    return {"type": "FeatureCollection", "features": [_feature(point) for point in points if _on_earth(point.point)]}


def _on_earth(point: Point | None) -> bool:
    return (
        point is not None and isfinite(point[0]) and isfinite(point[1]) and abs(point[0]) <= 90 and abs(point[1]) <= 180
    )


def _feature(mapped: MapPoint) -> dict[str, Any]:
    lat, lon = mapped.point or Point(0, 0)
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(lon, 5), round(lat, 5)]},
        "properties": {
            "number": mapped.number,
            "title": str(mapped.title),
            "url": str(mapped.url),
            "reason": str(getattr(mapped, "reason", "") or ""),
            "asset": str(getattr(mapped, "asset", "") or ""),
        },
    }
