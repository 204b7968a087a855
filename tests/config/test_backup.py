"""A backup that is made while others write is one moment of the site, and becomes a site again somewhere else."""

import json
import time

import pyrage
import pytest

from config.backup.erased import beside
from config.backup.locking import Keys
from config.backup.problems import Damaged, Locked
from config.backup.restoring import verify
from tests.config.installations import drop, migrated_installation, new_installation

# The site that is backed up begins as a copy of the tests' own database.
pytestmark = pytest.mark.django_db
# Owed work is done while restoring: a new index pays what was owed of the old one.
PAID = {"search_staleasset", "search_indexrenewal", "search_missingvector"}
# And somebody is erased again.
ERASED = {"referrals_person", "referrals_erasedrecord", "accounts_accessevent", "outbox_oldrows"}
OTHERS = PAID | ERASED


def facts(lines):
    """The lines that are not words for people."""
    return (line for line in lines if line.startswith("{"))


def first_fact(stream):
    heard = []
    for line in stream:
        if line.startswith("{"):
            return json.loads(line)
        heard.append(line)
    pytest.fail("".join(heard))


class Story:
    """What happened: a site that writes all the while, its backup, and the site that was made of it."""

    def __init__(self, folder):
        self.folder = folder
        self.file = folder / "backup.tar.gz"
        self.again = folder / "again.tar.gz.age"
        self.owner = pyrage.x25519.Identity.generate()
        self.site = migrated_installation(folder / "site", "backed")
        self.other = new_installation(folder / "other", "restored")

    def happen(self):
        with self.site.begin("busy_site") as busy:
            self.before = first_fact(busy.stdout)
            self.began = time.time()
            self.backup = self.site.run("backup", self.file)
            self.ended = time.time()
            said, _none = busy.communicate("enough")
        self.erased = beside(self.file).read_text()
        # As a later backup would have left it.
        beside(self.file).write_text(f"{self.erased}{self.before['later']} 2026-11-30\n")
        self.left = busy.returncode
        self.writes = [json.loads(line)["at"] for line in facts(said.splitlines())]
        locks = {"HEREABOUTS_BACKUP_RECIPIENTS": str(self.owner.to_public())}
        with self.other.begin("restored_site", self.file, self.again, **locks) as process:
            self.restored, _none = process.communicate()
        self.after = json.loads(list(facts(self.restored.splitlines()))[-1]) if process.returncode == 0 else {}


@pytest.fixture(scope="module")
def story(tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        drop("backed", "restored")
        one = Story(tmp_path_factory.mktemp("story"))
        try:
            one.happen()
            yield one
        finally:
            drop("backed", "restored")


def test_others_write_while_the_backup_is_made_and_none_of_them_fails(story):
    assert story.backup[0] == 0, story.backup[1]
    assert story.left == 0
    during = [at for at in story.writes if story.began <= at <= story.ended]
    assert len(during) >= 5


def test_the_backup_holds_whole_transactions_only(story):
    manifest = verify(story.file, Keys())
    searches, signposts = manifest.tables["search_searchrecord"].rows, manifest.tables["referrals_signpost"].rows
    assert signposts >= 1
    assert searches == 2 * signposts


def test_no_way_in_is_in_a_backup(story):
    manifest = verify(story.file, Keys())
    ways_in = {"django_session", "usersessions_usersession", "accounts_onetimelink", "accounts_once"}
    assert ways_in <= manifest.left_out.keys()
    assert not ways_in & manifest.tables.keys()


def test_the_restored_site_has_the_same_rows_and_uploads(story):
    assert story.after, story.restored
    first, again = verify(story.file, Keys()), verify(story.again, Keys((str(story.owner),)))
    counted = {name: table.rows for name, table in first.tables.items() if name not in OTHERS}
    assert {name: table.rows for name, table in again.tables.items() if name not in OTHERS} == counted
    assert first.members["media/documents/leaflet.pdf"][1] == 1_024_000
    differ = {
        name
        for name in first.members.keys() | again.members.keys()
        if first.members.get(name) != again.members.get(name) and name.split("/")[1] not in OTHERS
    }
    assert differ == set()
    assert again.numbers_given["search_searchrecord"] == first.numbers_given["search_searchrecord"]


def test_whoever_was_erased_since_is_erased_in_the_restored_site_and_nobody_else(story):
    assert "Erased again, for they had been erased since: 1." in story.restored
    called = story.after["called"]
    assert (called[story.before["stays"]], called[story.before["later"]]) == ("Stays", "")
    kept = beside(story.again).read_text()
    assert [story.before[name] in kept for name in ("gone", "later", "stays")] == [True, True, False]
    assert [story.before[name] in story.erased for name in ("gone", "later", "stays")] == [True, False, False]


def test_the_restored_site_finds_the_same_and_lets_the_same_people_in(story):
    assert story.after, story.restored
    assert story.after["found"] == story.before["found"]
    assert len(story.after["found"][0]) >= 2
    wrong_password, wrong_code, both_right = story.after["let_in"]
    assert (wrong_password, wrong_code, both_right) == (False, False, True)


def test_a_locked_backup_of_a_site_is_refused_without_its_key_when_changed_or_cut_short(story, tmp_path):
    with pytest.raises(Locked):
        verify(story.again, Keys((str(pyrage.x25519.Identity.generate()),)))
    whole = story.again.read_bytes()
    altered = tmp_path / "altered"
    for at in range(0, len(whole), len(whole) // 20):
        altered.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises((Locked, Damaged)):
            verify(altered, Keys((str(story.owner),)))
        altered.write_bytes(whole[:at])
        with pytest.raises((Locked, Damaged)):
            verify(altered, Keys((str(story.owner),)))


def test_the_backup_of_a_site_is_refused_when_changed_or_cut_short(story, tmp_path):
    whole = story.file.read_bytes()
    altered = tmp_path / "altered"
    for at in range(0, len(whole), len(whole) // 50):
        altered.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Damaged, match=r"changed after it was made|cut short or changed"):
            verify(altered, Keys())
        altered.write_bytes(whole[:at])
        with pytest.raises(Damaged, match=r"too short|cut short or changed"):
            verify(altered, Keys())


def test_the_last_backup_is_noted_for_whoever_asks(story):
    said = json.loads((story.site.folder / "last-backup.json").read_text())
    assert said["file"] == str(story.file)
    assert said["bytes"] == story.file.stat().st_size
    assert said["at"] == verify(story.file, Keys()).made_at


def test_only_its_owner_can_read_the_backup(story):
    assert story.file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in story.folder.glob(".*")] == []
