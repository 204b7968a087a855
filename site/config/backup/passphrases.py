"""Where passphrases and keys come from: a file or a prompt, never the command line, which others can see."""

import getpass
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings

from config.backup.locking import LONGEST_KEY, MAGIC, Keys
from config.backup.problems import BackupProblem

SHORTEST = 12


def add_key_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--identity", type=Path, metavar="KEYFILE", help="file with the secret key that opens the backup"
    )


def keys_for(file: Path, identity: Path | None) -> Keys:
    """What may open this backup; a passphrase is asked for only where one is needed."""
    identities = tuple(_read(identity).splitlines()) if identity else ()
    if identities or not _has_passphrase(file):
        return Keys(identities)
    return Keys((), from_file(settings.BACKUP_PASSPHRASE_FILE) or _asked("Passphrase of the backup: "))


def from_file(name: str) -> str:
    """The first line of the file that the settings name; blank without one."""
    if not name:
        return ""
    lines = _read(Path(name)).splitlines()
    if not lines or len(lines[0].strip()) < SHORTEST:
        raise BackupProblem(f"{name} should hold a passphrase of at least {SHORTEST} letters in its first line.")
    return lines[0].strip()


def asked_twice() -> str:
    """A new passphrase."""
    first = _asked("Passphrase for this backup: ")
    if len(first) < SHORTEST:
        raise BackupProblem(f"A passphrase needs at least {SHORTEST} letters.")
    if _asked("Once more: ") != first:
        raise BackupProblem("Those were two different passphrases.")
    return first


def _asked(words: str) -> str:
    if not sys.stdin.isatty():
        raise BackupProblem(
            "A passphrase is needed, and nobody is there to type it: name a file with it in "
            "HEREABOUTS_BACKUP_PASSPHRASE_FILE."
        )
    return getpass.getpass(words).strip()


def _has_passphrase(file: Path) -> bool:
    try:
        with file.open("rb") as begun:
            return MAGIC in begun.read(LONGEST_KEY)[len(MAGIC) :]
    except OSError:
        # Whoever opens it next says so.
        return False


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BackupProblem(f"{file} cannot be read ({getattr(error, 'strerror', None) or 'not a text'}).") from error
