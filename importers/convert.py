"""From a row of cells to an `AssetRecord`, or to the reasons why not."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from assets_map.distance import Point
from directory.choices import Reach
from directory.models import Asset, Provider, Venue
from importers.columns import ColumnMap, Linked, Notes, Values, values_of
from importers.records import AssetRecord, CoverageRecord, Problem, ProviderRecord, SessionRecord, VenueRecord, digest
from importers.spreadsheets import LONGEST_CELL, Row, fold
from importers.whereabouts import Whereabouts

LIKE_ENOUGH = 80
# Without these there is nothing to list.
NEEDED = ("name", "kind", "summary", "reach")
# Said of every session of a row.
OF_SESSIONS = ("open_on_bank_holidays", "term_time_only", "dates_out")


def longest(model: type[Any], prefix: str = "") -> dict[str, int]:
    return {f"{prefix}{field.name}": field.max_length for field in model._meta.concrete_fields if field.max_length}


LONGEST = {**longest(Asset), **longest(Venue, "venue."), **longest(Provider, "provider.")}
ASSET_FIELDS = frozenset(field.name for field in dataclasses.fields(AssetRecord))


class Converter:
    """Turns the rows of one file into records, with the sheets that they mean by name at hand.

    `linked` holds the rows of those sheets by the field they fill and their folded name; `categories` the path of each
    category by its folded name.
    """

    def __init__(
        self,
        column_map: ColumnMap,
        *,
        linked: dict[str, dict[str, Values]],
        categories: dict[str, tuple[str, ...]],
        whereabouts: Whereabouts,
    ) -> None:
        self.map = column_map
        self.linked = linked
        self.categories = categories
        self.whereabouts = whereabouts
        # What the rows were known by, those that were rejected too.
        self.identities: set[str] = set()
        self.headings = {column.field: column.headings[0] for column in column_map.columns}

    def record(self, row: Row) -> tuple[AssetRecord | None, list[Problem]]:
        """The record of a row, or none when a problem rejects it; and every problem found."""
        notes = Notes(row)
        values = {**self.map.fixed, **values_of(row, self.map.columns, notes, nothing=self.map.nothing)}
        self._check_shape(row, notes)
        if self.map.finish is not None:
            self.map.finish(values, row, notes)
        for link in self.map.linked:
            self._follow(link, values, notes)
        self._shorten(values, notes)
        self.identities.add(identity([values.get(field) for field in self.map.identity]))
        said = {problem.field for problem in notes.problems}
        for field in NEEDED:
            if not values.get(field) and self.heading(field) not in said:
                notes.reject(self.heading(field), "", _("This is empty, and a listing needs it."))
        record = None if notes.rejected else self._build(values, row, notes)
        return (None if notes.rejected else record), notes.problems

    def heading(self, field: str) -> str:
        return self.headings.get(field, field)

    def _check_shape(self, row: Row, notes: Notes) -> None:
        if row.beyond:
            notes.reject(
                "",
                row.beyond[0],
                _("There are more cells than headings. In a CSV file, text with a comma in it needs quotation marks."),
            )
        if any(len(cell) > LONGEST_CELL for cell in row.cells.values()):
            notes.reject("", "", _("One cell is longer than 20,000 letters. Is a quotation mark never closed?"))

    def _follow(self, link: Linked, values: Values, notes: Notes) -> None:
        """Put what a linked sheet says of the name in this row beside what the row says itself."""
        name, rows = str(values.get(f"{link.field}.name", "")), self.linked.get(link.field, {})
        if not name or not rows:
            return
        if fold(name) in rows:
            values.update(rows[fold(name)])
            return
        note = notes.reject if link.strict else notes.warn
        note(self.heading(f"{link.field}.name"), name, self._not_there(link, name))

    def _not_there(self, link: Linked, name: str) -> str:
        names = [values[f"{link.field}.name"] for values in self.linked[link.field].values()]
        like = process.extractOne(name, names, scorer=fuzz.WRatio, score_cutoff=LIKE_ENOUGH)
        said = _("There is no row of that name in the sheet “%(sheet)s”.") % {"sheet": link.sheet}
        return f"{said} {_('Did you mean “%(name)s”?') % {'name': like[0]}}" if like else said

    def _shorten(self, values: Values, notes: Notes) -> None:
        """What is longer than the directory keeps is cut at a word, and said so; a name is never cut."""
        for field, value in values.items():
            most = LONGEST.get(field)
            if most is None or not isinstance(value, str) or len(value) <= most:
                continue
            if field.endswith("name"):
                notes.reject(self.heading(field), value, _("This is longer than %(n)s letters.") % {"n": most})
                continue
            values[field] = cut(value, most)
            notes.warn(self.heading(field), value, _("This is longer than %(n)s letters and was cut.") % {"n": most})

    def _build(self, values: Values, row: Row, notes: Notes) -> AssetRecord:
        venue = self._venue(values, notes)
        plain = {key: frozen(value) for key, value in values.items() if key in ASSET_FIELDS}
        plain["source_id"] = identity([values.get(field) for field in self.map.identity])
        plain["age_from"], plain["age_to"] = values.get("ages", (None, None))
        plain["venue"] = venue
        plain["provider"] = self._provider(values)
        plain["sessions"] = self._sessions(values, venue, notes)
        plain["coverage"] = self._coverage(values.get("coverage", ()), notes)
        plain["categories"] = self._categories(values.get("categories", ()), notes)
        record = AssetRecord(row=row.number, **plain)
        somewhere = record.venue or any(session.venue for session in record.sessions)
        if Reach.AT_VENUE in record.reach and not somewhere:
            notes.warn(self.heading("venue.name"), "", _("It is said to be at a venue, and no venue is named."))
        written_to = record.email or (record.provider and record.provider.email)
        if record.self_referral and not written_to:
            notes.warn(
                self.heading("self_referral"),
                "",
                _("Nobody can ask here until there is an e-mail address, of the listing or of who runs it."),
            )
        return record

    def _provider(self, values: Values) -> ProviderRecord | None:
        said = part_of(values, "provider")
        if not said.get("name"):
            return None
        said.setdefault("source_id", identity([fold(said["name"])]))
        return ProviderRecord(**said)

    def _venue(self, values: Values, notes: Notes) -> VenueRecord | None:
        said = part_of(values, "venue")
        if not said:
            return None
        said["name"] = said.get("name") or cut((said.get("address") or values["name"]).splitlines()[0], 160)
        # In a sheet of venues the name is enough; beside a listing it is not, since many a hall is called St Mary's.
        apart = "" if fold(said["name"]) in self.linked.get("venue", {}) else said.get("postcode", "")
        said.setdefault("source_id", identity([fold(said["name"]), fold(apart)]))
        if "postcode" in said:
            located = self.whereabouts.locate(said["postcode"])
            said["postcode"] = located.postcode
            if said.get("point") is None:
                said["point"] = located.point
            if located.warning:
                notes.warn(self.heading("venue.postcode"), located.postcode, located.warning)
        return VenueRecord(**said)

    def _sessions(self, values: Values, venue: VenueRecord | None, notes: Notes) -> tuple[SessionRecord, ...]:
        same = {field: values[field] for field in OF_SESSIONS if field in values}
        found = []
        for session in values.get("sessions", ()):
            elsewhere = self._elsewhere(session.place, venue, notes) if session.place else None
            found.append(dataclasses.replace(session, venue=elsewhere, place="", **same))
        return tuple(found)

    def _elsewhere(self, place: str, usual: VenueRecord | None, notes: Notes) -> VenueRecord | None:
        """The venue of a session that names one: none when it is the usual one."""
        if usual is not None and fold(place) == fold(usual.name):
            return None
        rows = self.linked.get("venue", {})
        if fold(place) in rows:
            return self._venue(rows[fold(place)], notes)
        link = next((link for link in self.map.linked if link.field == "venue"), None)
        if rows and link is not None:
            notes.reject(self.heading("sessions"), place, self._not_there(link, place))
            return None
        return self._venue({"venue.name": cut(place, 160)}, notes)

    def _coverage(self, names: Iterable[str], notes: Notes) -> tuple[CoverageRecord, ...]:
        found: dict[str, CoverageRecord] = {}
        for name in names:
            area = self.whereabouts.coverage_of(name)
            if area is None:
                # Left out, it would be said to serve anyone.
                notes.reject(
                    self.heading("coverage"),
                    name,
                    _("No area of that name or code is loaded. Load the areas first, or write postcode sectors."),
                )
            else:
                found[area.area_code] = area
        return tuple(found.values())

    def _categories(self, said: Iterable[str | tuple[str, ...]], notes: Notes) -> tuple[tuple[str, ...], ...]:
        """Paths of categories: those that a map fixes are paths already, words of the file are looked up."""
        found: dict[tuple[str, ...], None] = {}
        for one in said:
            path = one if isinstance(one, tuple) else self.categories.get(fold(one))
            if path is None:
                notes.warn(self.heading("categories"), str(one), _("There is no such category. It was left out."))
            else:
                found[path] = None
        return tuple(found)


def part_of(values: Values, prefix: str) -> Values:
    """“venue.postcode” and its like, by what stands after the point."""
    start = f"{prefix}."
    return {key.removeprefix(start): frozen(value) for key, value in values.items() if key.startswith(start)}


def frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def identity(parts: Iterable[Any]) -> str:
    """What a row is known by from one load to the next: its naming cells, folded, 120 letters at most."""
    text = "/".join(" ".join(str(part or "").casefold().split()) for part in parts).strip("/")
    return text if len(text) <= 120 else digest(text)


def cut(text: str, most: int) -> str:
    """The start of a text, to the last whole word that leaves room for an ellipsis."""
    if len(text) <= most:
        return text
    start = text[: most - 1]
    return f"{start[: start.rfind(' ')] if ' ' in start[most // 2 :] else start}…".replace(" …", "…")


def read_point(text: str) -> Point | None:
    """“51.49,0.37” as a point; none when it is not one on earth."""
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return Point(latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
