"""An empty database becomes the one of a backup: its tables are made by the migrations that it had, then filled."""

import base64
import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, cast

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from config.backup.archive import members, rows_of
from config.backup.manifest import Manifest, TableSaid
from config.backup.problems import CannotRestore, Damaged
from config.backup.tables import all_tables, is_left_out, table_said

Key = tuple[str, str]


def applied_by_app() -> dict[str, list[str]]:
    """The migrations that the database has."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationLoader(connection).applied_migrations):
        found.setdefault(app, []).append(name)
    return found


def check_fits(manifest: Manifest) -> None:
    """Raise `CannotRestore` when the database of a backup is newer than this program."""
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations)
    known |= {one for migration in loader.disk_migrations.values() for one in migration.replaces}
    unknown = sorted(_keys(manifest) - known)
    if unknown:
        raise CannotRestore(
            f"This backup was made by version {manifest.app_version}, whose database has what this version does not "
            f"know ({'.'.join(unknown[0])}): install that version or a newer one."
        )


def make_tables(manifest: Manifest) -> None:
    """Make the tables that the database of the backup had, with nothing in them."""
    executor = MigrationExecutor(connection)
    applied, graph = _keys(manifest), executor.loader.graph
    wanted = [key for key in graph.nodes if key in applied]
    last = [
        key for key in wanted if not any(child[0] == key[0] and child in applied for child in _children(graph, key))
    ]
    executor.migrate(last)
    if missing := sorted(_keys(manifest) - set(MigrationLoader(connection).applied_migrations)):
        raise CannotRestore(
            f"The database of this backup cannot be made: {'.'.join(missing[0])} is not there any more."
        )
    _empty_tables()


def _keys(manifest: Manifest) -> set[Key]:
    return {(app, name) for app, names in manifest.migrations.items() for name in names}


def _children(graph: Any, key: Key) -> Iterable[Key]:
    return [child.key for child in graph.node_map[key].children]


@transaction.atomic
def _empty_tables() -> None:
    """Take out what migrations laid: the backup has its own."""
    with connection.cursor() as cursor:
        for table in all_tables():
            if table != "django_migrations" and not is_left_out(table) and has_rows(table):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608  # told by the database


def has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608  # told by the database
        return cursor.fetchone() is not None


@transaction.atomic
def fill_tables(file: BinaryIO, manifest: Manifest) -> None:
    """Put every row back, in one transaction."""
    there = set(all_tables())
    targets = {name: table_said(name) for name in manifest.tables if name in there}
    for name, said in manifest.tables.items():
        if name not in targets or {column for column, _kind in said.columns} - set(dict(targets[name].columns)):
            raise CannotRestore(f"The table {name} of this backup does not fit this version of Hereabouts.")
    for member in members(file):
        if member.table:
            put_rows(member.table, rows_of(member.file), manifest.tables[member.table], targets[member.table])
    _check_counts(manifest)
    _give_numbers_on(manifest)
    connection.check_constraints()


def put_rows(table: str, rows: Iterable[list], said: TableSaid, target: TableSaid) -> None:
    kinds = dict(target.columns)
    turns = [(kind, kinds[name]) for name, kind in said.columns]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(name) for name, _kind in said.columns)
    ready = ([given(value, *turn) for value, turn in zip(row, turns, strict=True)] for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {quote(table)} ({columns}) FROM STDIN") as copy:
                for row in ready:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(said.columns))
            # A generator does: not all rows need to be in memory.
            cursor.executemany(f"INSERT INTO {quote(table)} ({columns}) VALUES ({marks})", cast(list, ready))  # noqa: S608


def given(value: Any, kind: str, target: str) -> Any:
    """A plain value as this database takes it."""
    if value is None:
        return None
    if target == "BinaryField":
        return base64.b64decode(value)
    if target == "DurationField" and isinstance(value, int):
        return dt.timedelta(microseconds=value)
    if connection.vendor == "sqlite":
        if target == "DateTimeField":
            return str(dt.datetime.fromisoformat(value).replace(tzinfo=None))
        if kind == "UUIDField":
            return value.replace("-", "")
    return value


def _check_counts(manifest: Manifest) -> None:
    for name, said in manifest.tables.items():
        if (found := count(name)) != said.rows:
            raise Damaged(f"{name} has {found:,} rows now, and the manifest says {said.rows:,}.")


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608  # told by the database
        return cursor.fetchone()[0]


def _give_numbers_on(manifest: Manifest) -> None:
    """Let each table go on numbering where it was, so that no number stands for two things."""
    with connection.cursor() as cursor:
        for table, sequence in _sequences():
            number = manifest.numbers_given.get(table)
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number or 0])
            elif number:
                cursor.execute("SELECT setval(%s, %s)", [connection.ops.quote_name(sequence), number])
            else:
                cursor.execute("SELECT setval(%s, 1, false)", [connection.ops.quote_name(sequence)])


def _sequences() -> Iterator[tuple[str, str]]:
    """Tables that number their rows, each with what counts for it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_sequence")
            yield from ((name, name) for (name,) in cursor.fetchall())
            return
        for table in all_tables():
            for one in connection.introspection.get_sequences(cursor, table):
                yield table, one["name"]
