"""What was removed is in no file of the database either."""

import pytest
from django.db import connection, connections
from django.db.utils import load_backend

from config.clearing_out import clear_out
from config.environment import database

MARKER = "Zebediah-Quokka"


@pytest.fixture
def own_file(tmp_path, django_db_setup, django_db_blocker):
    """A database file as the settings have it, with nothing in it."""
    kept, given = connections["default"], database("", tmp_path)
    with django_db_blocker.unblock():
        mine = load_backend(given["ENGINE"]).DatabaseWrapper({**kept.settings_dict, **given}, "default")
        connections["default"] = mine
        yield tmp_path
        mine.close()
        connections["default"] = kept


def in_files(folder):
    return any(MARKER.encode() in file.read_bytes() for file in folder.glob("db.sqlite3*"))


def test_what_was_removed_is_in_no_file_of_the_database(own_file):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE said (words text)")
        cursor.executemany("INSERT INTO said VALUES (%s)", [[f"{MARKER} {number}" * 40] for number in range(200)])
        assert in_files(own_file)
        cursor.execute("DELETE FROM said")
    assert clear_out()
    assert not in_files(own_file)


@pytest.mark.django_db(transaction=True)
def test_both_databases_are_cleared_out():
    assert clear_out()


@pytest.mark.django_db
def test_inside_a_transaction_it_waits_for_another_day():
    assert not clear_out()
