"""What a backup says of itself: the last member of its archive."""

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any

from config.backup.problems import CannotRestore, Damaged

FORMAT = 2
NAME = "manifest.json"
TABLE_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


@dataclass(slots=True)
class TableSaid:
    """One table: its columns as (name, kind), and how many rows there are."""

    columns: list[tuple[str, str]]
    rows: int = 0


@dataclass(slots=True)
class Manifest:
    """Everything that is known of a backup without reading its rows."""

    made_at: str
    app_version: str
    database: str
    councils: list[str]
    # By app, the names of the migrations that the database had.
    migrations: dict[str, list[str]]
    # Tells whether an installation has the same SECRET_KEY, and not what it is.
    key_mark: str
    # The same of each key that opens what is sealed of people.
    person_key_marks: list[str] = field(default_factory=list)
    format: int = FORMAT
    tables: dict[str, TableSaid] = field(default_factory=dict)
    # The highest number that each table has given, so that none is given twice.
    numbers_given: dict[str, int] = field(default_factory=dict)
    media: int = 0
    # What is not in it, and where it comes from when the backup is restored.
    left_out: dict[str, str] = field(default_factory=dict)
    # By member, its SHA-256 and its length in bytes.
    members: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


def read_manifest(data: bytes) -> Manifest:
    """Raise `Damaged` or `CannotRestore` on what was not written by `as_json` of this format."""
    try:
        said: dict[str, Any] = json.loads(data)
        newer = int(said["format"]) > FORMAT
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Damaged("The manifest of this backup cannot be read.") from error
    if newer:
        raise CannotRestore("This backup was made by a newer version of Hereabouts: install that one.")
    try:
        return _manifest(said)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged("The manifest of this backup cannot be read.") from error


def _manifest(said: dict[str, Any]) -> Manifest:
    tables = {
        _table_name(name): TableSaid([(str(column), str(kind)) for column, kind in one["columns"]], int(one["rows"]))
        for name, one in said["tables"].items()
    }
    return Manifest(
        **{
            **said,
            "tables": tables,
            "members": {name: (str(digest), int(length)) for name, (digest, length) in said["members"].items()},
            "numbers_given": {_table_name(name): int(given) for name, given in said["numbers_given"].items()},
            "migrations": {app: [str(name) for name in names] for app, names in said["migrations"].items()},
        }
    )


def _table_name(name: str) -> str:
    if not TABLE_NAME.fullmatch(name):
        raise ValueError(name)
    return name
