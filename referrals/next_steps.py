"""What happens next for a person, kept with them so that a list of people is one query."""

import datetime as dt

from django.utils import timezone

from referrals.models import NextStep, Person
from referrals.progress import Progress


def keep_next_step(person: Person) -> None:
    """Called with every change of something that it depends on."""
    what, at = next_step(person)
    Person.objects.filter(pk=person.pk).update(next_what=what, next_at=at)
    person.next_what, person.next_at = what, at


def next_step(person: Person) -> tuple[NextStep, dt.date | None]:
    """The most pressing thing, and when it is due."""
    if person.closed_at or person.erased_at:
        return NextStep.NONE, None
    if ring_back := person.ring_backs.promised().first():
        return NextStep.RING_BACK, ring_back.promised_for
    newest = person.referrals.order_by("-progress_at").first()
    if newest is not None and newest.progress == Progress.DECLINED:
        return NextStep.FIND_ANOTHER, timezone.localdate(newest.progress_at)
    if person.conversations.unfinished().exists():
        return NextStep.FINISH, timezone.localdate()
    if waiting := person.referrals.waiting().order_by("next_at").first():
        return NextStep.AWAIT, waiting.next_at
    return NextStep.NONE, None
