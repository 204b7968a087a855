"""The workbook that a council fills in, and that the demo is kept in: Listings, Providers, Venues, Categories.

One sheet is enough: “Run by” and “Venue” then say all there is, with Address, Town and Postcode beside them.
"""

from importers.columns import ColumnMap, Linked, Notes, Values, column, needed
from importers.spreadsheets import Row


def finish(values: Values, row: Row, notes: Notes) -> None:
    values.setdefault("source_id", values.get("name", ""))


VENUE = (
    column("venue.address", "Address", "Venue address"),
    column("venue.town", "Town"),
    column("venue.postcode", "Postcode", "Venue postcode"),
    column("venue.hidden", "Hidden"),
)

WORKBOOK = ColumnMap(
    name="workbook",
    title="The Hereabouts workbook",
    sheet="Listings",
    columns=(
        column("source_id", "Reference"),
        needed("name", "Name"),
        needed("kind", "Kind"),
        needed("summary", "One sentence", "Summary"),
        column("description", "More about it", "Description"),
        column("covers", "What it covers"),
        column("does_not_cover", "What it does not cover"),
        column("provider.name", "Run by", "Provider"),
        column("phone", "Phone", "Telephone"),
        column("best_time_to_ring", "Best time to ring"),
        column("text_number", "Text"),
        column("email", "E-mail"),
        column("website", "Website", "Web"),
        column("venue.name", "Venue"),
        *VENUE,
        column("sessions", "When", "Times"),
        column("dates_out", "Not on these dates"),
        column("open_on_bank_holidays", "Bank holidays"),
        column("term_time_only", "Term time only"),
        needed("reach", "Reach"),
        column("coverage", "Serves"),
        column("criteria", "Criteria"),
        column("door", "How to get in"),
        column("how_to_be_referred", "How to be referred"),
        column("referral_from", "Referral from"),
        column("asks_for", "Asks for", "Needs to know", "What they need to know"),
        column("self_referral", "People may ask here", "Self-referral", "People may refer themselves"),
        column("costs", "Costs", "Cost"),
        column("takes_direct_payments", "Direct payments"),
        column("who_for", "Who it is for"),
        column("ages", "Ages"),
        column("languages", "Languages"),
        column("access", "Access"),
        column("who_meets_you", "Who meets you"),
        column("first_visit", "First visit"),
        column("bring_someone", "Bring someone"),
        column("respite_types", "Respite type"),
        column("taking_new", "Taking new people"),
        column("waiting_note", "Waiting"),
        column("categories", "Categories"),
        column("checks", "Checked"),
    ),
    finish=finish,
    linked=(
        Linked(
            "Providers",
            "provider",
            (
                needed("provider.name", "Name"),
                column("provider.people", "People"),
                column("provider.since", "Started"),
                column("provider.about", "About"),
                column("provider.says_insured", "Insured"),
                column("provider.says_dbs", "DBS checked"),
                column("provider.charity_number", "Charity number"),
                column("provider.company_number", "Company number"),
                column("provider.phone", "Phone"),
                column("provider.email", "E-mail"),
                column("provider.website", "Website"),
            ),
        ),
        Linked(
            "Venues",
            "venue",
            (
                needed("venue.name", "Name"),
                *VENUE,
                column("venue.access", "Access"),
                column("venue.bus", "Bus"),
                column("venue.notes", "Notes"),
            ),
            strict=True,
        ),
    ),
    category_sheet="Categories",
)
