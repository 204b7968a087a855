"""The seal of a backup: an empty gzip member at the very end, whose comment is the SHA-256 of every byte before it.

Whatever unpacks gzip passes over it; a file that was cut short or changed anywhere no longer fits it.
"""

import hashlib
import os
from typing import BinaryIO

from config.backup.problems import Damaged

# Deflate, with a comment, no time, unknown system; then the comment; then nothing, compressed, and its check sums.
BEFORE = b"\x1f\x8b\x08\x10\x00\x00\x00\x00\x00\xffsha256 "
AFTER = b"\x00\x03\x00" + bytes(8)
LENGTH = len(BEFORE) + 64 + len(AFTER)
AT_ONCE = 1 << 20


class Sealed:
    """A file that is written once, from its beginning to its seal."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.seen = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.seen.update(data)
        return self.file.write(data)

    def flush(self) -> None:
        self.file.flush()

    def seal(self) -> None:
        self.file.write(_seal(self.seen.hexdigest()))


def check_seal(file: BinaryIO) -> None:
    """Raise `Damaged` unless the seal at the end fits every byte before it; leaves the file at its beginning."""
    length = file.seek(0, os.SEEK_END) - LENGTH
    if length < 0:
        raise Damaged("This is not a backup of Hereabouts: it is too short to be one.")
    file.seek(length)
    seal = file.read(LENGTH)
    file.seek(0)
    if not seal.startswith(BEFORE) or not seal.endswith(AFTER):
        raise Damaged("This is not a whole backup of Hereabouts: its seal is missing, so it was cut short or changed.")
    if _seal(_digest(file, length)) != seal:
        raise Damaged("This backup was changed after it was made: its seal does not fit what stands in it.")
    file.seek(0)


def _seal(digest: str) -> bytes:
    return BEFORE + digest.encode() + AFTER


def _digest(file: BinaryIO, length: int) -> str:
    seen = hashlib.sha256()
    while length and (data := file.read(min(length, AT_ONCE))):
        seen.update(data)
        length -= len(data)
    return seen.hexdigest()
