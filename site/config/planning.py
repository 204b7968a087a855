"""What PostgreSQL is told when a connection begins, so that it plans for disks of today."""

from typing import Any


def plan_for_quick_disks(*, connection: Any, **_signal: Any) -> None:
    """A row elsewhere costs little more than the next one. PostgreSQL's own 4 is of disks that turn: it reads a whole
    table to spare itself a thousand rows. Not an option of the address: poolers refuse those that they do not know."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET random_page_cost = 1.1")
