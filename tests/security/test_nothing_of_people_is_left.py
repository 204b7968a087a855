"""What is kept of a person is nowhere in the clear; and when it is erased, it is nowhere at all."""

import gzip
import json

import pytest

from tests.config.installations import drop, migrated_installation
from tests.referrals.everything import MARKERS

pytestmark = pytest.mark.django_db


class Story:
    """A person was helped, and erased: what the process told, and every file that there is afterwards."""

    def __init__(self, folder):
        site = migrated_installation(folder / "site", "left")
        process = site.start(
            "-c",
            "import django; django.setup(); from tests.security.person_who_leaves import main; main()",
            str(folder),
        )
        self.log, _none = process.communicate(timeout=240)
        assert process.returncode == 0, self.log
        lines = self.log.splitlines()
        self.told = json.loads(next(line for line in lines if line.startswith('{"sealed"')))
        self.log = "\n".join(line for line in lines if not line.startswith('{"sealed"'))
        self.backups = {name: gzip.decompress((folder / f"{name}.tar.gz").read_bytes()) for name in ("before", "after")}
        self.files = {path.name: path.read_bytes() for path in (folder / "site").rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def story(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        drop("left")
        try:
            yield Story(tmp_path_factory.mktemp("left"))
        finally:
            drop("left")


def marked(content):
    told = content.lower()
    return [one for one in MARKERS if one.lower().encode() in told]


def test_something_was_kept_and_sealed(story):
    assert len(story.told["sealed"]) > 20


def test_no_table_holds_it_in_the_clear_before_or_after(story):
    assert story.told["in the clear before"] == story.told["in the clear after"] == []


def test_no_file_of_the_site_holds_it_in_the_clear(story):
    """The database with what stands beside it, the index, whatever else the site writes."""
    assert story.files
    assert {name: found for name, content in story.files.items() if (found := marked(content))} == {}


@pytest.mark.parametrize("when", ["before", "after"])
def test_no_backup_holds_it_in_the_clear(when, story):
    assert marked(story.backups[when]) == []


def test_no_line_of_the_log_holds_it(story):
    assert "hereabouts.requests" in story.log
    assert marked(story.log.encode()) == []


def test_after_the_erasure_nothing_that_was_sealed_is_left_in_the_database(story):
    assert set(story.told["sealed"]) & set(story.told["sealed after"]) == set()
    assert story.told["opened after"] == []


def test_a_backup_made_before_moves_it_sealed_and_one_made_after_has_none_of_it(story):
    assert all(value.encode() in story.backups["before"] for value in story.told["sealed"])
    assert [value for value in story.told["sealed"] if value.encode() in story.backups["after"]] == []


def test_no_file_of_the_database_holds_it_sealed_either(story):
    """What was removed is written over, and the log beside the file is emptied."""
    left = {
        name for name, content in story.files.items() for value in story.told["sealed"] if value.encode() in content
    }
    assert left == set()
