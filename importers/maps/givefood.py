"""Locations of food banks as Give Food lists them."""

from django.utils.translation import gettext as _

from directory.choices import Door, Kind, Reach
from importers.columns import ColumnMap, Notes, Values, column, needed
from importers.convert import read_point
from importers.spreadsheets import Row


def finish(values: Values, row: Row, notes: Notes) -> None:
    network = row.get("network")
    run_by = row.get("organisation_name")
    values["summary"] = _("A food bank location, part of %(name)s food bank.") % {"name": run_by}
    if network:
        values["description"] = _("In the %(network)s network.") % {"network": network}
    values.setdefault("provider.name", run_by)


GIVEFOOD = ColumnMap(
    name="givefood",
    title="Give Food: locations of food banks",
    identity=("provider.source_id", "venue.name"),
    columns=(
        needed("provider.source_id", "organisation_name"),
        needed("name", "location_name"),
        needed("venue.name", "location_name"),
        column("venue.address", "address"),
        needed("venue.postcode", "postcode"),
        column("venue.point", "lat_lng", read=read_point),
        column("email", "email"),
        column("phone", "phone_number"),
        column("website", "source_url", "url"),
        column("provider.name", "charity_name"),
        column("provider.charity_number", "charity_number"),
    ),
    fixed={
        "kind": Kind.SERVICE.value,
        "reach": (Reach.AT_VENUE.value,),
        "door": Door.RING_FIRST.value,
        "categories": (("Money, food and home", "Food banks and pantries"),),
    },
    finish=finish,
)
