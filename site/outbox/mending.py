"""What a person does about work that could not be delivered: try it again, or give it up."""

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.log_actions import log

from outbox.models import OwedWork, ParkedNotice

RETRIED = "outbox.retry"
GIVEN_UP = "outbox.give_up"


class WordsMissing(ValueError):
    """Nothing is given up without a reason."""


@transaction.atomic
def retry(kind: type[OwedWork], *, by: Model, only: int | None = None) -> int:
    """Let what is parked of one kind, or one row of it, be tried from the beginning; how many."""
    parked = kind.objects.parked()
    rows = list(parked.filter(pk=only) if only is not None else parked)
    for row in rows:
        log(instance=row, action=RETRIED, user=by)
    kind.objects.filter(pk__in=[row.pk for row in rows]).update(parked_at=None, attempts=0, due_at=timezone.now())
    ParkedNotice.start_anew()
    return len(rows)


@transaction.atomic
def give_up(row: OwedWork, *, because: str, by: Model) -> None:
    """Take a parked row away undelivered. Who did it, when and why stays in the site's history."""
    if not because.strip():
        raise WordsMissing("Say why it is given up.")
    log(instance=row, action=GIVEN_UP, user=by, data={"because": because.strip()})
    row.delete()
    ParkedNotice.start_anew()
