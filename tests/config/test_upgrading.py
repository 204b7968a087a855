"""A new version is installed: what is due is done after a backup, and said; what fails leaves a way back."""

import pytest
from django.db import connection

from tests.config.installations import drop, migrated_installation, new_installation

pytestmark = pytest.mark.django_db(transaction=True)


def unrecord(installation, app, name):
    """Let a database forget that a migration was applied."""
    said = f"DELETE FROM django_migrations WHERE app = '{app}' AND name LIKE '{name}%'"
    if connection.vendor == "sqlite":
        import sqlite3

        with sqlite3.connect(installation.folder / "db.sqlite3") as database:
            database.execute(said)
        return
    import psycopg

    with psycopg.connect(installation.database_url, autocommit=True) as database:
        database.execute(said)


@pytest.fixture
def installation(tmp_path):
    yield migrated_installation(tmp_path / "upgraded", "upgraded")
    drop("upgraded")


@pytest.fixture
def empty(tmp_path):
    yield new_installation(tmp_path / "empty", "upgraded_empty")
    drop("upgraded_empty")


def backups(installation):
    return list((installation.folder / "backups").glob("*.tar.gz"))


def test_an_empty_database_is_laid_without_a_backup(empty):
    code, said = empty.run("upgrade")
    assert code == 0, said
    assert "The database is empty, so there is nothing to back up." in said
    assert "The search index is built." in said
    assert backups(empty) == []


def test_an_older_one_is_backed_up_migrated_and_given_an_index(installation):
    # One that does no harm when it is done again.
    unrecord(installation, "wagtailredirects", "0008")
    (installation.folder / "backups").write_text("not a folder")
    code, said = installation.run("upgrade")
    assert code == 1
    assert "No backup could be made, and so nothing was changed." in said
    (installation.folder / "backups").unlink()
    code, said = installation.run("upgrade")
    assert code == 0, said
    [file] = backups(installation)
    assert f"Wrote {file}" in said
    assert "Migrated the database: wagtailredirects.0008" in said
    assert "The search index is built." in said


def test_a_migration_that_fails_says_what_holds_and_how_to_go_back(installation):
    # What it is to take away is gone already.
    unrecord(installation, "search", "0010")
    code, said = installation.run("upgrade")
    assert code == 1, said
    assert "The migration search.0010" in said
    assert "0 of 1 migrations are applied" in said
    [file] = backups(installation)
    assert str(file) in said


def test_settings_that_are_not_right_stop_it_first(installation):
    code, said = installation.run("upgrade", DJANGO_SETTINGS_MODULE="config.settings.production", SECRET_KEY="short")
    assert code == 1
    assert "The settings are not right, and nothing was changed:" in said
    assert "SECRET_KEY is missing or shorter than 40 characters." in said
