"""Whether an installation is empty, and making it so again when restoring failed half-way.

A table of this name stands while a backup is being restored: what a killed restore left behind is known by it.
"""

from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db import connection

from config.backup.filling import has_rows
from config.backup.problems import NotEmpty
from config.backup.tables import all_tables, is_left_out

MARK = "hereabouts_restoring"
# What migrations lay by themselves; whatever people enter leaves rows elsewhere too.
LAID = {
    "auth_group", "auth_group_permissions", "auth_permission", "django_content_type", "django_migrations",
    "wagtailcore_collection", "wagtailcore_groupapprovaltask", "wagtailcore_groupapprovaltask_groups",
    "wagtailcore_groupcollectionpermission", "wagtailcore_grouppagepermission", "wagtailcore_locale",
    "wagtailcore_page", "wagtailcore_site", "wagtailcore_task", "wagtailcore_workflow", "wagtailcore_workflowpage",
    "wagtailcore_workflowtask", "website_homepage",
}  # fmt: skip


def check_empty() -> None:
    """Raise `NotEmpty`, saying what is there. What a killed restore left is taken away first."""
    if MARK in all_tables():
        empty_again(list(stored("")))
    tables = set(all_tables())
    strange = sorted(tables - set(connection.introspection.django_table_names()) - LAID)
    if found := [name for name in strange if not is_left_out(name)]:
        raise NotEmpty(f"The database holds a table that is not Hereabouts' own: {found[0]}. Give it one of its own.")
    if found := [name for name in sorted(tables - LAID) if not is_left_out(name) and has_rows(name)]:
        raise NotEmpty(
            f"This installation is not empty: {found[0]} has rows, and so have {len(found) - 1} other tables. "
            "A backup is restored into an empty installation only: a new database, and a new data folder."
        )
    if name := next(stored(""), ""):
        raise NotEmpty(f"The folder of uploads is not empty: it holds {name}. Give it an empty one.")


def stored(folder: str) -> Iterator[str]:
    """The names of all uploads, folder after folder."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in sorted(files) if name)
    for name in sorted(folders):
        yield from stored(f"{folder}{name}/")


def begin() -> None:
    """From here until `done`, the database is one that is being restored."""
    _drop_everything()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {MARK} (since integer)")


def done() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {MARK}")


def empty_again(uploads: list[str]) -> None:
    """Leave no table and none of these uploads."""
    _drop_everything()
    for name in uploads:
        default_storage.delete(name)


def _drop_everything() -> None:
    """Every table of the database; only ever called on one that is empty, or that is being restored."""
    if connection.vendor == "sqlite":
        _drop_on_sqlite()
        return
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if tables := all_tables():
            cursor.execute(f"DROP TABLE {', '.join(quote(name) for name in tables)} CASCADE")
        # What triggers call; what belongs to an extension stays.
        cursor.execute(
            "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
            " AND prorettype = 'trigger'::regtype"
            " AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {name}")


def _drop_on_sqlite() -> None:
    """Tables of tables first: those that they are made of go with them."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        for kind in ("CREATE VIRTUAL%%", "CREATE TABLE%%"):
            cursor.execute(
                f"SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '{kind}'"  # noqa: S608
                " AND name NOT LIKE 'sqlite_%%'",
                [],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)}")
        cursor.execute("PRAGMA foreign_keys = ON")
