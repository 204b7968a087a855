from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from search import danger
from search.helping import help_on_paper
from search.models import DangerRule, HelpLine
from tests.factories.directory import make_asset

pytestmark = pytest.mark.django_db


@pytest.fixture
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()


def printed(tmp_path, **options):
    call_command("print_sheet", output=tmp_path / "sheet.pdf", verbosity=0, **options)
    return " ".join(page.extract_text() for page in PdfReader(tmp_path / "sheet.pdf").pages)


def test_a_list_is_printed_from_words_alone(tmp_path, data_folder):
    make_asset(name="Riverside Lunch Club")
    make_asset(name="Chess at the Library", summary="A game and a chat.")
    call_command("build_index", verbosity=0)
    text = printed(tmp_path, text="lunch", point=18)
    assert "Riverside Lunch Club" in text
    assert "Chess" not in text


def test_nothing_found_is_still_a_sheet(tmp_path, data_folder):
    assert "There is nothing on this list yet." in printed(tmp_path, text="zorbing")


def test_a_place_that_cannot_be_read_is_said_in_words(tmp_path, data_folder):
    with pytest.raises(CommandError, match="RM17 6X"):
        printed(tmp_path, place="RM17 6X")


def test_a_file_that_cannot_be_written_is_said_in_words(tmp_path, data_folder):
    with pytest.raises(CommandError, match="could not be written"):
        call_command("print_sheet", output=tmp_path / "nowhere" / "sheet.pdf", verbosity=0)


def paper_of(client, text):
    # A browser that has a cookie of this site already: others are answered at once.
    client.cookies["list"] = "1"
    address = client.post("/find/", {"text": text}).url
    pages = PdfReader(BytesIO(client.get(address.replace("/find/", "/find/sheet.pdf")).content)).pages
    return pages[0].extract_text(), " ".join(page.extract_text() for page in pages[1:])


@pytest.mark.parametrize("text", ["he hits me", "somewhere to take dad for lunch", "zorbing"])
def test_where_the_page_shows_the_help_strip_the_sheet_has_its_first_lines(client, data_folder, text):
    make_asset(name="Riverside Lunch Club")
    call_command("build_index", verbosity=0)
    first, others = paper_of(client, text)
    assert "If you or somebody else is not safe" in first
    assert "999 · Police, ambulance or fire" in first
    assert "Police" not in others


def test_where_the_page_shows_no_help_strip_the_sheet_has_none(client, data_folder):
    make_asset(name="Riverside Lunch Club")
    call_command("build_index", verbosity=0)
    assert "Police" not in "".join(paper_of(client, "lunch"))


def test_a_sheet_printed_by_command_has_help_too(tmp_path, data_folder):
    assert "0808 2000 247 · National Domestic Abuse Helpline" in printed(tmp_path, text="he hits me")


def test_the_lines_of_the_rule_come_first_and_999_is_always_one():
    told = help_on_paper("i want to end it", nothing_found=False, council_phone="")
    assert [one.contact for one in told] == ["999", "116 123", "Text 85258", "111"]
    assert "999" in [one.contact for one in help_on_paper("", nothing_found=True, council_phone="")]
    assert help_on_paper("lunch", nothing_found=False, council_phone="") == []


def test_999_is_told_where_a_rule_of_staff_leaves_it_out():
    rule = DangerRule.objects.create(key="x", name="Purple", phrases="purple elephants")
    rows = [HelpLine.objects.create(key=f"l{n}", name=f"Line {n}", phone=f"01632 96000{n}") for n in range(5)]
    HelpLine.objects.create(key="police", name="Police", phone="999", position=9)
    rule.help_lines.set(rows)
    danger.forget()
    told = help_on_paper("purple elephants", nothing_found=False, council_phone="")
    assert (told[0].contact, len(told)) == ("999", 4)


def test_a_line_of_the_council_is_told_with_its_number_or_not_at_all():
    lines = help_on_paper("worried about a child", nothing_found=False, council_phone="01632960000")
    assert "01632 960000" in [one.contact for one in lines]
    lines = help_on_paper("worried about a child", nothing_found=False, council_phone="")
    assert all(one.contact for one in lines)
