"""Writes down every look at something of a person, before it is given."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from accounts.access_events import AccessEvent, record_look
from accounts.rules import is_administrator, is_coordinator, is_provider_member


def look(request: HttpRequest, record: Model | type[Model], *, what: str, why: str = "") -> AccessEvent:
    """`record`: what is shown, or its kind for a list. `what` and `why` are code words; why, when left out, is how
    somebody comes to see it."""
    return record_look(request, what=what, whose=record, why=why or standing(request.user, record))


def standing(user: Any, record: Model | type[Model]) -> str:
    """How somebody comes to see a record: "own", "own-team-or-patch", "own-provider" or "oversight"."""
    person = person_of(record)
    if person is not None and user.pk is not None and person.coordinator_id == user.pk:
        return "own"
    if is_coordinator(user):
        return "own-team-or-patch"
    if is_administrator(user):
        return "oversight"
    return "own-provider" if is_provider_member(user) else "no-account"


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
