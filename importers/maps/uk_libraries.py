"""Public libraries and their hours, in the columns of the national list; a council's own file has the same."""

from decimal import Decimal

from django.utils.translation import gettext as _

from directory.choices import Door, Kind, Reach
from importers.columns import ColumnMap, Notes, Values, column, needed
from importers.errors import Unreadable
from importers.records import CostRecord, SessionRecord
from importers.spreadsheets import Row
from importers.times import DAYS, read_hours

ADDRESS = ("Address 1", "Address 2", "Address 3")


def finish(values: Values, row: Row, notes: Notes) -> None:
    council = row.get("Local authority")
    address = [line.strip(" ,") for line in (row.get(name) for name in ADDRESS) if line.strip(" ,")]
    values["venue.name"] = values.get("name", "")
    values["venue.address"] = "\n".join(address[:-1])
    values["venue.town"] = address[-1] if address else ""
    values["sessions"] = hours(row, notes)
    values["summary"] = _("A public library of %(council)s.") % {"council": council}
    shares = row.get("Co-located with")
    if shares:
        values["summary"] = _("A public library of %(council)s, in the same building as other services.") % {
            "council": council
        }
        values["description"] = _("In the same building: %(others)s.") % {"others": shares.rstrip(".")}
    closed = row.get("Year closed")
    if closed:
        # 1900 stands for a year that nobody wrote down.
        values["ended"] = _("closed in %(year)s") % {"year": closed} if closed > "1900" else _("closed")


def hours(row: Row, notes: Notes) -> tuple[SessionRecord, ...]:
    """The week's sessions, staffed and not; hours that cannot be read are left out with a warning."""
    found: list[SessionRecord] = []
    for weekday, day in enumerate(DAYS):
        for how, note in (("staffed", ""), ("unstaffed", _("open without staff"))):
            heading = f"{day.capitalize()} {how} hours"
            text = row.get(heading)
            try:
                found += read_hours(text, weekday, note=note) if text else []
            except Unreadable as problem:
                notes.warn(heading, text, _("%(problem)s Left out.") % {"problem": problem})
    return tuple(found)


UK_LIBRARIES = ColumnMap(
    name="uk_libraries",
    title="Public libraries and their opening hours",
    identity=("provider.name", "name", "venue.postcode"),
    columns=(
        needed("provider.name", "Local authority"),
        needed("name", "Library name"),
        needed("venue.postcode", "Postcode"),
        column("venue.uprn", "Unique property reference number"),
        column("email", "Email address"),
        column("website", "URL"),
        *(needed("", f"{day.capitalize()} staffed hours") for day in DAYS),
    ),
    fixed={
        "kind": Kind.SERVICE.value,
        "reach": (Reach.AT_VENUE.value,),
        "door": Door.TURN_UP.value,
        "costs": (CostRecord(Decimal(0)),),
        "categories": (("Advice and rights", "Libraries and information"),),
    },
    finish=finish,
    part="provider",
)
