"""A column map says, once, which column of somebody's spreadsheet is which field of a record."""

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from importers.errors import Unreadable, WrongColumns
from importers.records import Problem, Weight
from importers.spreadsheets import Row, Sheet, fold
from importers.values import READERS

# What would be untrue, or lost, if it were left out: a row whose value here cannot be read is not loaded.
GRAVE = frozenset(
    {"source_id", "name", "kind", "reach", "door", "sessions", "costs", "coverage", "dates_out"}
    | {"asks_for", "self_referral"}
)

Values = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One field of a record, and the headings under which it may stand, likeliest first."""

    field: str
    headings: tuple[str, ...]
    read: Callable[[str], Any]
    needed: bool = False


def column(field: str, *headings: str, read: Callable[[str], Any] | None = None) -> Column:
    return Column(field, headings, read or READERS.get(field, str))


def needed(field: str, *headings: str, read: Callable[[str], Any] | None = None) -> Column:
    """A column without which the file is not this map's."""
    return dataclasses.replace(column(field, *headings, read=read), needed=True)


class Notes:
    """The problems of one row, gathered while it is read."""

    def __init__(self, row: Row, sheet: str = "") -> None:
        self.row, self.sheet = row, sheet
        self.problems: list[Problem] = []

    def reject(self, field: str, value: str, message: str) -> None:
        self.problems.append(Problem(self.row.number, field, value, message, Weight.REJECTS, self.sheet))

    def warn(self, field: str, value: str, message: str) -> None:
        self.problems.append(Problem(self.row.number, field, value, message, Weight.WARNS, self.sheet))

    @property
    def rejected(self) -> bool:
        return any(problem.weight == Weight.REJECTS for problem in self.problems)


@dataclass(frozen=True)
class Linked:
    """Another sheet of the same workbook, whose rows are meant by name: “Run by” means a row of Providers.

    `field` is the part of the record it fills ("venue"); `strict` when a name that is not there is surely a slip.
    """

    sheet: str
    field: str
    columns: tuple[Column, ...]
    strict: bool = False


@dataclass(frozen=True)
class ColumnMap:
    """How one kind of spreadsheet is read.

    `fixed` are values that every row has; `finish` may look at the whole row and change or add values.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    identity: tuple[str, ...] = ("source_id",)
    fixed: Values = dataclasses.field(default_factory=dict)
    finish: Callable[[Values, Row, Notes], None] | None = None
    nothing: frozenset[str] = frozenset()
    sheet: str = ""
    linked: tuple[Linked, ...] = ()
    category_sheet: str = ""
    # A field such as "provider.name" when one file may hold a part of the source: only that part can be missed.
    part: str = ""


def check_columns(headings: Iterable[str], columns: Iterable[Column], *, where: str) -> None:
    """Raises `WrongColumns` naming every column that is missing, or that is there twice."""
    folded = [fold(heading) for heading in headings]
    missing = [one.headings[0] for one in columns if one.needed and not any(fold(h) in folded for h in one.headings)]
    if missing:
        raise WrongColumns(
            ngettext(
                "%(where)s has no column called %(names)s.", "%(where)s has no columns called %(names)s.", len(missing)
            )
            % {"where": where, "names": ", ".join(f"“{name}”" for name in missing)}
        )
    ours = [heading for one in columns for heading in one.headings]
    twice = sorted({heading for heading in ours if folded.count(fold(heading)) > 1})
    if twice:
        raise WrongColumns(
            _("%(where)s has two columns called “%(name)s”. Rename or delete one.") % {"where": where, "name": twice[0]}
        )


def values_of(row: Row, columns: Iterable[Column], notes: Notes, *, nothing: frozenset[str] = frozenset()) -> Values:
    """What the cells of a row say, field by field; empty cells say nothing. Problems go into `notes`."""
    values: Values = {}
    for one in columns:
        text = row.get(*one.headings)
        if not text or text in nothing:
            continue
        try:
            values[one.field] = one.read(text)
        except Unreadable as problem:
            note = notes.reject if one.field in GRAVE else notes.warn
            note(one.headings[0], text, str(problem))
    return values


def linked_rows(sheet: Sheet, link: Linked) -> tuple[dict[str, Values], list[Problem]]:
    """The rows of a linked sheet by folded name, and what is wrong with them; of two with one name the first counts."""
    check_columns(sheet.headings, link.columns, where=_("The sheet “%(name)s”") % {"name": link.sheet})
    found: dict[str, Values] = {}
    problems: list[Problem] = []
    for row in sheet:
        notes = Notes(row, link.sheet)
        values = values_of(row, link.columns, notes)
        name = str(values.get(f"{link.field}.name", ""))
        if not name:
            notes.warn(link.columns[0].headings[0], "", _("There is no name, so that nothing can mean this row."))
        elif fold(name) in found:
            notes.warn(link.columns[0].headings[0], name, _("The name is there twice: the first row counts."))
        else:
            found[fold(name)] = values
        problems += notes.problems
    return found, problems
