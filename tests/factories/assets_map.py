"""Areas and barriers of Thurrock, roughly drawn."""

from typing import Any

from assets_map.models import Area, Barrier


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def make_area(**given: Any) -> Area:
    corners = given.pop("corners", (0.33, 51.45, 0.38, 51.47))
    facts = {"code": "RM18-8", "name": "Tilbury", "kind": Area.Kind.NEIGHBOURHOOD, "shape": box(*corners), **given}
    area = Area(**facts)
    area.full_clean()
    area.save()
    return area


def make_barrier(**given: Any) -> Barrier:
    line = {"type": "LineString", "coordinates": [[0.20, 51.455], [0.30, 51.465], [0.36, 51.452], [0.45, 51.455]]}
    barrier = Barrier(**{"name": "River Thames", "shape": line, "crossing_note": "Ferry from Tilbury", **given})
    barrier.full_clean()
    barrier.save()
    return barrier
