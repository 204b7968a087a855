import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

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
