"""Making a backup: one moment of the database, then the uploads, written beside the file and renamed at the end."""

import contextlib
import datetime as dt
import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.utils import timezone

from config.backup.archive import MEDIA, ArchiveWriting
from config.backup.emptiness import MARK, stored
from config.backup.erased import beside, write_erased
from config.backup.filling import applied_by_app
from config.backup.locking import Locks, check_locks, lock
from config.backup.manifest import Manifest
from config.backup.problems import BackupProblem
from config.backup.sealing import AT_ONCE
from config.backup.tables import (
    LEFT_OUT,
    all_tables,
    is_left_out,
    made_by_migrations,
    numbers_given,
    parts_of,
    snapshot,
    table_said,
)
from referrals.models.sealed import person_keys

log = logging.getLogger(__name__)

# Uploads up to this size are held in memory while they are copied.
IN_MEMORY = 8 << 20
LAST = "last-backup.json"
MADE_ANEW = {
    "index": "restore makes it anew (build_index)",
    "vectors": "the worker makes them anew, for questions in sentences",
    "postcodes": "restore makes them anew where the extra `postcodes` is installed; otherwise load_postcodes FILE",
    "static": "restore gathers them anew",
    "SECRET_KEY": "a secret; keep it apart from backups",
    "HEREABOUTS_PERSON_KEYS": "without them nothing of people can be read; keep them apart from backups",
}


class Made(NamedTuple):
    """A backup that was made."""

    file: Path
    bytes: int
    locked: bool
    manifest: Manifest


def make_backup(file: Path, *, locks: Locks) -> Made:
    """Write a whole backup of this installation to a file that is not there yet."""
    _check_target(file)
    check_locks(locks)
    try:
        with _draft_of(file) as draft:
            manifest = _write(draft, locks)
        made = Made(file, file.stat().st_size, bool(locks), manifest)
        note_last(made)
        write_erased(beside(file))
    except OSError as error:
        raise BackupProblem(f"The backup could not be written ({error.strerror or error}).") from error
    except DatabaseError as error:
        raise BackupProblem(f"The database could not be read ({type(error).__name__}); nothing was written.") from error
    log.info("A backup was made: %s rows, %s uploads, %s bytes.", manifest.rows, manifest.media, made.bytes)
    return made


def _check_target(file: Path) -> None:
    if file.exists():
        raise BackupProblem(f"{file} is there already: give another name, or take it away.")
    if not file.parent.is_dir():
        raise BackupProblem(f"There is no folder {file.parent} to write the backup to.")


@contextlib.contextmanager
def _draft_of(file: Path) -> Iterator[BinaryIO]:
    """A file beside it, readable by its owner only, that takes its name once it is whole and on the disk."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as out:
            yield cast(BinaryIO, out)
            out.flush()
            os.fsync(out.fileno())
        # Unlike a rename, a link never replaces what somebody else put there meanwhile.
        os.link(draft, file)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _write(out: BinaryIO, locks: Locks) -> Manifest:
    if not locks:
        return _write_plain(out)
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
        manifest = _write_plain(cast(BinaryIO, file))
        file.seek(0)
        lock(cast(BinaryIO, file), out, locks)
    return manifest


def _write_plain(out: BinaryIO) -> Manifest:
    with snapshot():
        manifest = _begun()
        writing = ArchiveWriting(out, manifest)
        for table in sorted(made_by_migrations().intersection(all_tables())):
            if not is_left_out(table):
                said = manifest.tables[table] = table_said(table)
                writing.put_table(table, parts_of(table, said))
        manifest.numbers_given = numbers_given()
    _put_uploads(writing)
    writing.close()
    return manifest


def _begun() -> Manifest:
    tables = all_tables()
    if MARK in tables:
        raise BackupProblem("A backup was being restored here, and that did not end: run restore again first.")
    if "django_migrations" not in tables:
        raise BackupProblem("There is nothing to back up: the database has no tables yet.")
    kept_back = {table: because for table, because in LEFT_OUT.items() if table in tables}
    strange = set(tables) - made_by_migrations() - LEFT_OUT.keys()
    kept_back |= {table: "not a table of Hereabouts" for table in strange if not is_left_out(table)}
    return Manifest(
        made_at=timezone.now().astimezone(dt.UTC).isoformat(timespec="seconds"),
        app_version=version("hereabouts"),
        database=settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1],
        councils=list(settings.HEREABOUTS_COUNCIL_CODES),
        migrations=applied_by_app(),
        key_mark=key_mark(settings.SECRET_KEY),
        # One made from SECRET_KEY seals nothing where there is another.
        person_key_marks=person_key_marks(person_keys()[: len(settings.PERSON_KEYS) or 1]),
        left_out={**MADE_ANEW, **kept_back},
    )


def person_key_marks(keys: Iterable[bytes]) -> list[str]:
    return [key_mark(key.decode()) for key in keys]


def key_mark(key: str) -> str:
    """Sixteen letters that differ when the key does, and from which it cannot be found."""
    return hashlib.scrypt(key.encode(), salt=b"hereabouts backup", n=2**14, r=8, p=1, dklen=8).hex()


def _put_uploads(writing: ArchiveWriting) -> None:
    for name in stored(""):
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, dir=str(settings.DATA_DIR)) as copy:
            try:
                with default_storage.open(name) as file:
                    while data := file.read(AT_ONCE):
                        copy.write(data)
            except FileNotFoundError:
                # Taken away since its folder was read.
                continue
            size = copy.tell()
            copy.seek(0)
            writing.put(MEDIA + name, cast(BinaryIO, copy), size)
            writing.manifest.media += 1


def note_last(made: Made) -> None:
    """Keep in the data folder when the last backup was made."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    said = {"at": made.manifest.made_at, "file": str(made.file), "bytes": made.bytes, "encrypted": made.locked}
    draft = settings.DATA_DIR / f"{LAST}.{os.getpid()}"
    draft.write_text(json.dumps(said))
    draft.replace(settings.DATA_DIR / LAST)
