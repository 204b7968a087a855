"""Delivers owed work, and puts off what fails."""

from collections.abc import Callable
from typing import cast

from django.utils.translation import gettext as _

from outbox import request_id
from outbox.claims import Claim, claim, worn_out
from outbox.models import OwedToOthers, OwedWork, kinds_of_work
from outbox.problems import NotDeliverable

# As many requests as a log line can name.
MOST_REQUESTS = 5


def never() -> bool:
    return False


def deliver_due(kind: type[OwedWork], *, stopping: Callable[[], bool] = never) -> int:
    """Deliver what is due of one kind; the number delivered. A failure is kept with its reason, and tried later."""
    held = claim(kind)
    if not held.rows:
        return 0
    with held:
        if issubclass(kind, OwedToOthers):
            return deliver_each(held, stopping)
        return deliver_together(held)


def deliver_together(held: Claim) -> int:
    """All at once: they are delivered, or none is."""
    with request_id.using(requests(held.rows)):
        try:
            held.kind.deliver_many(held.rows)
        except Exception as error:  # whatever went wrong outside, the work stays owed
            held.put_off(held.rows, because=error)
            return 0
        held.settle(held.rows)
    return len(held.rows)


def deliver_each(held: Claim, stopping: Callable[[], bool]) -> int:
    """One after the other, while they are ours and nobody says stop; each is delivered or put off by itself."""
    delivered = 0
    for row in cast(list[OwedToOthers], held.rows):
        if stopping() or not held.holds:
            break
        with request_id.using(row.request_id):
            delivered += deliver_one(held, row)
    return delivered


def deliver_one(held: Claim, row: OwedToOthers) -> bool:
    try:
        if row.claimed_by and worn_out(row, attempts=row.attempts):
            raise NotDeliverable(_("Workers ended without a word again and again while they delivered it."))
        row.deliver()
    except Exception as error:  # whatever went wrong outside, the work stays owed
        held.put_off([row], because=error)
        return False
    held.settle([row])
    return True


def requests(rows: list[OwedWork]) -> str:
    """The requests that owed these, for the log: some of them, when they are many."""
    return ",".join(list(dict.fromkeys(row.request_id for row in rows if row.request_id))[:MOST_REQUESTS])


def deliver_everything_due(
    *, stopping: Callable[[], bool] = never, telling: Callable[[type[OwedWork] | None], None] = lambda _kind: None
) -> int:
    """One round over every kind of owed work; `telling` hears of each before it is begun, and of none at the end."""
    delivered = 0
    for kind in kinds_of_work():
        if stopping():
            break
        telling(kind)
        delivered += deliver_due(kind, stopping=stopping)
    telling(None)
    return delivered
