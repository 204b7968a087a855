"""Encryption by age: for the holders of keys (`--recipient age1…`), for who knows a passphrase, or both.

A passphrase locks a key made for this one backup, and that key locks the backup: such a file is two age files, one
behind the other, because a passphrase can only lock what fits into memory.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from config.backup.problems import BackupProblem, Locked

try:
    import pyrage
except ImportError:  # the extra `backups` is not installed
    pyrage = None

MAGIC = b"age-encryption.org/v1\n"
# A key locked by a passphrase is some 260 bytes.
LONGEST_KEY = 2_000


@dataclass(frozen=True, slots=True)
class Locks:
    """Who can open what is written now: holders of these keys, and who knows the passphrase."""

    recipients: tuple[str, ...] = ()
    passphrase: str = ""

    def __bool__(self) -> bool:
        return bool(self.recipients or self.passphrase)


@dataclass(frozen=True, slots=True)
class Keys:
    """What may open a locked backup: secret keys (`AGE-SECRET-KEY-1…`) and a passphrase."""

    identities: tuple[str, ...] = ()
    passphrase: str = ""


def is_locked(file: BinaryIO) -> bool:
    begins = file.read(len(MAGIC))
    file.seek(0)
    return begins == MAGIC


def check_locks(locks: Locks) -> None:
    """Refuse in words, before any work, what could not lock anything."""
    if locks:
        _need_age()
        _recipients(locks.recipients)


def lock(plain: BinaryIO, locked: BinaryIO, locks: Locks) -> None:
    """Encrypt all of a file into another."""
    recipients = _recipients(locks.recipients)
    if locks.passphrase:
        own = pyrage.x25519.Identity.generate()
        locked.write(pyrage.passphrase.encrypt(str(own).encode(), locks.passphrase))
        recipients.append(own.to_public())
    pyrage.encrypt_io(plain, locked, recipients)


def unlock(locked: BinaryIO, plain: BinaryIO, keys: Keys) -> None:
    """Decrypt all of a file into another; raises `Locked`."""
    _need_age()
    first = locked.read(LONGEST_KEY)
    second = first.find(MAGIC, len(MAGIC))
    locked.seek(max(second, 0))
    identities = identities_of(keys.identities)
    if second > 0 and keys.passphrase:
        identities.append(_own_key(first[:second], keys.passphrase))
    if not identities:
        raise Locked("This backup is encrypted: give " + ("its passphrase." if second > 0 else "--identity KEYFILE."))
    try:
        pyrage.decrypt_io(locked, plain, identities)
    except (pyrage.DecryptError, OSError) as error:
        if number := getattr(error, "errno", None):
            raise BackupProblem(f"This backup could not be decrypted here ({os.strerror(number)}).") from error
        raise Locked(
            "This backup cannot be decrypted: it was locked for another key, cut short, or changed after it was made."
        ) from error


def _own_key(locked: bytes, passphrase: str) -> Any:
    try:
        return identities_of([pyrage.passphrase.decrypt(locked, passphrase).decode()])[0]
    except (pyrage.DecryptError, OSError, UnicodeDecodeError) as error:
        raise Locked("This backup cannot be decrypted: it has another passphrase, or was changed.") from error


def identities_of(lines: Iterable[str]) -> list[Any]:
    """The secret keys among the lines of a key file; raises `Locked` on what is none."""
    written = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    try:
        return [pyrage.x25519.Identity.from_str(line) for line in written]
    except pyrage.IdentityError as error:
        raise Locked("The key file holds something that is not a secret key: AGE-SECRET-KEY-1….") from error


def _recipients(written: Iterable[str]) -> list[Any]:
    found = []
    for line in written:
        try:
            found.append(pyrage.x25519.Recipient.from_str(line.strip()))
        except pyrage.RecipientError as error:
            raise BackupProblem(f"“{line}” is not the public key of a recipient: it should begin with age1.") from error
    return found


def _need_age() -> None:
    if pyrage is None:
        raise BackupProblem("Encryption needs the extra `backups`: pip install 'hereabouts[backups]'.")
