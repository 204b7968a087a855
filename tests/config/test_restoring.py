"""A restore writes only where nothing is, and leaves nothing when it fails."""

import datetime as dt
import io
import json
import uuid
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from config.backup import emptiness
from config.backup.archive import ArchiveWriting
from config.backup.filling import given
from config.backup.locking import Keys, Locks
from config.backup.making import make_backup
from config.backup.manifest import TableSaid
from config.backup.problems import BackupProblem, CannotRestore, NotEmpty
from config.backup.restoring import restore
from config.backup.tables import all_tables, plain
from tests.config.installations import elsewhere
from tests.config.test_backup_files import make_file, make_manifest

KINDS = TableSaid([("id", "AutoField"), ("app_label", "CharField"), ("model", "CharField")])
TWO_SECONDS = dt.timedelta(seconds=2)
# Few migrations, soon made; what is restored to its end is in test_backup.
FEW = {"contenttypes": ["0001_initial", "0002_remove_content_type_name"]}


@pytest.fixture
def uploads(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def empty(tmp_path, uploads, django_db_setup, django_db_blocker):
    """An installation without tables or uploads, in this process."""
    with django_db_blocker.unblock():
        yield from elsewhere(tmp_path, "elsewhere")


def backup_of(folder, rows, migrations=FEW):
    out = io.BytesIO()
    table = TableSaid(KINDS.columns, len(rows))
    writing = ArchiveWriting(out, make_manifest(migrations=migrations, tables={"django_content_type": table}))
    writing.put_table("django_content_type", ["".join(json.dumps(row) + "\n" for row in rows).encode()])
    writing.put("media/images/hall.jpg", io.BytesIO(b"a hall"), 6)
    writing.close()
    file = folder / "backup.tar.gz"
    file.write_bytes(out.getvalue())
    return file


def restored(file):
    return restore(file, Keys(), say=lambda _words: None)


def test_rows_that_the_database_refuses_leave_it_empty(empty, tmp_path):
    twice = backup_of(tmp_path, [[1, "directory", "asset"], [2, "directory", "asset"]])
    with pytest.raises(CannotRestore, match="Nothing of it was kept: this installation is empty again"):
        restored(twice)
    assert all_tables() == []
    assert list(emptiness.stored("")) == []


def test_uploads_that_cannot_be_kept_leave_the_database_empty_too(empty, tmp_path, monkeypatch):
    def refuse(*_given):
        raise OSError("the disk is full")

    monkeypatch.setattr(default_storage, "save", refuse)
    with pytest.raises(CannotRestore, match="OSError: the disk is full"):
        restored(backup_of(tmp_path, [[1, "directory", "asset"]]))
    assert all_tables() == []


def test_what_a_killed_restore_left_is_taken_away_by_the_next(empty, tmp_path):
    emptiness.begin()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE directory_asset (id integer)")
        cursor.execute("INSERT INTO directory_asset VALUES (1)")
    default_storage.save("images/half.jpg", ContentFile(b"half"))
    with pytest.raises(BackupProblem, match="run restore again"):
        make_backup(tmp_path / "new.tar.gz", locks=Locks())
    emptiness.check_empty()
    assert all_tables() == []
    assert list(emptiness.stored("")) == []


def test_a_backup_of_a_newer_version_is_refused_before_anything_is_written(empty, tmp_path):
    file = backup_of(tmp_path, [], {**FEW, "directory": ["0999_what_is_to_come"]})
    with pytest.raises(CannotRestore, match=r"directory\.0999_what_is_to_come"):
        restored(file)
    assert all_tables() == []


def test_a_table_that_no_migration_makes_is_refused_and_nothing_is_left(empty, tmp_path):
    (tmp_path / "backup.tar.gz").write_bytes(make_file())
    with pytest.raises(CannotRestore, match="The table club of this backup does not fit"):
        restored(tmp_path / "backup.tar.gz")
    assert all_tables() == []


def test_a_backup_that_the_disk_cannot_take_writes_nothing(empty, tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=5))
    with pytest.raises(CannotRestore, match=r"unpacks to .* and the disk of .* has 5"):
        restored(backup_of(tmp_path, [[1, "directory", "asset"]]))
    assert all_tables() == []


def test_a_damaged_backup_writes_nothing(empty, tmp_path):
    file = backup_of(tmp_path, [[1, "directory", "asset"]])
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(CommandError, match="cut short or changed"):
        call_command("restore", file)
    assert all_tables() == []


def test_there_is_nothing_to_back_up_before_there_are_tables(empty, tmp_path):
    with pytest.raises(BackupProblem, match="no tables yet"):
        make_backup(tmp_path / "new.tar.gz", locks=Locks())
    assert list(tmp_path.glob("*new*")) == []


def test_a_table_of_somebody_else_is_never_dropped(empty):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE payroll (id integer)")
    with pytest.raises(NotEmpty, match="payroll"):
        emptiness.check_empty()
    assert all_tables() == ["payroll"]


@pytest.mark.django_db
def test_an_installation_that_was_only_migrated_is_empty(uploads):
    emptiness.check_empty()


@pytest.mark.django_db
def test_one_account_is_enough_not_to_be_empty(uploads):
    User.objects.create_user("sam@example.org")
    with pytest.raises(NotEmpty, match="accounts_user has rows"):
        emptiness.check_empty()


@pytest.mark.django_db
def test_one_upload_is_enough_not_to_be_empty(uploads):
    default_storage.save("images/hall.jpg", ContentFile(b"a hall"))
    with pytest.raises(NotEmpty, match=r"it holds images/hall\.jpg"):
        emptiness.check_empty()


def test_a_backup_never_takes_the_place_of_a_file(tmp_path):
    kept = tmp_path / "letter.txt"
    kept.write_text("Dear Sam")
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", kept)
    assert kept.read_text() == "Dear Sam"


def test_a_backup_to_a_folder_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("backup", tmp_path / "none" / "backup.tar.gz")


@pytest.mark.parametrize("command", ["restore", "verify_backup"])
def test_a_backup_that_is_not_there_is_a_sentence(tmp_path, command):
    with pytest.raises(CommandError, match=r"cannot be read \(No such file"):
        call_command(command, tmp_path / "none.tar.gz")


@pytest.mark.parametrize("content", [b"", b"not a backup", b"age-encryption.org/v1\n", b"\x1f\x8b" * 100])
def test_whatever_is_no_backup_is_refused_in_words(tmp_path, content):
    file = tmp_path / "letter.txt"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=r"is not a|encrypted"):
        call_command("verify_backup", file)


def test_a_passphrase_is_never_asked_of_a_machine(tmp_path):
    with pytest.raises(CommandError, match="nobody is there to type it"):
        call_command("backup", tmp_path / "backup.tar.gz", passphrase=True)


def test_a_short_passphrase_is_refused(tmp_path, settings):
    (tmp_path / "passphrase").write_text("short\n")
    settings.BACKUP_PASSPHRASE_FILE = str(tmp_path / "passphrase")
    with pytest.raises(CommandError, match="at least 12 letters"):
        call_command("backup", tmp_path / "backup.tar.gz")


@pytest.mark.parametrize(
    ("value", "said", "kind", "target", "on_sqlite", "on_postgresql"),
    [
        (None, None, "CharField", "CharField", None, None),
        (True, True, "BooleanField", "BooleanField", True, True),
        (
            dt.datetime(2026, 7, 1, 9, 30, tzinfo=dt.UTC),
            "2026-07-01T09:30:00+00:00",
            "DateTimeField",
            "DateTimeField",
            "2026-07-01 09:30:00",
            "2026-07-01T09:30:00+00:00",
        ),
        # As SQLite holds it.
        (
            dt.datetime(2026, 7, 1, 9, 30, 0, 5),
            "2026-07-01T09:30:00.000005+00:00",
            "DateTimeField",
            "DateTimeField",
            "2026-07-01 09:30:00.000005",
            "2026-07-01T09:30:00.000005+00:00",
        ),
        (dt.date(2026, 7, 1), "2026-07-01", "DateField", "DateField", "2026-07-01", "2026-07-01"),
        (Decimal("4.50"), "4.50", "DecimalField", "DecimalField", "4.50", "4.50"),
        (b"\x00\xff", "AP8=", "BinaryField", "BinaryField", b"\x00\xff", b"\x00\xff"),
        (uuid.UUID(int=5), str(uuid.UUID(int=5)), "UUIDField", "CharField", "0" * 31 + "5", str(uuid.UUID(int=5))),
        (TWO_SECONDS, 2_000_000, "DurationField", "DurationField", TWO_SECONDS, TWO_SECONDS),
        ("“£2”\n\t\\N", "“£2”\n\t\\N", "TextField", "TextField", "“£2”\n\t\\N", "“£2”\n\t\\N"),
    ],
)  # fmt: skip
def test_values_read_the_same_on_both_databases(value, said, kind, target, on_sqlite, on_postgresql):
    assert plain(value) == said
    expected = on_sqlite if connection.vendor == "sqlite" else on_postgresql
    assert given(json.loads(json.dumps(said)), kind, target) == expected
