"""A file beside the backups says who was erased, and whoever came back with a backup is erased again."""

import datetime as dt

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.access_events import AccessEvent
from config.backup.erased import HEAD, read_erased, write_erased
from config.backup.locking import Keys
from config.backup.problems import BackupProblem
from config.backup.restoring import restore
from config.forgetting import due
from referrals.keeping.erasing import Because, erase
from referrals.models import ErasedRecord, MessageKind, OwedMessage, Person
from referrals.progress import Progress
from tests.factories.referrals import make_coordinator, make_person, refer
from tests.referrals.everything import MARKERS, live_through, opened_rows

pytestmark = pytest.mark.django_db
KEY, OTHER = "2k7m9xqdw4hp3v5t", "3k7m9xqdw4hp3v5t"
TODAY = "2026-11-30"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "erased.txt"


def test_an_erasure_leaves_the_key_of_the_record_in_the_file(file):
    person = make_person(make_coordinator())
    key = person.key
    erase(person, by=person.coordinator, because=Because.PERSON_ASKED)
    write_erased(file)
    assert file.read_text() == f"{HEAD}{key} {timezone.localdate()}\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_where_nobody_was_erased_the_file_says_so(file):
    write_erased(file)
    assert read_erased(file) == {}


def test_what_stands_in_the_file_stays_for_six_years(file):
    long_ago = timezone.localdate() - dt.timedelta(days=6 * 366)
    file.write_text(f"{KEY} {long_ago}\n\n# A note\n{OTHER} {TODAY}\n")
    ErasedRecord.objects.create(key="4k7m9xqdw4hp3v5t", at=timezone.now())
    write_erased(file)
    assert set(read_erased(file)) == {OTHER, "4k7m9xqdw4hp3v5t"}


@pytest.mark.parametrize(
    "line", [KEY, f"{KEY} yesterday", f"{KEY} 2026-02-30", "Zebediah 2026-11-30", "\x00", "é" * 99]
)
def test_what_is_no_such_file_is_refused_in_words_and_restores_nothing(line, file, tmp_path):
    file.write_text(f"{HEAD}{line}\n")
    with pytest.raises(BackupProblem, match=r"erased\.txt, line 2: .* is not the key of a record and a day"):
        restore(tmp_path / "backup.tar.gz", Keys(), say=pytest.fail)
    with pytest.raises(CommandError, match="line 2"):
        call_command("erase_again", file)


def test_a_file_that_is_no_text_is_refused_in_words(file):
    file.write_bytes(b"\x1f\x8b\xff")
    with pytest.raises(CommandError, match=r"erased\.txt cannot be read"):
        call_command("erase_again", file)
    with pytest.raises(CommandError, match=r"erased\.txt cannot be read"):
        call_command("erase_again", file / "not-there" / "erased.txt")


def test_whoever_came_back_is_erased_again_with_everything_and_others_stay(file, capsys):
    person, other = live_through(), make_person()
    file.write_text(f"{person.key} {TODAY}\n{KEY} {TODAY}\n")
    call_command("erase_again", file)
    assert "erased since: 1." in capsys.readouterr().out
    kept = opened_rows().casefold()
    assert [one for one in MARKERS if one.casefold() in kept] == []
    assert Person.objects.get(erased_at=None) == other
    event = AccessEvent.objects.get(what="erased")
    assert (event.who, event.why, event.whose) == (None, "backup-restored", f"referrals.person:{person.pk}")
    # Both are known to the next backup.
    assert set(ErasedRecord.objects.values_list("key", flat=True)) == {person.key, KEY}
    call_command("erase_again", file)
    assert "Nobody who was erased is here." in capsys.readouterr().out


def test_whoever_was_told_is_told_once_more():
    person = make_person(make_coordinator())
    referral = refer(person)
    ErasedRecord.objects.create(key=person.key)
    call_command("erase_again")
    referral.refresh_from_db()
    assert (referral.progress, referral.person) == (Progress.WITHDRAWN, None)
    kinds = set(OwedMessage.objects.values_list("kind", flat=True))
    assert kinds == {MessageKind.PROVIDER_WITHDRAWN, MessageKind.PERSON_ERASED}


def test_the_log_names_a_number_and_that_is_enough():
    people = [make_person(), make_person(), make_person()]
    call_command("erase_again", number=[people[0].pk, people[2].pk, 9_999_999])
    assert [Person.objects.get(pk=one.pk).called for one in people] == ["", "Jean", ""]


def test_what_no_key_opens_is_erased_once_the_key_is_back(settings, capsys):
    settings.PERSON_KEYS = [key := Fernet.generate_key().decode()]
    person = make_person()
    ErasedRecord.objects.create(key=person.key)
    settings.PERSON_KEYS = []
    with pytest.raises(CommandError, match="still to be erased"):
        call_command("erase_again")
    assert "no key opens their records: 1." in capsys.readouterr().out
    settings.PERSON_KEYS = [key]
    call_command("erase_again")
    assert Person.objects.get().erased_at


def test_the_key_is_kept_as_long_as_the_look():
    ErasedRecord.objects.create(key=KEY, at=timezone.now() - dt.timedelta(days=6 * 365))
    assert not any(rows for rule, rows in due() if rule.key == "erased-records")
    ErasedRecord.objects.update(at=timezone.now() - dt.timedelta(days=6 * 366))
    assert [rows for rule, rows in due() if rule.key == "erased-records"] == [1]
