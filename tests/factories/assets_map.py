"""Areas and barriers of Thurrock, roughly drawn."""

from datetime import date
from typing import Any

from assets_map.models import Area, Barrier, NamedPlace


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


# A small country: postcode, latitude, longitude, district, ward, month it was closed ("" for live).
STREETS = [
    ("RM18 8AD", 51.4618, 0.3652, "E06000034", "E05002246", ""),
    ("RM18 8AF", 51.4616, 0.3666, "E06000034", "E05002246", ""),
    ("RM18 8AX", 51.4617, 0.3660, "E06000034", "E05002246", "201903"),
    ("RM18 7AA", 51.4620, 0.3600, "E06000034", "E05002247", ""),
    ("RM18 7AB", 51.4625, 0.3590, "E06000034", "E05002247", ""),
    ("RM17 6SL", 51.4760, 0.3240, "E06000034", "E05002235", ""),
    ("RM17 6EL", 51.4770, 0.3230, "E06000034", "E05002235", ""),
    ("RM17 9ZZ", 51.4765, 0.3235, "E06000034", "E05002235", "what"),
    ("DA12 2BN", 51.4430, 0.3700, "E07000109", "E05011235", ""),
    ("DA12 2AA", 51.4435, 0.3710, "E07000109", "E05011235", ""),
    ("E1 6AN", 51.5180, -0.0760, "E09000030", "E05009336", ""),
    ("RM17 5AA", 51.4780, 0.3200, "E09000016", "", ""),
    ("ZE3 9XP", 59.8780, -1.2900, "S12000027", "", ""),
]


def make_table(streets=STREETS, **overrides):
    """Streets as a product's columns."""
    from assets_map.postcode_table import PostcodeTable

    postcodes, lats, lons, districts, wards, ended = zip(*streets, strict=True) if streets else ((),) * 6
    given = {"source": "Streets for tests", "vintage": date(2025, 11, 1), **overrides}
    return PostcodeTable.of_columns(
        postcodes, lats=lats, lons=lons, districts=districts, wards=wards, ended=ended, **given
    )  # fmt: skip


def make_gazetteer(folder, streets=STREETS, **overrides):
    """A gazetteer of a few streets in a data folder."""
    from assets_map.gazetteer_build import build_gazetteer

    return build_gazetteer(folder / "postcodes" / "gazetteer.bin", make_table(streets, **overrides))


def make_place(name="Tilbury", **overrides):
    facts = {"kind": "town", "latitude": 51.462, "longitude": 0.360, "council_code": "E06000034", **overrides}
    facts.setdefault("council_name", "Thurrock" if facts["council_code"] == "E06000034" else "")
    return NamedPlace.objects.create(name=name, **facts)
