"""Removes records of people, each in the transaction that counts it: only the counts stay."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from referrals.models import Conversation, Offer, Person, Referral, ReferralCount, Result
from referrals.next_steps import keep_next_step

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
    Person.objects.filter(pk__in=pks).delete()


@transaction.atomic
def forget_conversations(conversations: QuerySet[Conversation]) -> None:
    """These, and what was offered in them."""
    pks = list(conversations.values_list("pk", flat=True))
    gone = Conversation.objects.filter(pk__in=pks)
    count(Counted(month_of(one.held_on), one.person.council_id, 0, What.CONVERSATION, one.kind)
          for one in gone.select_related("person"))  # fmt: skip
    count(
        Counted(month_of(one.at), one.conversation.person.council_id, one.asset_id or 0, What.OFFER, one.state)
        for one in Offer.objects.filter(conversation__in=pks).select_related("conversation__person")
    )
    gone.delete()


@transaction.atomic
def forget_referrals(referrals: QuerySet[Referral]) -> None:
    """These, and what became of them."""
    pks = list(referrals.values_list("pk", flat=True))
    gone = Referral.objects.filter(pk__in=pks)
    forget_results(Result.objects.filter(referral__in=pks))
    count(one for referral in gone for one in _said_of(referral))
    people = list(Person.objects.filter(referrals__in=pks).distinct())
    gone.delete()
    for person in people:
        keep_next_step(person)


@transaction.atomic
def forget_results(results: QuerySet[Result]) -> None:
    pks = list(results.values_list("pk", flat=True))
    gone = Result.objects.filter(pk__in=pks)
    count(
        Counted(month_of(one.at), one.referral.council_id, one.referral.asset_id or 0, What.RESULT, one.answer)
        for one in gone.select_related("referral")
    )
    gone.delete()


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
