"""Files that nobody should send. None crashes, each is told off in words, and nothing of a refused file is loaded."""

import struct
import zipfile

import pytest

from directory.models import Asset, Category, Provider, Venue
from importers.errors import ImportRefused
from importers.loading import load_file
from importers.maps import MAPS
from tests.factories.importers import (
    csv_file,
    lunch_club,
    ods_cell,
    ods_file,
    repacked,
    table_of,
    text_file,
    workbook_file,
    xlsx_file,
)

pytestmark = pytest.mark.django_db
HEAD = "Name,Kind,One sentence,Reach,Costs,When,Phone\n"
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def load(path, **options):
    return load_file(path, MAPS["workbook"], **options)


def sheet_with(folder, cells):
    """A workbook whose one sheet holds this XML."""
    path = xlsx_file(folder, {"Listings": [["x"]]})
    return repacked(path, {"xl/worksheets/sheet1.xml": SHEET.format(cells).encode()}, "hostile.xlsx")


def bomb(folder):
    """300 MB of noughts in 300 KB."""
    path = folder / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"<a>" + b"0" * 300_000_000)
    return path


def lying_bomb(folder):
    """The same, whose directory says that it is tiny."""
    path = bomb(folder)
    raw = path.read_bytes().replace(struct.pack("<I", 300_000_003), struct.pack("<I", 300))
    return text_file(folder, raw, "lying.xlsx")


def many_parts(folder):
    path = folder / "parts.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        for number in range(2_500):
            packed.writestr(f"xl/{number}.xml", b"<a/>")
    return path


def encrypted_part(folder):
    raw = bytearray(xlsx_file(folder, {"Listings": [["x"]]}).read_bytes())
    at = raw.find(b"PK\x01\x02")
    raw[at + 8] |= 1
    return text_file(folder, bytes(raw), "encrypted.xlsx")


REFUSED = {
    "an empty file": (lambda f: text_file(f, b""), "The file is empty"),
    "only blanks": (lambda f: text_file(f, " \n\n  \n"), "The file is empty"),
    "only a byte order mark": (lambda f: text_file(f, b"\xef\xbb\xbf\n"), "empty"),
    "only commas": (lambda f: text_file(f, ",,,\n,,\n"), "no heading row"),
    "no such file": (lambda f: f / "nothing.csv", "There is no file called"),
    "a folder": (lambda f: f, "cannot be opened"),
    "a path below a file": (lambda f: text_file(f, HEAD) / "x", "There is no file called"),
    "a path with a NUL": (lambda f: f / "a\0b.csv", "cannot be opened"),
    "a PDF": (lambda f: text_file(f, b"%PDF-1.7 \x00\x01"), "not a spreadsheet"),
    "a picture": (lambda f: text_file(f, b"\x89PNG\r\n\x1a\n" + bytes(200)), "not a spreadsheet"),
    "a gzip file": (lambda f: text_file(f, b"\x1f\x8b\x08" + bytes(100)), "not a spreadsheet"),
    "a database": (lambda f: text_file(f, b"SQLite format 3\x00" + bytes(100)), "not a spreadsheet"),
    "random bytes": (lambda f: text_file(f, bytes(range(256)) * 20), "not a spreadsheet"),
    "nothing but NULs": (lambda f: text_file(f, bytes(5000)), "not a spreadsheet"),
    "an old Excel file": (lambda f: text_file(f, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "old Excel file"),
    "a renamed old Excel file": (lambda f: text_file(f, b"\xd0\xcf\x11\xe0" + bytes(600), "a.xlsx"), "old Excel file"),
    "an empty zip": (lambda f: text_file(f, b"PK\x05\x06" + bytes(18), "a.xlsx"), "not a spreadsheet"),
    "a zip cut short": (lambda f: text_file(f, workbook_file(f).read_bytes()[:900], "cut.xlsx"), "damaged"),
    "a zip of something else": (lambda f: repacked(ods_file(f, ""), {"mimetype": b"text/plain"}, "a.zip"), ""),
    "a zip bomb": (bomb, "unpacks to far more"),
    "a zip bomb that lies": (lying_bomb, ""),
    "thousands of parts": (many_parts, "unpacks to far more"),
    "an encrypted workbook": (encrypted_part, "password"),
    "a cell at XFD1048576": (
        lambda f: sheet_with(f, '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'),
        "far away from the table",
    ),
    "a row far below": (lambda f: sheet_with(f, '<row r="900000"><c><v>1</v></c></row>'), "far away"),
    "a row number of many digits": (
        lambda f: sheet_with(f, f'<row r="{"9" * 40}"><c r="A{"9" * 40}"><v>1</v></c></row>'),
        "far away",
    ),
    "a column that does not exist": (
        lambda f: sheet_with(f, '<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>'),
        "far away",
    ),
    "an entity bomb": (
        lambda f: repacked(
            xlsx_file(f, {"Listings": [["x"]]}),
            {"xl/worksheets/sheet1.xml": b'<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet>&b;</worksheet>'},
            "entities.xlsx",
        ),
        "instructions that no spreadsheet needs",
    ),
    "a sheet behind letters that are no XML": (
        lambda f: repacked(
            xlsx_file(f, {"Listings": [["x"]]}),
            {"xl/worksheets/sheet1.xml": b"x" + SHEET.format('<c r="XFD1048576"><v>1</v></c>').encode()},
            "letters.xlsx",
        ),
        "damaged",
    ),
    "broken XML": (
        lambda f: repacked(workbook_file(f), {"xl/worksheets/sheet1.xml": b"<worksheet><row></worksheet>"}, "b.xlsx"),
        "damaged",
    ),
    "an ODS cell said a thousand million times": (
        lambda f: ods_file(
            f, f'<table:table-row table:number-rows-repeated="1048576">{ods_cell("x", 16384)}</table:table-row>'
        ),
        "far away",
    ),
    "an ODS file with no sheets": (lambda f: repacked(ods_file(f, ""), {"content.xml": b"<a/>"}, "n.ods"), ""),
    "a workbook with an empty sheet": (lambda f: xlsx_file(f, {"Listings": []}), "empty"),
    "missing columns": (lambda f: text_file(f, "Name,Age\nx,3\n"), "has no columns called"),
    "the wrong file altogether": (lambda f: text_file(f, "a story\nof a goose\n"), "has no columns called"),
    "two columns alike": (lambda f: text_file(f, HEAD.replace("Costs", "name")), "two columns called"),
    "thousands of columns": (lambda f: text_file(f, ",".join(f"c{n}" for n in range(4_000))), "columns; 500 are"),
    "a sheet of venues without names": (
        lambda f: workbook_file(f, lunch_club(), Venues=[["Postcode"], ["RM18 8AD"]]),
        "The sheet “Venues” has no column called “Name”",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_used_is_refused_in_words(case, tmp_path):
    make, words = REFUSED[case]
    with pytest.raises(ImportRefused) as refused:
        load(make(tmp_path))
    assert words in str(refused.value)
    assert str(refused.value).endswith((".", "?"))
    assert not Asset.objects.exists()


ROWS = {
    "only a heading": ([], 0),
    "a formula for a cost": ([lunch_club(Costs="=cmd|' /C calc'!A0")], 0),
    "a formula for a name": ([lunch_club(Name="=1+1")], 1),
    "markup": ([lunch_club(Name="<script>alert(1)</script>")], 1),
    "SQL": ([lunch_club(Name="'; DROP TABLE directory_asset; --", Reference="1 OR 1=1")], 1),
    "a template": ([lunch_club(Name="{{ settings.SECRET_KEY }} %(x)s {0}")], 1),
    "a path for a reference": ([lunch_club(Reference="../../etc/passwd")], 1),
    "a cell of a megabyte": ([lunch_club(**{"More about it": "x" * 1_000_000})], 0),
    "a name of a megabyte": ([lunch_club(Name="x" * 1_000_000)], 0),
    "a reference of a thousand letters": ([lunch_club(Reference="x" * 1000)], 1),
    "a quotation mark that never closes": ([lunch_club(Name='"quoted')], 1),
    "a NUL in a name": ([lunch_club(Name="Quay\x00side")], 1),
    "nothing but invisible letters": ([lunch_club(Name="\u200b\u200d\u2060")], 0),
    "text that runs backwards": ([lunch_club(Name="\u202eedisyauQ")], 1),
    "emoji": ([lunch_club(Name="🍰 Cake club 👩🏽‍🍳")], 1),
    "a negative price": ([lunch_club(Costs="-£4 a visit")], 0),
    "a price without end": ([lunch_club(Costs="£" + "9" * 400)], 0),
    "a date out of range": ([lunch_club(When="99 January 2026 2pm to 4pm")], 0),
    "a year out of range": ([lunch_club(When="1 January 9999 2pm to 4pm")], 0),
    "a year nought": ([lunch_club(When="1 January 0000 2pm to 4pm")], 0),
    "an hour out of range": ([lunch_club(When="Every Tuesday 99pm to 100pm")], 0),
    "times that would match for ever": ([lunch_club(When="Every " + "Monday, " * 3000 + "x")], 0),
    "brackets that would match for ever": ([lunch_club(Costs="£4 a visit " + "(" * 5000)], 0),
    "an unknown kind": ([lunch_club(Kind="Spaceship")], 0),
    "an unknown reach": ([lunch_club(Reach="By carrier pigeon")], 0),
    "no reach": ([lunch_club(Reach="")], 0),
    "a check in the future": ([lunch_club(Checked="times 2059-01-01 phone")], 1),
    "a check of nonsense": ([lunch_club(Checked="; DROP; times never phone")], 1),
    "an age of a thousand": ([lunch_club(Ages="11 to 1000")], 1),
    "ages backwards": ([lunch_club(Ages="60 to 20")], 1),
    "a phone of letters": ([lunch_club(Phone="javascript:alert(1)")], 1),
    "a website that is a script": ([lunch_club(Website="javascript:alert(1)")], 1),
    "a website that is a file": ([lunch_club(Website="file:///etc/passwd")], 1),
    "an e-mail with a line break": ([lunch_club(**{"E-mail": "a@example.org\nBcc: b@example.org"})], 1),
    "digits of another script": ([lunch_club(Phone="٠١٦٣٢", Ages="١٨ and over", Costs="£٤ a visit")], 1),
    "ten thousand categories": ([lunch_club(Categories="; ".join(f"c{n}" for n in range(2_000)))], 1),
    "a postcode of markup": ([lunch_club(Postcode="<b>RM18</b>")], 1),
    "a point in place of a postcode": ([lunch_club(Postcode="51.46, 0.36")], 1),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_strange_row_is_loaded_or_explained(case, tmp_path):
    rows, accepted = ROWS[case]
    report = load(csv_file(tmp_path, *rows))
    assert report.accepted == accepted == Asset.objects.count()
    assert report.rejected == len(rows) - accepted
    assert all(report.why(row) for row in report.rejected_rows)
    assert report.in_words()


def test_a_website_that_could_run_is_never_kept(tmp_path):
    load(csv_file(tmp_path, lunch_club(Website="javascript:alert(1)"), lunch_club(Reference="2", Website="data:,x")))
    assert set(Asset.objects.values_list("website", flat=True)) == {""}


def test_an_unclosed_quotation_mark_takes_its_row_only_when_it_is_huge(tmp_path):
    text = HEAD + 'Club,Group,"never closed,At a venue,Free,,\n' + "x,y,z\n" * 5_000
    report = load(text_file(tmp_path, text))
    assert report.rejected == 1
    assert "quotation mark" in report.in_words()


def test_a_row_with_too_many_cells_is_not_guessed_at(tmp_path):
    report = load(text_file(tmp_path, HEAD + "Club,Community group,A club, for all,At a venue,Free,,,01632 960123\n"))
    assert report.rejected == 1
    assert "text with a comma in it needs quotation marks" in report.in_words()


def test_a_workbook_that_boasts_of_its_size_is_read_for_what_it_holds(tmp_path):
    path = xlsx_file(tmp_path, {"Listings": table_of([lunch_club(Venue="")])})
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as packed:
        content = packed.read(part)
    boast = content.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    assert boast != content
    assert load(repacked(path, {part: boast}, "boast.xlsx")).accepted == 1


def test_a_workbook_may_call_its_sheets_anything(tmp_path):
    path = xlsx_file(tmp_path, {"..etc passwd": [["x"]], "Listings": table_of([lunch_club(Venue="")])})
    assert load(path).accepted == 1


def test_other_sheets_may_be_nonsense_and_the_listings_are_loaded(tmp_path):
    path = workbook_file(
        tmp_path,
        lunch_club(),
        Providers=[["Name", "People"], ["Friends of the Riverside", "minus six"], ["", "3"]],
        Venues=[["Name", "Postcode"], ["Quay Hall", "RM18 8AD"], ["Quay Hall", "RM17 6SL"]],
        Categories=[["Category", "Under"], ["Leaf", "No such top"], ["Loop", "Loop"], ["Top", ""], ["x" * 300, "Top"]],
    )
    report = load(path)
    assert report.accepted == 1
    assert Provider.objects.get().people is None
    assert Venue.objects.get().postcode == "RM18 8AD"
    assert "Loop" not in Category.objects.values_list("name", flat=True)
    assert "The name is there twice" in report.in_words()


def test_too_many_rows_are_refused_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("importers.spreadsheets.MOST_ROWS", 2)
    rows = [lunch_club(Reference=str(n), Name=f"Club {n}") for n in range(5)]
    with pytest.raises(ImportRefused, match="more than"):
        load(csv_file(tmp_path, *rows))
    assert not Asset.objects.exists()


def test_too_large_a_file_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr("importers.spreadsheets.MOST_BYTES", 10)
    with pytest.raises(ImportRefused, match="larger than 50 MB"):
        load(csv_file(tmp_path, lunch_club()))
