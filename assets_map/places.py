"""Turns what a person types into a place: a postcode, a part of one, a name, or where they are.

No outside service is asked, and nothing here is logged: a resident's postcode is personal.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assets_map.areas import SECTOR, AreaIndex, area_index
from assets_map.councils import council_name, is_ours, our_codes
from assets_map.distance import Point
from assets_map.gazetteer import Entry, Gazetteer, GazetteerMissing, gazetteer
from assets_map.models import Area, NamedPlace
from assets_map.names import name_near, named, names_like
from assets_map.not_found import (
    NotAPostcode,
    OutsideOurArea,
    PlaceNotFound,
    TerminatedPostcode,
    UnknownPlaceName,
    UnknownPostcode,
)
from assets_map.postcodes import PartialPostcode, Postcode, find_postcode, parse_partial

__all__ = [
    "NotAPostcode",
    "OutsideOurArea",
    "Place",
    "PlaceNotFound",
    "TerminatedPostcode",
    "UnknownPlaceName",
    "UnknownPostcode",
    "find_place",
]

COORDINATES = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
# About 100 metres: enough to measure a walk from, too coarse for a front door.
PLACES_OF_DECIMALS = 3
NEAREST_STREET_METRES = 5_000
# How far a named place reaches from its middle, roughly.
METRES_AROUND = {"city": 2_500, "town": 1_000, "": 500}
LONGEST = 200
# The postcode areas whose licence or grid keeps them out of the gazetteer.
ELSEWHERE = {"BT": "Northern Ireland", "IM": "the Isle of Man", "JE": "Jersey", "GY": "Guernsey"}


@dataclass(frozen=True)
class Place:
    """Where a search starts. `shareable` may stand in an address; it is never a full postcode, nor is `label`."""

    label: str
    point: Point
    area_codes: frozenset[str] = frozenset()
    approximate: bool = False
    postcode: Postcode | None = None
    shareable: str = ""
    area_names: Mapping[str, str] = field(default_factory=dict, hash=False)


def find_place(text: str) -> Place:
    """The place that a text means; raises a `PlaceNotFound` whose `str()` tells the person what to do."""
    typed = text[:LONGEST].replace("\0", " ").strip()
    if not typed:
        raise NotAPostcode(text, _("Type a postcode, or the name of a town or village."))
    spot = COORDINATES.fullmatch(typed)
    if spot:
        return _of_point(typed, float(spot[1]), float(spot[2]))
    postcode = find_postcode(typed)
    if postcode:
        return _of_postcode(typed, postcode)
    part = parse_partial(typed)
    if part:
        return _of_part(typed, part)
    return _of_name(typed) or _of_guess(typed)


def _of_postcode(typed: str, postcode: Postcode) -> Place:
    known = _gazetteer(typed)
    entry = known.find(postcode)
    if entry is None:
        raise _unknown(typed, postcode, known)
    place = _placed(entry, sector=postcode.sector, postcode=postcode)
    if entry.closed:
        nearby = [near.postcode for near in known.nearest(entry.point, 4, within=2_000)]
        raise TerminatedPostcode(typed, ended=entry.terminated, nearby=nearby, place=place)
    return _if_ours(typed, place, entry.district)


def _unknown(typed: str, postcode: Postcode, known: Gazetteer) -> PlaceNotFound:
    area = re.sub(r"\d.*", "", postcode.outward)
    if area in ELSEWHERE:
        return OutsideOurArea(typed, council_name=ELSEWHERE[area])
    parts = PartialPostcode(postcode.outward, postcode.inward[0]), PartialPostcode(postcode.outward)
    instead = next((str(part) for part in parts if known.rows_of(part)), "")
    return UnknownPostcode(typed, nearby=known.like(postcode, 4), instead=instead)


def _of_part(typed: str, part: PartialPostcode) -> Place:
    known = _gazetteer(typed)
    entry = known.sector(part, districts=our_codes())
    if entry is None:
        area = re.sub(r"\d.*", "", part.outward)
        if area in ELSEWHERE:
            raise OutsideOurArea(typed, council_name=ELSEWHERE[area])
        raise UnknownPostcode(typed, sentence=_("There are no postcodes that begin with %(part)s.") % {"part": part})
    sectors = {str(part)} if part.digit else known.sectors_in(part, our_codes())
    place = _placed(entry, sector=str(part) if part.digit else "", shareable=str(part), sectors=sectors)
    return _if_ours(typed, place, entry.district)


def _of_point(typed: str, lat: float, lon: float) -> Place:
    """Where a person's device says they are, made coarse."""
    point = Point(round(lat, PLACES_OF_DECIMALS), round(lon, PLACES_OF_DECIMALS))
    near = []
    if 49 <= point.lat <= 61.5 and -9 <= point.lon <= 2.5:
        near = _gazetteer(typed).nearest(point, 1, within=NEAREST_STREET_METRES)
    if not near:
        raise PlaceNotFound(typed, _("We know no street near there. Type a postcode or the name of a place."))
    entry = _gazetteer(typed).find(near[0].postcode)
    if entry is None:
        raise PlaceNotFound(typed)
    here = entry._replace(point=point)
    return _if_ours(typed, _placed(here, sector=near[0].postcode.sector), entry.district)


def _of_name(typed: str) -> Place | None:
    """A town, village or area by its name, with or without its county; ours before others'."""
    first = typed.split(",", maxsplit=1)[0].strip()
    for words in dict.fromkeys([typed, first]):
        places = named(words)
        if places and is_ours(places[0].council_code):
            return _of_named(places[0])
        areas = area_index().called(words)
        if areas:
            return _of_area(areas[0].code)
        if places:
            raise _outside(typed, places)
    return None


def _outside(typed: str, places: list[NamedPlace]) -> OutsideOurArea:
    """No guess is made between several places of one name: each is another council's."""
    councils = {place.council_code or place.council_name for place in places}
    if len(councils) > 1:
        return OutsideOurArea(typed)
    return OutsideOurArea(
        typed, place=_of_named(places[0]), council_name=council_name(places[0].council_code) or places[0].council_name
    )


def _of_named(named_place: NamedPlace) -> Place:
    point = Point(named_place.latitude, named_place.longitude)
    entry = Entry(point, named_place.council_code, "", None, closed=False)
    return _placed(
        entry, label=named_place.name, shareable=named_place.name, sectors=_sectors_around(point, named_place.kind)
    )


def _of_area(code: str) -> Place:
    index = area_index()
    area, point = index.by_code[code], index.inside(code)
    district = code if area.kind == Area.Kind.COUNCIL else ""
    entry = Entry(point, district, code if area.kind == Area.Kind.WARD else "", None, closed=False)
    return _placed(entry, label=area.name, shareable=area.name)


def _sectors_around(point: Point, kind: str) -> set[str]:
    """The sectors that a place of this kind reaches into, as far as streets are known."""
    metres = METRES_AROUND.get(kind, METRES_AROUND[""])
    try:
        nearest = gazetteer().nearest(point, 1, within=NEAREST_STREET_METRES)
        return {near.postcode.sector for near in nearest} | gazetteer().sectors_within(point, metres)
    except GazetteerMissing:
        return set()


def _of_guess(typed: str) -> Place:
    """Nothing of that name: a postcode with every digit typed as a letter, or words that fit neither."""
    if any(letter.isdigit() for letter in typed):
        Postcode.parse(typed)
    try:
        return _of_postcode(typed, Postcode.parse(typed))
    except (NotAPostcode, UnknownPostcode):
        similar = names_like(typed, (area.name for area in area_index().areas))
        raise UnknownPlaceName(typed, similar=similar) from None


def _placed(
    entry: Entry,
    *,
    sector: str = "",
    label: str = "",
    shareable: str = "",
    postcode: Postcode | None = None,
    sectors: Iterable[str] = (),
) -> Place:
    """A place with its areas: those whose outline holds it, but what the product says of it counts for more."""
    index = area_index()
    told = [code for code in (entry.district, entry.ward) if code]
    sector_codes = [SECTOR + one for one in ([sector] if sector else sectors)]
    codes = _agreed(index, index.codes_at(entry.point), told, sector_codes)
    names = {code: index.names[code] for code in codes if code in index.names}
    if entry.district and entry.district not in names and council_name(entry.district):
        names[entry.district] = council_name(entry.district)
    return Place(
        label=label or _label(index, entry, sector or shareable),
        point=entry.point,
        area_codes=codes,
        approximate=postcode is None,
        postcode=postcode,
        shareable=shareable or sector,
        area_names=names,
    )


def _agreed(index: AreaIndex, held: frozenset[str], told: list[str], sectors: list[str]) -> frozenset[str]:
    """What the outlines say, less what the postcode product contradicts."""
    kinds = {index.by_code[code].kind for code in told if code in index.by_code}
    kept = {code for code in held if index.by_code[code].kind not in kinds}
    if any(code in index.by_code for code in sectors):
        kept = {code for code in kept if not code.startswith(SECTOR)}
    return frozenset(kept | set(told) | set(sectors))


def _label(index: AreaIndex, entry: Entry, part: str) -> str:
    """ "Tilbury (RM18 8)", from the neighbourhood of that sector or the nearest name."""
    known = index.names.get(SECTOR + part)
    if known and part in known:
        return known
    name = name_near(entry.point, entry.district)
    return f"{name} ({part})" if name else part


def _if_ours(typed: str, place: Place, district: str) -> Place:
    if is_ours(district):
        return place
    raise OutsideOurArea(typed, place=place, council_name=council_name(district))


def _gazetteer(typed: str) -> Gazetteer:
    try:
        return gazetteer()
    except GazetteerMissing as missing:
        raise PlaceNotFound(
            typed, _("No postcodes have been loaded here yet. Try the name of a town or village.")
        ) from missing
