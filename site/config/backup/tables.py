"""The tables of the database as rows of plain values, which read the same on both databases."""

import base64
import contextlib
import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from config.backup.archive import PART_BYTES
from config.backup.manifest import TableSaid
from config.backup.problems import BackupProblem

AT_ONCE = 1_000
# A backup that is found is not a way in, and what was used once is not usable again.
LEFT_OUT = {
    "django_migrations": "the manifest names the migrations",
    "django_session": "everybody signs in again",
    "usersessions_usersession": "everybody signs in again",
    "accounts_onetimelink": "links that were sent no longer open an account",
    "accounts_once": "it is of no use by then",
    "accounts_wrongtries": "it is of no use by then",
    "outbox_worker": "workers say themselves that they are there",
    "wagtailsearch_indexentry": "restore makes it anew (update_index)",
}
# Wagtail's own index of words on SQLite, a table of tables.
LEFT_OUT_BY_BEGINNING = "wagtailsearch_indexentry_fts"


@contextlib.contextmanager
def snapshot() -> Iterator[None]:
    """The database as it is at this moment, for as long as this lasts; whoever writes goes on."""
    if connection.in_atomic_block:
        raise BackupProblem("A backup cannot be made inside a transaction.")
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        # Not `atomic()`, which would keep others from writing; the snapshot begins with what is read first.
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT count(*) FROM sqlite_master")
            yield
        finally:
            cursor.execute("ROLLBACK")


def is_left_out(table: str) -> bool:
    return table in LEFT_OUT or table.startswith(LEFT_OUT_BY_BEGINNING)


def all_tables() -> list[str]:
    """Every table of the database, in the order of the alphabet."""
    with connection.cursor() as cursor:
        return sorted(one.name for one in connection.introspection.get_table_list(cursor) if one.type in ("t", "p"))


def made_by_migrations() -> set[str]:
    """The tables that stand behind the models which the migrations of this database made."""
    loader = MigrationLoader(connection)
    applied = [key for key in loader.graph.nodes if key in loader.applied_migrations]
    models = loader.project_state(applied).apps.get_models(include_auto_created=True)
    return {model._meta.db_table for model in models if model._meta.managed and not model._meta.proxy}


def table_said(table: str) -> TableSaid:
    """The columns of a table as the database tells them, each with Django's name for its kind."""
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    return TableSaid([(column.name, _kind(column)) for column in described])


def _kind(column: Any) -> str:
    with contextlib.suppress(KeyError):
        return str(connection.introspection.get_field_type(column.type_code, column))
    return "TextField"


def parts_of(table: str, said: TableSaid) -> Iterator[bytes]:
    """The rows of a table, one JSON list a line, in parts that fit into memory; counts them into `said`."""
    part = bytearray()
    for row in _rows(table, said):
        part += json.dumps([plain(value) for value in row], ensure_ascii=False, separators=(",", ":")).encode()
        part += b"\n"
        said.rows += 1
        if len(part) >= PART_BYTES:
            yield bytes(part)
            part.clear()
    if part:
        yield bytes(part)


def _rows(table: str, said: TableSaid) -> Iterator[tuple]:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(name) for name, _kind in said.columns)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {quote(table)}")  # noqa: S608  # names that the database told
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows


def plain(value: Any) -> Any:
    """A value of either database as JSON has it: dates by ISO 8601, times in UTC, bytes in base 64."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case dt.datetime():
            return (value if value.tzinfo else value.replace(tzinfo=dt.UTC)).astimezone(dt.UTC).isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta():
            return value // dt.timedelta(microseconds=1)
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
        case _:
            # Decimals, UUIDs, and what PostgreSQL has a kind of its own for, such as addresses of a network.
            return str(value)


def numbers_given() -> dict[str, int]:
    """The highest number that each table has given to a row, be that row there or gone."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            return {name: given for name, given in cursor.fetchall() if not is_left_out(name)}
        found = {}
        for table in all_tables():
            for one in connection.introspection.get_sequences(cursor, table):
                cursor.execute(f"SELECT last_value, is_called FROM {connection.ops.quote_name(one['name'])}")  # noqa: S608
                given, is_called = cursor.fetchone()
                if is_called and not is_left_out(table):
                    found[table] = given
        return found
