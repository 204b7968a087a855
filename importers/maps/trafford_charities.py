"""Charities that work in Trafford: the register's facts, with a postal address, which is no place to visit."""

from django.utils.translation import gettext as _

from directory.choices import Door, Kind, Reach
from importers.columns import ColumnMap, Notes, Values, column, needed
from importers.convert import cut
from importers.prose import first_sentence, tidy_name, tidy_prose
from importers.spreadsheets import Row


def finish(values: Values, row: Row, notes: Notes) -> None:
    address = [row.get("charity_contact_address"), row.get("charity_contact_postcode")]
    names = tidy_name(values.get("name", ""))
    values["name"] = values["provider.name"] = names
    values["provider.address"] = "\n".join(part for part in address if part and part != "NA")
    said = tidy_prose(values.pop("activities", ""), names=f"{names} {address[0]} Trafford Manchester")
    values["summary"] = cut(first_sentence(said), 200) or _("A registered charity. What it does is not said.")
    values["description"] = said if said != values["summary"] else ""
    if values.get("phone"):
        values["reach"] = (Reach.BY_PHONE.value,)
    elif values.get("email") or values.get("website"):
        values["reach"] = (Reach.ONLINE.value,)
    else:
        notes.reject("reach", "", _("No phone, e-mail or website: nobody could get in touch."))


TRAFFORD_CHARITIES = ColumnMap(
    name="trafford_charities",
    title="Charities operating in Trafford",
    columns=(
        needed("source_id", "registered_charity_number"),
        needed("name", "charity_name"),
        needed("activities", "charity_activities"),
        column("phone", "charity_contact_phone"),
        column("email", "charity_contact_email"),
        column("website", "charity_contact_web"),
        column("provider.charity_number", "registered_charity_number"),
        column("provider.company_number", "charity_company_registration_number"),
        column("provider.source_id", "registered_charity_number"),
    ),
    fixed={"kind": Kind.GROUP.value, "door": Door.RING_FIRST.value},
    finish=finish,
    nothing=frozenset({"NA"}),
)
