"""Where the places that a spreadsheet names are: postcodes to points, and names of areas to their codes."""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from assets_map.areas import SECTOR
from assets_map.councils import council_names
from assets_map.distance import Point
from assets_map.gazetteer import Gazetteer, GazetteerMissing, gazetteer
from assets_map.models import Area
from assets_map.not_found import NotAPostcode
from assets_map.postcodes import Postcode
from importers.records import CoverageRecord
from importers.spreadsheets import fold

WRITTEN_SECTOR = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9]")


class Located(NamedTuple):
    """A postcode as it is kept, its point when that is known, and otherwise why not."""

    postcode: str
    point: Point | None
    warning: str = ""


class Whereabouts:
    """Looks up places for one load: the gazetteer and the areas are read once."""

    def __init__(self) -> None:
        self.gazetteer: Gazetteer | None = _gazetteer_if_built()
        # Councils are known by name before any area is loaded: their codes come with the postcodes.
        self.areas = {
            fold(name.removeprefix("the ")): CoverageRecord(code, name) for code, name in council_names().items()
        }
        self.areas |= {fold(area.area_code): area for area in self.areas.values()}
        for code, name, kind in Area.objects.order_by("pk").values_list("code", "name", "kind"):
            self.areas[fold(code)] = CoverageRecord(code, name)
            # A council before a ward of the same name.
            if kind == Area.Kind.COUNCIL or fold(name) not in self.areas:
                self.areas[fold(name)] = CoverageRecord(code, name)

    def locate(self, text: str) -> Located:
        """Never fails: a listing is kept without a point when its postcode is not one, or not known."""
        try:
            postcode = Postcode.parse(text)
        except NotAPostcode as problem:
            return Located(text[:8], None, _("%(problem)s It is kept, without a point.") % {"problem": problem})
        if self.gazetteer is None:
            return Located(str(postcode), None, _("No postcodes are loaded yet, so it is kept without a point."))
        entry = self.gazetteer.find(postcode)
        if entry is None:
            return Located(str(postcode), None, _("This postcode is not known. It is kept, without a point."))
        # The building did not move when its postcode was closed.
        warning = _("This postcode was closed: the place is kept where it was.") if entry.closed else ""
        return Located(str(postcode), entry.point, warning)

    def coverage_of(self, name: str) -> CoverageRecord | None:
        """The area of that name or code. A postcode sector may be named before its area is made; nothing else may."""
        written = " ".join(name.upper().split())
        if WRITTEN_SECTOR.fullmatch(written):
            sector = f"{written.replace(' ', '')[:-1]} {written[-1]}"
            return self.areas.get(fold(f"{SECTOR}{sector}"), CoverageRecord(f"{SECTOR}{sector}", sector))
        return self.areas.get(fold(name))


def _gazetteer_if_built() -> Gazetteer | None:
    try:
        return gazetteer()
    except GazetteerMissing:
        return None
