"""What a listing of the cluster tells when it is found: `told(document)` is kept with it.

`facts_told` makes `Facts` of some hundreds of them for ranking and wording, whose numbers were worked out when the
listing was written; `document_of` gives a listing back as suggestions want it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from assets_map.places import Place
from search.columns import Arrays
from search.documents import AssetDocument, VenuePoint
from search.facets import STORED
from search.facts import AREAS, BY_ROW, BY_SLOT, Facts, numbers_of
from search.sets import SetTable

# The numbers of a listing that are told, in this order.
NUMBERS = ("reach", "checked", "taking", "name_hash", "provider_hash", "name_key")
# How a coverage is numbered: none, one that names an area of the place, one that names others.
NONE, HERE, ELSEWHERE = 0, 1, 2


def told(document: AssetDocument) -> dict[str, Any]:
    numbers = numbers_of(document)
    return {
        "name": document.name,
        "provider": document.provider,
        "venues": [[venue.name, venue.town, venue.lat, venue.lon] for venue in document.venues],
        "coverage": [list(pair) for pair in document.coverage],
        "numbers": [numbers[name] for name in NUMBERS],
    }


def document_of(asset_id: int, told: dict[str, Any], facets: Mapping[str, Sequence[str]]) -> AssetDocument:
    """A listing as suggestions want it: without its texts and times."""
    return AssetDocument(
        asset_id=asset_id,
        name=told["name"],
        facets={facet: tuple(codes) for facet, codes in facets.items()},
        venues=tuple(VenuePoint(*venue) for venue in told["venues"]),
        coverage=tuple((code, name) for code, name in told["coverage"]),
        provider=told["provider"],
    )


def facts_told(listings: Sequence[tuple[int, dict[str, Any]]], place: Place | None) -> Facts:
    """Facts of (asset id, what it tells), with no codes but those of coverage, as seen from a place."""
    each = [told for _id, told in listings]
    columns = zip(*(told["numbers"] for told in each), strict=True) if each else [()] * len(NUMBERS)
    arrays = {name: np.array(values, BY_ROW[name]) for name, values in zip(NUMBERS, columns, strict=True)}
    arrays |= {name: np.zeros(len(each), kind) for name, kind in BY_ROW.items() if name not in arrays}
    arrays["ids"] = np.array([asset_id for asset_id, _told in listings], np.int64)
    arrays[f"set_{AREAS}"] = np.array([_coverage(told, place) for told in each], np.int32)
    arrays |= _points(each) | {name: np.empty(0, kind) for name, kind in BY_SLOT.items()}
    arrays["made_on"] = np.zeros(1, np.int32)
    tables = {name: SetTable([], np.array([0, 0]), np.empty(0, np.int32)) for name in STORED}
    here = sorted(place.area_codes)[:1] if place is not None else []
    tables[AREAS] = SetTable([*here, ""], np.array([0, 0, len(here), len(here) + 1]), np.arange(len(here) + 1))
    for name, table in tables.items():
        arrays[f"starts_{name}"], arrays[f"members_{name}"] = table.starts, table.members
    return ToldFacts(arrays, {name: table.codes for name, table in tables.items()}, each)


class ToldFacts(Facts):
    """Facts whose words are still as the cluster told them."""

    def __init__(self, arrays: Arrays, codes: dict[str, list[str]], each: Sequence[dict[str, Any]]) -> None:
        super().__init__(arrays, codes)
        self._each = each

    def words_for(self, row: int) -> dict[str, Any]:
        told = self._each[row]
        return {"venues": [venue[:2] for venue in told["venues"]], "areas": told["coverage"]}


def _coverage(told: dict[str, Any], place: Place | None) -> int:
    if not told["coverage"]:
        return NONE
    codes = place.area_codes if place is not None else ()
    return HERE if any(code in codes for code, _name in told["coverage"]) else ELSEWHERE


def _points(each: Sequence[dict[str, Any]]) -> dict[str, np.ndarray]:
    """Venues that have a point, sorted by latitude as `Facts` wants them."""
    found = sorted(
        (lat, lon, row, number)
        for row, told in enumerate(each)
        for number, (_name, _town, lat, lon) in enumerate(told["venues"])
        if lat is not None and lon is not None
    )
    lat, lon, row, number = zip(*found, strict=True) if found else ((), (), (), ())
    return {
        "point_lat": np.array(lat, np.float64),
        "point_lon": np.array(lon, np.float64),
        "point_row": np.array(row, np.int32),
        "point_venue": np.array(number, np.int16),
    }
