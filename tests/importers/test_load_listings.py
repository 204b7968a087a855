import io
import json

import pytest
from django.core.management import CommandError, call_command

from directory.models import Asset
from tests.factories.importers import lunch_club, text_file, workbook_file

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    out = io.StringIO()
    call_command("load_listings", *arguments, stdout=out, **options)
    return out.getvalue()


def test_it_says_what_it_loaded(tmp_path, data_dir):
    said = run(workbook_file(tmp_path, lunch_club()), map="workbook")
    assert "Loaded: listings.xlsx" in said
    assert "1 row: 1 new, 0 changed, 0 as before, 0 rejected" in said


def test_progress_is_shown_apart_from_what_is_said(tmp_path, capfd):
    said = run(workbook_file(tmp_path, lunch_club()), map="workbook")
    assert "Reading" in capfd.readouterr().err
    assert "Reading" not in said


def test_it_tries_without_changing_anything(tmp_path):
    said = run(workbook_file(tmp_path, lunch_club()), map="workbook", dry_run=True)
    assert "Tried out, nothing was changed" in said
    assert not Asset.objects.exists()


def test_it_writes_the_report_and_the_rejected_rows(tmp_path):
    report, rejects = tmp_path / "report.json", tmp_path / "rejects.csv"
    run(workbook_file(tmp_path, lunch_club(Costs="a fish")), map="workbook", report=report, rejects=rejects)
    assert json.loads(report.read_text())["problems"][0]["field"] == "Costs"
    assert "What to mend" in rejects.read_text(encoding="utf-8-sig")


def test_it_can_be_quiet(tmp_path, capfd):
    assert run(workbook_file(tmp_path, lunch_club()), map="workbook", quiet=True) == ""
    assert capfd.readouterr().err == ""


def test_it_reads_another_sheet_when_told(tmp_path):
    path = workbook_file(
        tmp_path, **{"Spring": [["Name", "Kind", "One sentence", "Reach"], ["A", "Service", "B.", "Online"]]}
    )
    run(path, map="workbook", sheet="spring")
    assert Asset.objects.get().name == "A"


@pytest.mark.parametrize(
    ("make", "map_name", "words"),
    [
        (lambda folder: folder / "none.csv", "workbook", "There is no file called"),
        (
            workbook_file,
            "excel",
            "There is no map called “excel”. There are: workbook, uk_libraries",
        ),
        (
            lambda folder: text_file(folder, "a,b\n"),
            "uk_libraries",
            "no columns called “Local authority”, “Library name”",
        ),
    ],
)
def test_it_says_plainly_what_is_wrong(tmp_path, make, map_name, words):
    with pytest.raises(CommandError, match=words):
        run(make(tmp_path), map=map_name)


def test_a_report_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        run(workbook_file(tmp_path, lunch_club()), map="workbook", report=tmp_path / "no" / "such" / "folder.json")
