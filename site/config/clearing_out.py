"""What was removed goes from the files of the database too, not from its tables alone."""

import logging

from django.apps import apps
from django.db import DatabaseError, connection

log = logging.getLogger(__name__)

# Somebody who reads on, such as a backup, is not waited for longer; the next day tries again.
PATIENCE = 1_000


def clear_out() -> bool:
    """Write over what the database still holds of rows that are gone; false when somebody else was in the way."""
    if connection.in_atomic_block:
        return False
    try:
        return _shorten_the_log() if connection.vendor == "sqlite" else _vacuum()
    except DatabaseError as error:
        log.warning("What was removed could not be cleared out: %s", type(error).__name__)
        return False


def _shorten_the_log() -> bool:
    """Bring what SQLite wrote into its file, where removed rows were written over, and empty the log beside it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        patience = int(cursor.fetchone()[0])
        connection.connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return cursor.fetchone()[0] == 0
        finally:
            connection.connection.execute(f"PRAGMA busy_timeout = {patience}")


def _vacuum() -> bool:
    """Free the room of rows that are gone, in the tables of people."""
    with connection.cursor() as cursor:
        for model in apps.get_app_config("referrals").get_models():
            cursor.execute(f"VACUUM {connection.ops.quote_name(model._meta.db_table)}")
    return True
