"""How much is owed: `count(kind)`, for pages and programs."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.utils import timezone

from outbox.models import OwedWork, kinds_of_work


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed of one kind; every row is in one of the five numbers."""

    kind: type[OwedWork]
    waiting: int
    being_delivered: int
    # Failed, and tried again later.
    again: int
    # Not due yet.
    later: int
    parked: int
    # When the oldest that waits was due.
    oldest: dt.datetime | None

    @property
    def label(self) -> str:
        """How it is called in an address: "search.staleasset"."""
        return self.kind._meta.label_lower

    @property
    def name(self) -> str:
        return str(self.kind._meta.verbose_name_plural).capitalize()

    @property
    def waited(self) -> dt.timedelta:
        """How long the oldest that is due has waited."""
        return timezone.now() - self.oldest if self.oldest else dt.timedelta(0)

    @property
    def anything(self) -> bool:
        return bool(self.waiting or self.being_delivered or self.again or self.later or self.parked)


def count(kind: type[OwedWork]) -> Owed:
    """One question to the database."""
    now = timezone.now()
    open_ = Q(parked_at__isnull=True)
    held = open_ & Q(claimed_until__gt=now)
    free = open_ & (Q(claimed_until__isnull=True) | Q(claimed_until__lte=now))
    due, later = free & Q(due_at__lte=now), free & Q(due_at__gt=now)
    found = kind.objects.aggregate(
        waiting=Count("pk", filter=due),
        being_delivered=Count("pk", filter=held),
        again=Count("pk", filter=later & Q(attempts__gt=0)),
        later=Count("pk", filter=later & Q(attempts=0)),
        parked=Count("pk", filter=Q(parked_at__isnull=False)),
        oldest=Min("due_at", filter=due),
    )
    return Owed(kind, **found)


def count_everything() -> list[Owed]:
    return [count(kind) for kind in kinds_of_work()]
