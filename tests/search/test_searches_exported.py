"""What a commissioner reads of searches: counts in words, and nobody singled out."""

import csv
import datetime as dt
import re

import pytest
from django.core.management import CommandError, call_command

from search.exporting import headings, not_a_formula, rows
from search.models import SearchRecord
from search.reports import FEWEST, overview, shown, weekly_lines, whole_weeks
from tests.factories.directory import make_category

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 11, 2)


def searches(count, **overrides):
    given = {"on": MONDAY, "words": "lunch", "area_name": "Tilbury", "found": 3, "milliseconds": 2, "engine": "tantivy"}
    SearchRecord.objects.bulk_create(SearchRecord(**{**given, **overrides}) for _number in range(count))


def exported(first=MONDAY, last=MONDAY):
    return [dict(zip(headings(), row, strict=True)) for row in rows(first, last)]


def test_a_row_says_in_words_what_was_looked_for_where_and_what_came_of_it():
    make_category("Eating together")
    searches(6, filters="day:3 cost:free", chosen="category:eating-together", words="club lunch")
    assert exported() == [
        {
            "Week beginning": "2 November 2026",
            "Looked for": "club lunch",
            "Filters": "What it is about: Eating together; What it costs: Free; On which day: Thursday",
            "Area": "Tilbury",
            "Searches": "6",
            "Found nothing": "0",
            "Found by meaning only": "0",
            "Listings found, on average": "3.0",
            "Answered by": "this machine's index",
        }
    ]


def test_searches_that_few_share_are_told_together_and_their_words_never():
    searches(4, words="bereaved lonely")
    searches(3, words="sitting")
    (row,) = exported()
    assert (row["Looked for"], row["Area"], row["Searches"]) == ("Words that few people used", "Tilbury", "7")


def test_words_that_few_use_in_each_area_are_told_for_all_areas():
    searches(3, area_name="Tilbury")
    searches(3, area_name="Grays")
    (row,) = exported()
    assert (row["Looked for"], row["Area"], row["Searches"]) == ("lunch", "All areas", "6")


def test_a_number_that_stays_small_is_not_told():
    searches(2, words="bereaved lonely", found=0)
    (row,) = exported()
    assert row["Searches"] == row["Found nothing"] == "fewer than 5"
    assert row["Looked for"] == "Words that few people used"
    assert [shown(number) for number in (0, 1, 4, 5, 1234)] == ["0", "fewer than 5", "fewer than 5", "5", "1,234"]


def test_every_search_is_in_exactly_one_line():
    for number, words in enumerate(["lunch", "club lunch", "dementia", "", "respite"]):
        searches(2 + number * 2, words=words, area_name="Grays" if number % 2 else "")
    lines = weekly_lines(MONDAY, MONDAY)
    assert sum(line.searches for line in lines) == SearchRecord.objects.count()
    assert all(line.searches >= FEWEST for line in lines if line.words != "*")


def test_weeks_are_whole_so_that_two_exports_cannot_be_held_against_each_other():
    searches(5, on=dt.date(2026, 11, 4))
    assert exported(dt.date(2026, 11, 6), dt.date(2026, 11, 6)) == exported()
    assert whole_weeks(dt.date(2026, 11, 4), dt.date(2026, 11, 10)) == (MONDAY, dt.date(2026, 11, 15))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_worked_out_by_a_spreadsheet(start):
    searches(5, area_name=f"{start}HYPERLINK(0)")
    assert exported()[0]["Area"] == f"'{start}HYPERLINK(0)"
    assert not_a_formula(f"a{start}") == f"a{start}"


def test_the_command_writes_a_file_and_says_which_weeks(tmp_path, capsys):
    searches(5)
    file = tmp_path / "searches.csv"
    call_command("export_searches", "--from", "2026-11-04", "--to", "2026-11-04", "--output", str(file))
    with file.open(encoding="utf-8-sig", newline="") as opened:
        assert [row["Searches"] for row in csv.DictReader(opened)] == ["5"]
    assert "1 rows" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--from", "yesterday"], "yesterday is not a date"),
        (["--from", "2026-11-04", "--to", "2026-11-03"], "--from is after --to"),
    ],
)
def test_the_command_says_what_is_wrong(tmp_path, options, says):
    with pytest.raises(CommandError, match=re.escape(says)):
        call_command("export_searches", *options, "--output", str(tmp_path / "x.csv"))


def test_the_command_says_that_a_file_cannot_be_written(tmp_path):
    with pytest.raises(CommandError, match=r"cannot be written: No such file or directory\."):
        call_command("export_searches", "--output", str(tmp_path / "nowhere" / "x.csv"))


def test_the_overview_counts_words_areas_and_what_was_not_found():
    searches(6, words="club lunch")
    searches(5, words="lunch", found=0, area_name="Grays")
    searches(4, words="respite", found=0)
    seen = overview(MONDAY, MONDAY)
    assert (seen.searches, seen.nothing) == (15, 9)
    assert seen.top_words == [("lunch", "11", "5"), ("club", "6", "0")]
    assert seen.top_areas == [("Tilbury", "10", "fewer than 5"), ("Grays", "5", "5")]
    assert seen.gaps == [("lunch", "Grays", 5)]
