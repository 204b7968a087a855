"""Delivers owed work, and puts off what fails."""

import logging

from django.apps import apps
from django.db.models import F
from django.utils import timezone

from outbox.models import FIRST_WAIT, OwedWork

log = logging.getLogger(__name__)


def kinds_of_work() -> list[type[OwedWork]]:
    """Every model that is owed work."""
    return [model for model in apps.get_models() if issubclass(model, OwedWork)]


def deliver_due(kind: type[OwedWork]) -> int:
    """Deliver what is due of one kind; the number delivered. A failure is kept with its reason, and tried later."""
    owed = list(kind.objects.due(timezone.now())[: kind.at_once])
    if not owed:
        return 0
    try:
        kind.deliver_many(owed)
    except Exception as error:  # whatever went wrong outside, the work stays owed
        put_off(kind, owed, because=error)
        return 0
    kind.objects.filter(pk__in=[row.pk for row in owed]).delete()
    return len(owed)


def put_off(kind: type[OwedWork], owed: list[OwedWork], *, because: Exception) -> None:
    """Try these again later: after five seconds, then twice as long each time, up to its longest."""
    log.warning("%s of %s could not be delivered: %s", len(owed), kind.__name__, type(because).__name__)
    attempts = max(row.attempts for row in owed)
    wait = min(FIRST_WAIT * 2 ** min(attempts, 12), kind.longest_wait)
    kind.objects.filter(pk__in=[row.pk for row in owed]).update(
        attempts=F("attempts") + 1, due_at=timezone.now() + wait, last_error=str(because)[:500]
    )


def deliver_everything_due() -> int:
    """One round over every kind of owed work."""
    return sum(deliver_due(kind) for kind in kinds_of_work())
