"""Writes down every look at something of a person, before it is given."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, Model, OuterRef
from django.http import HttpRequest
from django.utils import timezone

from accounts.access_events import AccessEvent, record_look
from accounts.rules import is_administrator, is_coordinator, is_provider_member
from referrals.keeping.purposes import purpose_said
from referrals.models import Cover, Person
from referrals.seeing import of_patches, of_teams

OVERSIGHT = "oversight"


def look(request: HttpRequest, record: Model | type[Model], *, what: str, why: str = "") -> AccessEvent:
    """`record`: what is shown, or its kind for a list. `what` and `why` are code words; why, when left out, is how
    somebody comes to see it. Whoever oversees is asked for a purpose first: PurposeNeeded leads there."""
    return record_look(request, what=what, whose=record, why=why or reason(request, record))


def look_at_each(request: HttpRequest, records: Sequence[Model], *, what: str) -> None:
    """The same for what is shown together: all the looks, or none until a purpose is given."""
    for record, why in [(record, reason(request, record)) for record in records]:
        record_look(request, what=what, whose=record, why=why)


def reason(request: HttpRequest, record: Model | type[Model]) -> str:
    how, person = standing(request.user, record), person_of(record)
    return purpose_said(request, person.key) if how == OVERSIGHT and person is not None else how


def standing(user: Any, record: Model | type[Model]) -> str:
    """How somebody comes to see a record: "own", "covering", "own-team", "own-patch", "oversight", "own-provider" or
    "no-account"; for a kind of record, "own-people"."""
    person = person_of(record)
    if is_coordinator(user):
        if person is None:
            return "own-people"
        if how := _looked_after(user, person):
            return how
    if is_administrator(user):
        return OVERSIGHT
    return "own-provider" if is_provider_member(user) else "no-account"


def _looked_after(user: Any, person: Any) -> str:
    """How a coordinator comes to look after a person; blank when they do not."""
    if person.coordinator_id == user.pk:
        return "own"
    covered = Cover.objects.today(timezone.localdate()).filter(by=user, away=OuterRef("coordinator"))
    found = Person.objects.filter(pk=person.pk).annotate(covering=Exists(covered))
    if found.filter(covering=True).exists():
        return "covering"
    if found.filter(of_teams(user)).exists():
        return "own-team"
    return "own-patch" if found.filter(of_patches(user)).exists() else ""


def person_of(record: Any) -> Any:
    """The person that a record is about, whichever record it is; nobody for a kind."""
    if not isinstance(record, Model):
        return None
    if record._meta.label_lower == "referrals.person":
        return record
    for name in ("person", "conversation", "referral"):
        if getattr(record, f"{name}_id", None) is not None:
            return person_of(getattr(record, name))
    return None
