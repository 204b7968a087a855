"""Reminds of referrals that nobody has answered: the provider; then the coordinator too; then those who run the site.

The days count from when it was sent, for the person waits from then on; whether it was opened changes nothing.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from referrals.holding import hold_people_at_rest
from referrals.models import MessageKind, OwedMessage, Referral
from referrals.next_steps import keep_next_steps
from referrals.progress import Progress
from referrals.working_days import is_working_day, working_days_after

AT_ONCE = 1_000
# Nobody is reminded at night.
HOURS = range(8, 18)
# What is owed at the first, the second and the third time.
OWED = (
    (MessageKind.PROVIDER_CHASED,),
    (MessageKind.PROVIDER_CHASED, MessageKind.STILL_WAITING),
    (MessageKind.NOT_ANSWERED,),
)


def chase(now: dt.datetime | None = None) -> int:
    """Owe what is due to be said today; of how many referrals."""
    now = timezone.localtime(now)
    if not is_working_day(now.date()) or now.hour not in HOURS:
        return 0
    return sum(iter(lambda: chase_some(now.date()), 0))


@transaction.atomic
def chase_some(today: dt.date) -> int:
    due = Referral.objects.waiting().filter(next_at__lte=today, chased__lt=len(OWED))
    # Whoever opens it today is not hurried today.
    due = due.exclude(progress=Progress.SEEN, progress_at__date=today)
    people = hold_people_at_rest(due.order_by("next_at", "pk").values("person")[:AT_ONCE])
    locked = due.filter(person__in=people).select_for_update(skip_locked=True).order_by("next_at", "pk")
    # Not the whole rows: what is shared would be unsealed.
    found = list(locked.values_list("pk", "chased", "person")[:AT_ONCE])
    OwedMessage.objects.bulk_create(
        OwedMessage(kind=kind, referral_id=pk) for pk, chased, _person in found for kind in OWED[chased]
    )
    for chased in range(len(OWED)):
        of_these = Referral.objects.filter(pk__in=[pk for pk, before, _person in found if before == chased])
        of_these.update(chased=F("chased") + 1, next_at=next_chase(today, chased))
    keep_next_steps(person for _pk, _chased, person in found)
    return len(found)


def next_chase(today: dt.date, chased: int) -> dt.date | None:
    """As many working days on as lie between this time and the next; after the last, never."""
    if chased + 1 == len(OWED):
        return None
    return working_days_after(today, settings.CHASE_DAYS[chased + 1] - settings.CHASE_DAYS[chased])
