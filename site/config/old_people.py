"""What has been kept too long of people: for each rule of `config.retention_of_people`, the rows that may go."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from referrals.models import (
    AnswerLink,
    Consent,
    Conversation,
    ErasedRecord,
    Person,
    ProviderToRing,
    Referral,
    Result,
    RingBack,
)
from referrals.progress import OPEN, Progress

Rows = QuerySet[Any]
DAY = dt.timedelta(days=1)
MONTH = dt.timedelta(days=30.5)


def _ended(now: dt.datetime, progress: Progress, months: int) -> list[Rows]:
    to_ring = ProviderToRing.objects.to_do().order_by().values("referral")
    return [Referral.objects.filter(progress=progress, progress_at__lt=now - months * MONTH).exclude(pk__in=to_ring)]


def referrals_ended(now: dt.datetime) -> list[Rows]:
    return _ended(now, Progress.ENDED, 13)


def referrals_declined(now: dt.datetime) -> list[Rows]:
    return _ended(now, Progress.DECLINED, 6)


def referrals_withdrawn(now: dt.datetime) -> list[Rows]:
    return _ended(now, Progress.WITHDRAWN, 3)


def referrals_in_error(now: dt.datetime) -> list[Rows]:
    return _ended(now, Progress.ENTERED_IN_ERROR, 1)


def referrals_not_sent(now: dt.datetime) -> list[Rows]:
    return _ended(now, Progress.DRAFT, 3)


def referrals_standing_still(now: dt.datetime) -> list[Rows]:
    still = OPEN - {Progress.DRAFT}
    return [Referral.objects.filter(progress__in=still, progress_at__lt=now - 24 * MONTH)]


def conversations(now: dt.datetime) -> list[Rows]:
    return [Conversation.objects.filter(saved_at__lt=now - 36 * MONTH)]


def ring_backs(now: dt.datetime) -> list[Rows]:
    return [RingBack.objects.filter(done_at__lt=now - 13 * MONTH)]


def answer_links(now: dt.datetime) -> list[Rows]:
    return [AnswerLink.objects.filter(expires_at__lt=now - 30 * DAY)]


def consents(now: dt.datetime) -> list[Rows]:
    """Taken back, with no referral left that stood on it."""
    still = Exists(Referral.objects.filter(consent=OuterRef("pk")))
    return [Consent.objects.filter(~still, withdrawn_at__lt=now - 13 * MONTH)]


def people(now: dt.datetime) -> list[Rows]:
    """With nothing open, 13 months after the last that happened; and whatever stands open, after three years."""
    going_on = Exists(Referral.objects.filter(person=OuterRef("pk"), progress__in=OPEN))
    promised = Exists(RingBack.objects.filter(person=OuterRef("pk"), done_at=None))
    for_long = Q(pk__in=_quiet_since(now - 36 * MONTH).values("pk"))
    return [_quiet_since(now - 13 * MONTH).filter(for_long | Q(~going_on, ~promised))]


def erased(now: dt.datetime) -> list[Rows]:
    return [Person.objects.filter(erased_at__lt=now - 30 * DAY)]


def erased_records(now: dt.datetime) -> list[Rows]:
    return [ErasedRecord.objects.past_keeping(now)]


def _quiet_since(when: dt.datetime) -> Rows:
    """People of whom nothing was written down from then on."""
    mine = {"person": OuterRef("pk")}
    since = (
        Conversation.objects.filter(**mine, saved_at__gte=when),
        Referral.objects.filter(Q(progress_at__gte=when) | Q(ended_at__gte=when), **mine),
        Result.objects.filter(referral__person=OuterRef("pk"), at__gte=when),
        Consent.objects.filter(Q(given_at__gte=when) | Q(withdrawn_at__gte=when), **mine),
        RingBack.objects.filter(Q(made_at__gte=when) | Q(done_at__gte=when), **mine),
    )
    found = Person.objects.filter(created_at__lt=when, erased_at=None)
    for rows in since:
        found = found.filter(~Exists(rows))
    return found
