"""What people looked for as a table for a spreadsheet, in words: `rows(first, last)`, `write(file, first, last)`."""

import csv
import datetime as dt
from collections.abc import Iterator
from typing import TextIO

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from search.facets import HEADINGS, labels
from search.reports import OTHERS, Line, shown, weekly_lines


def headings() -> list[str]:
    return [
        _("Week beginning"),
        _("Looked for"),
        _("Filters"),
        _("Area"),
        _("Searches"),
        _("Found nothing"),
        _("Found by meaning only"),
        _("Listings found, on average"),
        _("Answered by"),
    ]


def rows(first: dt.date, last: dt.date, among: QuerySet | None = None) -> Iterator[list[str]]:
    """One row for each kind of search in each week, every cell safe to open in a spreadsheet program."""
    names = FilterNames()
    for line in weekly_lines(first, last, among):
        yield [not_a_formula(cell) for cell in cells(line, names)]


def write(file: TextIO, first: dt.date, last: dt.date, among: QuerySet | None = None) -> int:
    """Write all of it, or of some searches, as CSV; the number of rows under the headings."""
    sheet = csv.writer(file)
    sheet.writerow(headings())
    count = 0
    for row in rows(first, last, among):
        sheet.writerow(row)
        count += 1
    return count


def cells(line: Line, names: "FilterNames") -> list[str]:
    engines = {"tantivy": _("this machine's index"), "elasticsearch": _("search cluster"), "database": _("database")}
    return [
        date_format(line.week, "j F Y"),
        looked_for(line.words),
        names.of(line.filters),
        area(line.area),
        shown(line.searches),
        shown(line.nothing),
        shown(line.meaning_only),
        f"{line.found / line.searches:.1f}",
        ", ".join(engines.get(engine, engine) for engine in sorted(line.engines)),
    ]


def looked_for(words: str) -> str:
    if words == OTHERS:
        return _("Words that few people used")
    return words or _("No words that we know")


def area(name: str) -> str:
    if name == OTHERS:
        return _("All areas")
    return name or _("No place given")


class FilterNames:
    """Filters as people read them; the names are read from the database once."""

    def __init__(self) -> None:
        self.known: dict[str, dict[str, str]] = {}

    def of(self, filters: str) -> str:
        """ "day:3 cost:free" → "On which day: Thursday; What it costs: Free"."""
        return "; ".join(map(self.one, filters.split()))

    def one(self, key: str) -> str:
        facet, _colon, code = key.partition(":")
        if facet not in self.known:
            self.known[facet] = labels(facet) if facet in HEADINGS else {}
        heading = str(HEADINGS.get(facet) or capfirst(facet.replace("_", " ")))
        return f"{heading}: {self.known[facet].get(code, code)}"


def not_a_formula(text: str) -> str:
    """Text that no spreadsheet program will work out: an apostrophe goes before what could start a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"} else text
