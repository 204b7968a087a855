import datetime as dt

import pytest

from importers.errors import CannotRead
from importers.spreadsheets import fold, read_spreadsheet, sheet_names
from tests.factories.importers import ods_file, ods_table, text_file, workbook_file, xlsx_file

ROWS = [["Name", "Phone"], ["Café Ü", "£2"], ["", ""], ["Quay", "x"]]


def read(path, sheet=None):
    return [(row.number, row.get("Name"), row.get("Phone")) for row in read_spreadsheet(path, sheet)]


def test_headings_match_whatever_their_case_spaces_and_punctuation():
    assert fold(" E-Mail: ") == fold("email")
    assert fold("What it does NOT cover") == fold("what_it_does_not_cover")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_file_is_read_in_the_encoding_it_has(tmp_path, encoding):
    path = text_file(tmp_path, "Name,Phone\nCafé Ü,£2\n".encode(encoding))
    assert read(path) == [(2, "Café Ü", "£2")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_csv_file_may_be_parted_by_other_signs(tmp_path, delimiter):
    path = text_file(tmp_path, f"Name{delimiter}Phone\nQuay{delimiter}x\n")
    assert read(path) == [(2, "Quay", "x")]


def test_row_numbers_are_those_that_a_spreadsheet_program_shows(tmp_path):
    path = text_file(tmp_path, 'Name,Phone\n"two\nlines",x\n\nQuay,y\n')
    assert [number for number, *_ in read(path)] == [2, 4]


def test_empty_rows_above_the_headings_are_passed_over(tmp_path):
    assert read(text_file(tmp_path, "\n,,\nName,Phone\nQuay,x\n")) == [(4, "Quay", "x")]


def test_a_short_row_has_empty_cells_and_a_long_one_says_so(tmp_path):
    rows = list(read_spreadsheet(text_file(tmp_path, "Name,Phone\nQuay\nHall,x,beyond\n")))
    assert rows[0].get("Phone") == ""
    assert rows[1].beyond == ["beyond"]


def test_characters_that_nobody_can_see_are_left_out(tmp_path):
    assert read(text_file(tmp_path, "Name,Phone\nQ\u200bu\x00ay\xa0,\u202ex\n")) == [(2, "Quay", "x")]


def test_an_xlsx_workbook_is_read_by_sheet(tmp_path):
    path = xlsx_file(tmp_path, {"First": [["Other"]], "Listings": ROWS})
    assert sheet_names(path) == ["First", "Listings"]
    assert read(path, " listings ") == [(2, "Café Ü", "£2"), (4, "Quay", "x")]


def test_a_workbook_is_known_by_its_content_not_by_its_name(tmp_path):
    assert read(xlsx_file(tmp_path, {"Sheet": ROWS}, "listings.csv"))[0] == (2, "Café Ü", "£2")


def test_cells_of_a_workbook_become_what_people_would_have_typed(tmp_path):
    cells = [7, 7.5, True, dt.date(2026, 12, 25), dt.time(14, 30)]
    path = xlsx_file(tmp_path, {"Sheet": [["Name"], *([cell] for cell in cells)]})
    assert [name for _number, name, _phone in read(path)] == ["7", "7.5", "Yes", "2026-12-25", "14:30"]


def test_a_table_that_does_not_start_in_the_corner_keeps_its_row_numbers(tmp_path):
    path = xlsx_file(tmp_path, {"Sheet": [[], [], ["", "Name", "Phone"], ["", "Quay", "x"]]})
    assert read(path) == [(4, "Quay", "x")]


def test_an_ods_workbook_with_a_million_empty_rows_behind_is_read(tmp_path):
    assert read(ods_file(tmp_path, ods_table(ROWS))) == [(2, "Café Ü", "£2"), (4, "Quay", "x")]


def test_a_sheet_that_is_not_there_names_those_that_are(tmp_path):
    with pytest.raises(CannotRead, match=r"There is no sheet called “../../etc/passwd”\. The workbook has: Listings"):
        read(workbook_file(tmp_path), "../../etc/passwd")
