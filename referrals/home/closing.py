"""Saying that there is no more to do: about what was declined, or at all; and opening somebody's record again."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access_events import record_look
from referrals.home.problems import StillOpen
from referrals.models import Person
from referrals.next_steps import keep_next_step


def what_is_open(person: Person) -> list[str]:
    """What still has to be done, as sentences; what others go on doing holds nobody up."""
    found = []
    if count := person.ring_backs.promised().count():
        words = ngettext("%(n)s ring-back is promised.", "%(n)s ring-backs are promised.", count)
        found.append(words % {"n": count})
    if count := person.referrals.waiting().count():
        words = ngettext("%(n)s referral has no answer yet.", "%(n)s referrals have no answer yet.", count)
        found.append(words % {"n": count})
    if count := person.conversations.unfinished().count():
        words = ngettext("%(n)s conversation is not finished.", "%(n)s conversations are not finished.", count)
        found.append(words % {"n": count})
    return found


@transaction.atomic
def close_person(person: Person, *, by: Any) -> Person:
    """There is no more to do. Raises StillOpen while there is."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if still := what_is_open(person):
        raise StillOpen(" ".join([_("Not yet."), *still]))
    if person.closed_at is None:
        person.closed_at = timezone.now()
        person.save(update_fields=["closed_at"])
        record_look(by, what="closed", whose=person, why="own-work")
        keep_next_step(person)
    return person


@transaction.atomic
def reopen_person(person: Person, *, by: Any) -> Person:
    """Something goes on again. The person is held until the transaction ends."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.closed_at is not None:
        person.closed_at = None
        person.save(update_fields=["closed_at"])
        record_look(by, what="reopened", whose=person, why="own-work")
        keep_next_step(person)
    return person


@transaction.atomic
def settle_person(person: Person, *, by: Any) -> Person:
    """They know what else there is, or want nothing: what was declined until now asks for nothing any more."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    person.settled_at = timezone.now()
    person.save(update_fields=["settled_at"])
    record_look(by, what="settled", whose=person, why="own-work")
    keep_next_step(person)
    return person
