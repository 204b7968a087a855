"""Opens XLSX and ODS files after looking at their shape: a small file can ask for all of a machine's memory."""

import datetime as dt
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

import python_calamine
from django.utils.translation import gettext as _

from importers.errors import CannotRead
from importers.spreadsheets import MOST_ROWS, Sheet, sheet_of

MOST_UNPACKED = 200_000_000
MOST_PARTS = 2_000
# calamine lays out every cell between the first and the last, empty or not: for one in XFD1048576, 17 thousand million.
MOST_CELLS = 5_000_000
CHUNK = 1 << 16
# A byte order mark, and blanks in one or two bytes each.
BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t"


def read_workbook(path: Path, sheet: str | None) -> Sheet:
    """One sheet of a workbook, by name (case and spaces do not matter), or the first; raises `CannotRead`."""
    book = _open(path)
    name = _choose(book.sheet_names, sheet)
    try:
        cells = book.get_sheet_by_name(name)
    except (python_calamine.CalamineError, python_calamine.WorksheetNotFound, ValueError) as error:
        raise CannotRead(_("The sheet “%(name)s” is damaged and cannot be read.") % {"name": name}) from error
    return sheet_of(name, _lines(cells))


def names_of(path: Path) -> list[str]:
    return list(_open(path).sheet_names)


def _open(path: Path) -> python_calamine.CalamineWorkbook:
    check_size_and_shape(path)
    try:
        return python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError as error:
        raise CannotRead(_("The workbook is protected by a password. Save it without one and load that.")) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise CannotRead(_("This is not an XLSX or ODS workbook, or it is damaged.")) from error


def _choose(names: list[str], wanted: str | None) -> str:
    if not names:
        raise CannotRead(_("The workbook has no sheets."))
    if wanted is None:
        return names[0]
    for name in names:
        if name.strip().casefold() == wanted.strip().casefold():
            return name
    raise CannotRead(
        _("There is no sheet called “%(wanted)s”. The workbook has: %(names)s.")
        % {"wanted": wanted, "names": ", ".join(names)}
    )


def _lines(cells: python_calamine.CalamineSheet) -> Iterator[list[str]]:
    try:
        # Empty rows above the first cell are among them, so that row numbers are those that people see.
        for line in cells.iter_rows():
            yield [text_of(cell) for cell in line]
    except python_calamine.CalamineError as error:
        raise CannotRead(_("The sheet “%(name)s” is damaged and cannot be read.") % {"name": cells.name}) from error


def text_of(cell: Any) -> str:
    """A cell as somebody would have typed it: dates like 2026-12-25, times like 14:30, whole numbers as such."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time.min else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, dt.time):
        return f"{cell:%H:%M}"
    return "" if cell is None else str(cell)


def check_size_and_shape(path: Path) -> None:
    """Raises `CannotRead` for a workbook that would unpack or lay out into more than this machine should hold."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise CannotRead(
                    _("The workbook unpacks to far more than it should. Save it again as CSV and load that.")
                )
            if any(part.flag_bits & 1 for part in parts):
                raise CannotRead(_("The workbook is protected by a password. Save it without one and load that."))
            left = MOST_UNPACKED
            for part in parts:
                left -= _check_part(packed, part, left)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise CannotRead(_("This is not an XLSX or ODS workbook, or it is damaged.")) from error


def _check_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Walks one part of the workbook; the bytes it unpacks to. The size that a zip file states can be a lie."""
    shape: _Shape | _NotXml | None = None
    size = 0
    with packed.open(part) as file:
        while chunk := file.read(CHUNK):
            shape = shape or (_Shape() if chunk.lstrip(BEFORE_XML).startswith(b"<") else _NotXml())
            size += len(chunk)
            if size > left:
                raise CannotRead(_("The workbook unpacks to far more than it should. Save it as CSV and load that."))
            shape.feed(chunk)
    return size


class _NotXml:
    """A picture or a printer's settings; refused when a forgiving reader could still find a sheet in it."""

    def __init__(self) -> None:
        self.tail = b""

    def feed(self, chunk: bytes) -> None:
        seen = (self.tail + chunk).replace(b"\x00", b"")
        if b"sheetData" in seen or b"table-row" in seen:
            raise CannotRead(_("The workbook is damaged: part of it is not what it should be."))
        self.tail = chunk[-32:]


class _Shape:
    """How far the cells of a sheet reach, told from its XML without keeping any of it."""

    def __init__(self) -> None:
        self.row = self.column = self.deepest = self.widest = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._element
        self.parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, chunk: bytes) -> None:
        try:
            self.parser.Parse(chunk, False)
        except expat.ExpatError as error:
            raise CannotRead(_("The workbook is damaged: part of it is not what it should be.")) from error

    def _doctype(self, *declared: Any) -> None:
        raise CannotRead(
            _("The workbook holds instructions that no spreadsheet needs. Save it again as CSV and load that.")
        )

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        bare = name.rpartition(" ")[2]
        if bare == "row":
            self.row = _reference(attributes["r"])[1] if "r" in attributes else self.row + 1
            self.column = 0
        elif bare == "c":
            column, row = _reference(attributes.get("r", ""))
            self.row, self.column = row or self.row, column or self.column + 1
        elif bare in {"v", "is", "f"}:
            self._reach(self.row, self.column)
        elif bare == "table":
            self.row = 0
        elif bare == "table-row":
            self.row += _count(attributes, "number-rows-repeated")
            self.column = 0
        elif bare in {"table-cell", "covered-table-cell"}:
            self.column += _count(attributes, "number-columns-repeated")
            if any(key.endswith(("value-type", "formula")) for key in attributes):
                self._reach(self.row, self.column)

    def _reach(self, row: int, column: int) -> None:
        self.deepest, self.widest = max(self.deepest, row), max(self.widest, column)
        if self.deepest * max(self.widest, 1) > MOST_CELLS or self.deepest > MOST_ROWS * 2:
            raise CannotRead(
                _(
                    "Something stands far away from the table, in row %(row)s or column %(column)s. "
                    "Delete the empty rows and columns round the table, save it and load it again."
                )
                % {"row": self.deepest, "column": self.widest}
            )


def _reference(text: str) -> tuple[int, int]:
    """Column and row of “B7”; a row alone, “7”, is column nought."""
    letters = text.rstrip("0123456789")
    column = 0
    for letter in letters.upper()[:6]:
        column = column * 26 + max(ord(letter) - 64, 0)
    digits = text[len(letters) :][:12]
    return column, int(digits or 0)


def _count(attributes: dict[str, str], name: str) -> int:
    for key, value in attributes.items():
        if key.endswith(f" {name}") and value[:12].isdigit():
            return int(value[:12])
    return 1
