"""Removes records of people, each in the transaction that counts it: only the counts stay.

What is sealed is never opened for it, so that it goes in its time also when a key was lost.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from referrals.models import (
    Consent,
    Conversation,
    Offer,
    Person,
    Referral,
    ReferralCount,
    ReferralEvent,
    Result,
    RingBack,
)
from referrals.next_steps import keep_next_steps

What = ReferralCount.What


class Counted(NamedTuple):
    """Where one more is counted."""

    month: dt.date
    council_id: int | None
    asset_id: int
    what: str
    code: str


@transaction.atomic
def forget_people(people: QuerySet[Person]) -> None:
    """These, and everything that was kept of them."""
    pks = list(people.values_list("pk", flat=True))
    forget_referrals(Referral.objects.filter(person__in=pks))
    forget_conversations(Conversation.objects.filter(person__in=pks))
    for rows in (Consent.objects.filter(person__in=pks), RingBack.objects.filter(person__in=pks)):
        _remove(rows)
    _remove(Person.objects.filter(pk__in=pks))


@transaction.atomic
def forget_conversations(conversations: QuerySet[Conversation]) -> None:
    """These, and what was offered in them."""
    pks = list(conversations.values_list("pk", flat=True))
    gone = Conversation.objects.filter(pk__in=pks)
    count(
        Counted(month_of(on), council, 0, What.CONVERSATION, kind)
        for on, council, kind in gone.values_list("held_on", "person__council", "kind")
    )
    offers = Offer.objects.filter(conversation__in=pks).values_list(
        "at", "conversation__person__council", "asset", "state"
    )
    count(Counted(month_of(at), council, asset or 0, What.OFFER, state) for at, council, asset, state in offers)
    _remove(Offer.objects.filter(conversation__in=pks))
    _remove(gone)


@transaction.atomic
def forget_referrals(referrals: QuerySet[Referral]) -> None:
    """These, and what became of them."""
    pks = list(referrals.values_list("pk", flat=True))
    gone = Referral.objects.filter(pk__in=pks)
    forget_results(Result.objects.filter(referral__in=pks))
    count(one for referral in gone.defer("needs") for one in _said_of(referral))
    people = set(gone.exclude(person=None).values_list("person", flat=True))
    _remove(ReferralEvent.objects.filter(referral__in=pks))
    _remove(gone)
    keep_next_steps(people)


@transaction.atomic
def forget_results(results: QuerySet[Result]) -> None:
    pks = list(results.values_list("pk", flat=True))
    gone = Result.objects.filter(pk__in=pks)
    said = gone.values_list("at", "referral__council", "referral__asset", "answer")
    count(Counted(month_of(at), council, asset or 0, What.RESULT, answer) for at, council, asset, answer in said)
    _remove(gone)


def _remove(rows: QuerySet[Any]) -> None:
    """By number alone."""
    rows.only("pk").delete()


def _said_of(referral: Referral) -> Iterator[Counted]:
    """By the month in which it was made."""
    about = month_of(referral.made_at), referral.council_id, referral.asset_id or 0
    yield Counted(*about, What.REFERRAL, referral.progress)
    yield Counted(*about, What.SOURCE, referral.source)
    if referral.decline_reason:
        yield Counted(*about, What.DECLINE, referral.decline_reason)


def month_of(when: dt.datetime | dt.date) -> dt.date:
    day = timezone.localdate(when) if isinstance(when, dt.datetime) else when
    return day.replace(day=1)


def count(seen: Iterable[Counted]) -> None:
    """One more for each."""
    for one, times in sorted(Counter(seen).items(), key=repr):
        row, _made = ReferralCount.objects.get_or_create(**one._asdict())
        ReferralCount.objects.filter(pk=row.pk).update(count=F("count") + times)
