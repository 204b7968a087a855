"""The archive itself: members in, members out, and nothing out of it that was not put in."""

import contextlib
import gzip
import hashlib
import io
import json
import re
import tarfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO, BinaryIO, NamedTuple, cast

from config.backup.manifest import NAME, TABLE_NAME, Manifest, read_manifest
from config.backup.problems import Damaged
from config.backup.sealing import AT_ONCE, Sealed, check_seal

MEDIA = "media/"
TABLE_PART = re.compile(rf"tables/({TABLE_NAME.pattern})/(\d{{5}})\.jsonl")
# A part of a table is closed at 4 MB; one row may be long.
PART_BYTES = 4 << 20
LONGEST_PART = 256 << 20
UNREADABLE = (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, OverflowError)


class Member(NamedTuple):
    """One file of the archive, to be read before the next is asked for."""

    name: str
    size: int
    file: IO[bytes]

    @property
    def table(self) -> str:
        """The table that this is a part of; blank for media and the manifest."""
        part = TABLE_PART.fullmatch(self.name)
        return part[1] if part else ""


class ArchiveWriting:
    """An archive that is being written; what goes in is counted and hashed into the manifest."""

    def __init__(self, file: BinaryIO, manifest: Manifest) -> None:
        self.manifest = manifest
        self.sealed = Sealed(file)
        self.gzip = gzip.GzipFile(filename="", mode="wb", fileobj=cast(BinaryIO, self.sealed), mtime=0, compresslevel=6)
        self.tar = tarfile.open(fileobj=self.gzip, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115

    def put(self, name: str, file: IO[bytes], size: int) -> None:
        heard = Hearing(file)
        self.tar.addfile(_header(name, size), cast(IO[bytes], heard))
        self.manifest.members[name] = (heard.seen.hexdigest(), size)

    def put_table(self, table: str, parts: Iterable[bytes]) -> None:
        for number, part in enumerate(parts):
            self.put(f"tables/{table}/{number:05}.jsonl", io.BytesIO(part), len(part))

    def close(self) -> None:
        """Write the manifest and the seal."""
        said = self.manifest.as_json()
        self.tar.addfile(_header(NAME, len(said)), io.BytesIO(said))
        self.tar.close()
        self.gzip.close()
        self.sealed.seal()


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o600
    return header


class Hearing:
    """A file whose bytes are hashed as they are read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.seen = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.seen.update(data)
        return data

    def __iter__(self) -> Iterator[bytes]:
        for line in self.file:
            self.seen.update(line)
            yield line

    def exhaust(self) -> str:
        """Read what is left; the SHA-256 of everything."""
        while self.read(AT_ONCE):
            pass
        return self.seen.hexdigest()


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """What goes wrong while members are read is `Damaged`."""
    try:
        yield
    except UNREADABLE as error:
        raise Damaged("The archive of this backup cannot be read to its end.") from error


def members(file: BinaryIO) -> Iterator[Member]:
    """Every member in turn, of a file at its beginning; raises `Damaged` on any that no backup holds."""
    seen = set()
    with gzip.GzipFile(fileobj=file) as plain, tarfile.open(fileobj=plain, mode="r|") as tar:
        for header in tar:
            content = tar.extractfile(header) if header.isreg() else None
            if content is None or header.name in seen or not is_a_name(header.name):
                raise Damaged(f"This backup holds something that no backup holds: {header.name[:80]!r}.")
            if not header.name.startswith(MEDIA) and header.size > LONGEST_PART:
                raise Damaged(f"This backup holds a part that is too long: {header.name}.")
            seen.add(header.name)
            yield Member(header.name, header.size, content)


def is_a_name(name: str) -> bool:
    """Whether a member may be called so: never a path that leads out of the folder of media."""
    if not name.startswith(MEDIA):
        return name == NAME or TABLE_PART.fullmatch(name) is not None
    parts = PurePosixPath(name).parts
    plain = "/".join(parts) == name and "\\" not in name and name.isprintable()
    return plain and len(parts) > 1 and ".." not in parts


def check_archive(file: BinaryIO) -> Manifest:
    """Read everything: the seal, every member, every row. Raises `Damaged`; the file is at its beginning again."""
    check_seal(file)
    found = Found()
    with reading():
        for member in members(file):
            found.take(member)
    file.seek(0)
    manifest = read_manifest(found.manifest)
    found.hold_against(manifest)
    return manifest


@dataclass
class Found:
    """What an archive really holds."""

    manifest: bytes = b""
    members: dict[str, tuple[str, int]] = field(default_factory=dict)
    rows: Counter[str] = field(default_factory=Counter)
    widths: set[tuple[str, int]] = field(default_factory=set)

    def take(self, member: Member) -> None:
        if member.name == NAME:
            self.manifest = member.file.read()
            return
        heard = Hearing(member.file)
        if member.table:
            for row in rows_of(cast(IO[bytes], heard)):
                self.rows[member.table] += 1
                self.widths.add((member.table, len(row)))
        self.members[member.name] = (heard.exhaust(), member.size)

    def hold_against(self, manifest: Manifest) -> None:
        """Raise `Damaged` unless this is what the manifest says, and no more."""
        for name in sorted(self.members.keys() | manifest.members.keys()):
            if self.members.get(name) != manifest.members.get(name):
                raise Damaged(f"{name} is not what the manifest of this backup says.")
        for table, said in manifest.tables.items():
            if self.rows[table] != said.rows:
                raise Damaged(f"{table} has {self.rows[table]:,} rows, and the manifest says {said.rows:,}.")
        widths = {(table, len(said.columns)) for table, said in manifest.tables.items()}
        if not self.widths <= widths:
            raise Damaged("The columns of a table are not those that the manifest of this backup says.")


def rows_of(file: IO[bytes]) -> Iterator[list]:
    """The rows of a part of a table; raises `Damaged`."""
    for line in file:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise Damaged("A row of this backup cannot be read.") from error
        if not isinstance(row, list):
            raise Damaged("A row of this backup cannot be read.")
        yield row
