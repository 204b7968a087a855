"""Whether this process can answer people: for whoever sends it requests."""

import logging
from collections.abc import Callable

from django.db import connection

from assets_map.gazetteer import gazetteer
from config.health import migrations
from search.engines import find
from search.query import AssetQuery

log = logging.getLogger(__name__)


def ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


class MigrationsApplied:
    """Asked until they are; this process's program does not change after that."""

    def __init__(self) -> None:
        self._applied = False

    def __call__(self) -> None:
        if not self._applied and migrations.pending():
            raise LookupError
        self._applied = True


def ask_search() -> None:
    """By whichever engine answers now: with none of them well, the database does, more plainly."""
    find(AssetQuery(page_size=1))


CHECKS: dict[str, Callable[[], object]] = {
    "database": ask_database,
    "migrations": MigrationsApplied(),
    "postcodes": gazetteer,
    "search": ask_search,
}


def readiness() -> dict[str, bool]:
    """Each part that an answer needs, and whether it is there."""
    return {name: _holds(name, check) for name, check in CHECKS.items()}


def _holds(name: str, check: Callable[[], object]) -> bool:
    try:
        check()
    except Exception as error:  # whatever is broken is what is asked for
        log.warning("Not ready: %s (%s).", name, type(error).__name__)
        return False
    return True
