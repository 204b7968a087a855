"""The column maps, by name. A new kind of spreadsheet is a short module here and a line below."""

from django.utils.translation import gettext as _

from importers.columns import ColumnMap
from importers.errors import UnknownMap
from importers.maps.givefood import GIVEFOOD
from importers.maps.trafford_charities import TRAFFORD_CHARITIES
from importers.maps.uk_libraries import UK_LIBRARIES
from importers.maps.workbook import WORKBOOK

MAPS: dict[str, ColumnMap] = {each.name: each for each in (WORKBOOK, UK_LIBRARIES, GIVEFOOD, TRAFFORD_CHARITIES)}


def map_called(name: str) -> ColumnMap:
    """The map of that name; raises `UnknownMap`."""
    if name not in MAPS:
        raise UnknownMap(
            _("There is no map called “%(name)s”. There are: %(names)s.") % {"name": name, "names": ", ".join(MAPS)}
        )
    return MAPS[name]
