"""Spreadsheets for tests, good ones and hostile ones."""

import zipfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADINGS = ["Reference", "Name", "Kind", "One sentence", "Run by", "Phone", "Venue", "When", "Reach", "Serves", "Costs"]
LUNCH = {
    "Reference": "GR001",
    "Name": "Riverside Lunch Club",
    "Kind": "Community group",
    "One sentence": "A hot dinner and a natter, every Tuesday.",
    "Run by": "Friends of the Riverside",
    "Phone": "01632 960123",
    "Venue": "Quay Hall",
    "When": "Every Tuesday 11.30am to 2pm",
    "Reach": "At a venue",
    "Costs": "£4 a visit (with tea)",
}
VENUES = [
    ["Name", "Address", "Town", "Postcode", "Access"],
    ["Quay Hall", "Dock Road", "Tilbury", "RM18 8AD", "Parking"],
]
PROVIDERS = [["Name", "People", "About"], ["Friends of the Riverside", 6, "Neighbours who cook."]]


def lunch_club(**given: str) -> dict[str, str]:
    return {**LUNCH, **given}


def table_of(rows: list[dict[str, str]]) -> list[list[Any]]:
    headings = list(dict.fromkeys([*HEADINGS, *(heading for row in rows for heading in row)]))
    return [headings, *([row.get(heading, "") for heading in headings] for row in rows)]


def csv_file(folder: Path, *rows: dict[str, str], name: str = "listings.csv") -> Path:
    import csv

    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table_of(list(rows)))
    return path


def text_file(folder: Path, content: str | bytes, name: str = "listings.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def xlsx_file(folder: Path, sheets: dict[str, list[list[Any]]], name: str = "listings.xlsx") -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = folder / name
    book.save(path)
    return path


def workbook_file(folder: Path, *rows: dict[str, str], name: str = "listings.xlsx", **others: Any) -> Path:
    """A workbook with sheets of listings, providers and venues; `others` are further sheets or replace these."""
    sheets = {"Listings": table_of(list(rows)), "Providers": PROVIDERS, "Venues": VENUES, **others}
    return xlsx_file(folder, sheets, name)


ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods_cell(text: Any, again: int = 1) -> str:
    if text == "":
        return f'<table:table-cell table:number-columns-repeated="{again}"/>'
    repeated = f' table:number-columns-repeated="{again}"' if again > 1 else ""
    return f'<table:table-cell office:value-type="string"{repeated}><text:p>{text}</text:p></table:table-cell>'


def ods_file(folder: Path, table: str, name: str = "listings.ods", sheet: str = "Listings") -> Path:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_SPACES} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="{sheet}">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/></manifest:manifest>'
    )
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo("mimetype"), mime)
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", manifest)
    return path


def ods_table(rows: list[list[Any]]) -> str:
    """Rows as a spreadsheet program writes them: with a million empty ones behind, and empty cells to the far right."""
    lines = ["".join(ods_cell(cell) for cell in row) + ods_cell("", 16384 - len(row)) for row in rows]
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    empty = (
        f'<table:table-row table:number-rows-repeated="{1048576 - len(rows)}">{ods_cell("", 16384)}</table:table-row>'
    )
    return body + empty


def repacked(path: Path, change: dict[str, bytes], name: str) -> Path:
    """The same zip file with some of its parts replaced, or new ones added."""
    copy = path.with_name(name)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in change:
                new.writestr(part.filename, old.read(part))
        for part_name, content in change.items():
            new.writestr(part_name, content)
    return copy
