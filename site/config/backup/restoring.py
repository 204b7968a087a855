"""Reading a backup again: `verify(file)` looks at all of it, `restore(file)` makes an installation of it."""

import contextlib
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat

from assets_map.gazetteer import GazetteerMissing, gazetteer
from config.backup import emptiness
from config.backup.archive import MEDIA, check_archive, members
from config.backup.erased import again_in_words, beside, erase_those, read_erased
from config.backup.filling import check_fits, fill_tables, make_tables
from config.backup.locking import Keys, is_locked, unlock
from config.backup.making import key_mark, person_key_marks
from config.backup.manifest import Manifest
from config.backup.problems import BackupProblem, CannotRestore
from config.collecting import collect_if_changed
from referrals.models.sealed import person_keys

Say = Callable[[str], object]

log = logging.getLogger(__name__)


def verify(file: Path, keys: Keys) -> Manifest:
    """Read every byte of a backup; raises `Damaged` or `Locked`, and leaves everything as it is."""
    with opened(file, keys) as plain:
        return check_archive(plain)


def restore(file: Path, keys: Keys, *, say: Say) -> Manifest:
    """Make this empty installation the one of a backup. Everything is checked before anything is written; when it fails
    half-way, the installation is empty again. Whoever was erased since is erased again before anybody can ask."""
    since = read_erased(beside(file)) if beside(file).exists() else {}
    with opened(file, keys) as plain:
        manifest = check_archive(plain)
        check_fits(manifest)
        emptiness.check_empty()
        check_room(manifest)
        say(f"The backup of {manifest.made_at} is whole. Filling the database …")
        uploads: list[str] = []
        try:
            emptiness.begin()
            _put_back(plain, manifest, uploads, say)
            for line in again_in_words(erase_those(since)):
                say(line)
            emptiness.done()
        except BaseException as error:
            emptiness.empty_again(uploads)
            if isinstance(error, BackupProblem) or not isinstance(error, Exception):
                raise
            raise CannotRestore(
                f"The backup could not be restored ({type(error).__name__}: {error}). Nothing of it was kept: this "
                "installation is empty again."
            ) from error
    log.info("A backup of %s was restored: %s rows, %s uploads.", manifest.made_at, manifest.rows, len(uploads))
    return manifest


def check_room(manifest: Manifest) -> None:
    """Raise `CannotRestore` when the disk of the data folder cannot take what goes there."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    goes_there = [size for name, (_sum, size) in manifest.members.items() if not name.startswith(MEDIA) or on_disk()]
    free = shutil.disk_usage(settings.DATA_DIR).free
    if sum(goes_there) > free:
        raise CannotRestore(
            f"The backup unpacks to {filesizeformat(sum(goes_there))}, and the disk of {settings.DATA_DIR} has "
            f"{filesizeformat(free)} left. Nothing was written."
        )


def on_disk() -> bool:
    return isinstance(default_storage, FileSystemStorage)


@contextlib.contextmanager
def opened(file: Path, keys: Keys) -> Iterator[BinaryIO]:
    """A backup as it was before it was locked."""
    with contextlib.ExitStack() as held:
        try:
            plain = cast(BinaryIO, held.enter_context(file.open("rb")))
            locked = is_locked(plain)
        except OSError as error:
            raise BackupProblem(f"{file} cannot be read ({error.strerror}).") from error
        if locked:
            plain = _unlocked(plain, keys, held)
        yield plain


def _unlocked(locked: BinaryIO, keys: Keys, held: contextlib.ExitStack) -> BinaryIO:
    folder = settings.DATA_DIR if settings.DATA_DIR.is_dir() else None
    plain = cast(BinaryIO, held.enter_context(tempfile.TemporaryFile(dir=folder)))  # noqa: SIM115  # held
    unlock(locked, plain, keys)
    plain.seek(0)
    return plain


def _put_back(plain: BinaryIO, manifest: Manifest, uploads: list[str], say: Say) -> None:
    make_tables(manifest)
    plain.seek(0)
    fill_tables(plain, manifest)
    plain.seek(0)
    _put_uploads(plain, uploads)
    say(
        f"{manifest.rows:,} rows in {len(manifest.tables)} tables, {len(uploads):,} uploads. Bringing them up to date …"
    )
    ContentType.objects.clear_cache()
    call_command("migrate", verbosity=0, interactive=False)


def _put_uploads(plain: BinaryIO, uploads: list[str]) -> None:
    for member in members(plain):
        if member.name.startswith(MEDIA):
            name = member.name.removeprefix(MEDIA)
            # Noted first: half of a file is taken away too.
            uploads.append(name)
            with tempfile.SpooledTemporaryFile(max_size=8 << 20) as copy:
                while data := member.file.read(1 << 20):
                    copy.write(data)
                copy.seek(0)
                if default_storage.save(name, File(copy)) != name:
                    raise BackupProblem(f"The upload {name} could not be kept under its name.")


def make_anew(say: Say) -> list[str]:
    """What no backup holds; returns, in words, what could not be made."""
    steps: dict[str, Callable[[], object]] = {
        "Wagtail's own index": lambda: call_command("update_index", verbosity=0),
        "the postcodes": _load_postcodes,
        "the search index": lambda: call_command("build_index", no_sentences=True, verbosity=0),
        "the style sheets and scripts": collect_if_changed,
    }
    failed = []
    for words, do in steps.items():
        try:
            say(f"Making {words} …")
            do()
        except (CommandError, DatabaseError, OSError) as error:
            failed.append(f"{words[0].upper()}{words[1:]} could not be made: {error}")
    return failed


def _load_postcodes() -> None:
    try:
        gazetteer()
    except GazetteerMissing:
        call_command("load_postcodes", quiet=True)


def what_differs(manifest: Manifest) -> list[str]:
    """What whoever restores should know of this installation, beside the one that was backed up."""
    lines = []
    if manifest.key_mark not in {key_mark(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)}:
        lines.append(
            "SECRET_KEY is not the one of the backed-up installation: apps for the second step of signing in no longer "
            "fit, links that were sent by e-mail no longer work, and words that the search does not know are counted "
            "from the beginning. If you still have the old one, put it into SECRET_KEY_FALLBACKS."
        )
    if set(manifest.person_key_marks) - set(person_key_marks(person_keys())):
        lines.append(
            "HEREABOUTS_PERSON_KEYS lacks keys of the backed-up installation: what is kept of people stays sealed, and "
            "their pages cannot be shown, until those keys are put back."
        )
    if manifest.councils != list(settings.HEREABOUTS_COUNCIL_CODES):
        lines.append(
            f"HEREABOUTS_COUNCIL_CODES was {','.join(manifest.councils) or 'empty'} there, and is "
            f"{','.join(settings.HEREABOUTS_COUNCIL_CODES) or 'empty'} here."
        )
    return lines
