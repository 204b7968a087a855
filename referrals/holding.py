"""Rows that are held until a transaction ends: a person first, and then what is theirs.

So nobody waits for whoever waits for them, and what happens next is worked out from all that was done.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from referrals.models import Person, Referral


def hold_person(number: int | None) -> None:
    """By number; nobody needs no holding."""
    hold_people([] if number is None else [number])


def hold_people(numbers: "Iterable[int] | QuerySet[Any, Any]") -> list[int]:
    """Waits for each; the numbers of those who are there."""
    return list(_people(numbers).select_for_update().values_list("pk", flat=True))


def hold_people_at_rest(numbers: "Iterable[int] | QuerySet[Any, Any]") -> list[int]:
    """Waits for nobody: for a round that passes over whom somebody else is at work on, and comes again."""
    return list(_people(numbers).select_for_update(skip_locked=True).values_list("pk", flat=True))


def hold(referral: Referral) -> Referral:
    """As it is now."""
    hold_person(referral.person_id)
    return Referral.objects.select_for_update().get(pk=referral.pk)


def _people(numbers: "Iterable[int] | QuerySet[Any, Any]") -> "QuerySet[Person]":
    return Person.objects.filter(pk__in=numbers).order_by("pk")
