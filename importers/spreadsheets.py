"""Reads rows of text from CSV, XLSX and ODS files that nobody has looked at before."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from importers.errors import CannotRead

MOST_BYTES = 50_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 500
LONGEST_CELL = 20_000
DELIMITERS = ",;\t|"
ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
# What files of other kinds begin with.
NOT_TEXT = (
    *(b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"SQLite format", b"\x7fELF"),
)


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet program shows it, and its cells by folded heading."""

    number: int
    cells: dict[str, str]
    # The same cells in their order, and how many headings there are for them.
    line: list[str]
    width: int

    @property
    def beyond(self) -> list[str]:
        """Cells that stand beyond the last heading."""
        return [cell for cell in self.line[self.width :] if cell]

    def get(self, *headings: str) -> str:
        """The first cell with anything in it under one of these headings."""
        for heading in headings:
            if text := self.cells.get(fold(heading), ""):
                return text
        return ""


@dataclass(frozen=True)
class Sheet:
    """A heading row and what stands below it, read as it is walked."""

    name: str
    headings: list[str]
    rows: Iterator[Row]

    def __iter__(self) -> Iterator[Row]:
        return self.rows


def fold(heading: str) -> str:
    """A heading without case, accents, spaces and punctuation, so that “E-mail ” is “Email”."""
    plain = unicodedata.normalize("NFKD", heading).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def read_spreadsheet(path: Path, sheet: str | None = None) -> Sheet:
    """The named sheet of a file, or its first; raises `CannotRead`. What a file is, is told from its content."""
    start = _start(path)
    if start.startswith(ZIP):
        from importers.workbooks import read_workbook

        return read_workbook(path, sheet)
    return sheet_of(path.name, _delimited(_text(path, start)))


def sheet_names(path: Path) -> list[str]:
    """The sheets that a workbook holds, in order; none for a CSV file."""
    if not _start(path).startswith(ZIP):
        return []
    from importers.workbooks import names_of

    return names_of(path)


def sheet_of(name: str, lines: Iterable[list[str]]) -> Sheet:
    """A sheet from lines of cells: the first that holds anything is the heading row."""
    numbered = enumerate(lines, start=1)
    for number, line in numbered:
        if any(cell.strip() for cell in line):
            headings = [tidy(cell) for cell in line]
            if len(headings) > MOST_COLUMNS:
                raise CannotRead(_("The heading row has %(n)s columns; 500 are the most.") % {"n": len(headings)})
            return Sheet(name, headings, _rows(numbered, headings, number))
    raise CannotRead(_("The file is empty: there is no heading row."))


def _rows(numbered: Iterator[tuple[int, list[str]]], headings: list[str], heading_at: int) -> Iterator[Row]:
    keys = [fold(heading) for heading in headings]
    for number, line in numbered:
        if number - heading_at > MOST_ROWS:
            raise CannotRead(_("The file has more than 100,000 rows. Split it and load each part."))
        cells = [tidy(cell) for cell in line]
        if not any(cells):
            continue
        named: dict[str, str] = {}
        for key, cell in zip(keys, cells, strict=False):
            if key and not named.get(key):
                named[key] = cell
        yield Row(number, named, cells, len(keys))


def tidy(cell: str) -> str:
    """A cell without characters that nobody can see, and without blanks around it; line breaks stay."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in INVISIBLE).strip()


# Control characters, surrogates and private ones; format characters (zero-width spaces, text direction) too.
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def _start(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4096)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise CannotRead(_("There is no file called %(name)s.") % {"name": path}) from error
    except (OSError, ValueError) as error:
        raise CannotRead(_("%(name)s cannot be opened. Is it a file, and may you read it?") % {"name": path}) from error
    if not start.strip():
        raise CannotRead(_("The file is empty."))
    if size > MOST_BYTES:
        raise CannotRead(_("The file is larger than 50 MB. Split it and load each part."))
    if start.startswith(OLD_EXCEL):
        raise CannotRead(
            _(
                "This is an old Excel file (.xls), or one that is protected by a password. "
                "Save it without a password as an Excel workbook (.xlsx) and load that."
            )
        )
    if start.startswith(NOT_TEXT):
        raise CannotRead(_("This is not a spreadsheet. Save it as CSV, XLSX or ODS."))
    return start


def _text(path: Path, start: bytes) -> str:
    """The text of a CSV file: a byte order mark decides, else strict UTF-8, else Windows' own (cp1252).

    Guessing from letter counts read “£2” as “Ł2”, so nothing is guessed.
    """
    raw = path.read_bytes()
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    sample = start.replace(b"\x00", b"")
    if len(start) - len(sample) > len(start) // 10 or _strange(sample) > len(sample) // 20:
        raise CannotRead(_("This is not a spreadsheet. Save it as CSV, XLSX or ODS."))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _strange(sample: bytes) -> int:
    return sum(1 for byte in sample if byte < 32 and byte not in b"\t\n\r\x0b\x0c")


def _delimited(text: str) -> Iterator[list[str]]:
    text = text.replace("\x00", "")
    # Lone carriage returns are how old Macs ended lines.
    text = re.sub(r"\r\n?", "\n", text)
    csv.field_size_limit(MOST_BYTES)
    delimiter = max(DELIMITERS, key=lambda one: _width(text, one))
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise CannotRead(_("The file cannot be read as a table: %(error)s.") % {"error": error}) from error


def _width(text: str, delimiter: str) -> int:
    """How many columns the first line that holds anything has, if this is what separates them."""
    try:
        for line in csv.reader(io.StringIO(text.lstrip(), newline=""), delimiter=delimiter):
            return len(line)
    except csv.Error:
        return 0
    return 0
