"""What is done with an answer: `record_result`."""

import datetime as dt
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from referrals.holding import hold_person
from referrals.models import Referral, Result, ResultAsk, RingBack
from referrals.models.results import How
from referrals.next_steps import keep_next_step
from referrals.progress import ReferralProblem
from referrals.results.asking import cancel_asks, stop_asking
from referrals.results.questions import LAST_WORD, is_unhappy
from referrals.results.ring_backs import promise_ring_back

# An answer can be changed for so long.
CHANGED_FOR = dt.timedelta(days=7)
PRESSED_TWICE = dt.timedelta(minutes=10)


class TooLate(ReferralProblem):
    """It was answered too long ago to be changed."""


class NotAskedAnyMore(ReferralProblem):
    """It was taken back, or the person is not known here any more, since the page was made."""


class Answers(NamedTuple):
    """What somebody said. `ring`: yes, no, or nothing said; `number`: where to ring them, if elsewhere than known."""

    answer: str
    statements: dict[str, str]
    words: str = ""
    ring: str = ""
    number: str = ""
    never_again: bool = False


@transaction.atomic
def record_result(
    referral: Referral, answers: Answers, *, via: How, ask: ResultAsk | None = None, taken_by: Any = None
) -> Result:
    """Keep what a person said, once for each ask: said again within a week, it takes the place of what was said.

    Words that are left out change no words. An unhappy answer promises a ring-back. Raises TooLate and NotAskedAnyMore.
    """
    # Whoever answers the same at the same time waits here.
    hold_person(referral.person_id)
    referral = Referral.objects.select_for_update(of=("self",)).select_related("person").get(pk=referral.pk)
    if referral.person is None or (ask and not ResultAsk.objects.filter(pk=ask.pk, cancelled_at=None).exists()):
        raise NotAskedAnyMore(gettext("Nobody asks about this any more. Nothing was kept. You can ring us."))
    result = _standing(referral, answers, ask) or Result(referral=referral, ask=ask)
    if not may_change(result):
        raise TooLate(gettext("You answered this more than a week ago, so it cannot be changed here. You can ring us."))
    result.answer, result.statements, result.via = answers.answer, answers.statements, via
    result.words = answers.words or result.words
    result.taken_by = taken_by or result.taken_by
    result.unhappy = is_unhappy(answers.answer, answers.statements, ring=answers.ring)
    result.full_clean(exclude=["referral", "ask", "taken_by"])
    result.save()
    if ask:
        ResultAsk.objects.filter(pk=ask.pk, answered_at=None).update(answered_at=result.at)
    _follow(referral, result, answers)
    return result


def _standing(referral: Referral, answers: Answers, ask: ResultAsk | None) -> Result | None:
    """What was answered to the ask before; or, where nobody asked, the same from a button that was pressed twice."""
    if ask:
        return Result.objects.filter(ask=ask).first()
    newest = Result.objects.filter(referral=referral, ask=None, at__gt=timezone.now() - PRESSED_TWICE).first()
    same = newest and (newest.answer, newest.statements, newest.words) == answers[:3]
    return newest if same else None


def may_change(result: Result) -> bool:
    return result.pk is None or timezone.now() < result.at + CHANGED_FOR


def _follow(referral: Referral, result: Result, answers: Answers) -> None:
    """What an answer brings with it, in the same transaction."""
    person = referral.person
    if answers.answer in LAST_WORD:
        cancel_asks(referral)
    if person is None:
        return
    if answers.never_again:
        stop_asking(person)
    if result.unhappy:
        promise_ring_back(person, result=result, ring=answers.ring, number=answers.number)
    keep_next_step(person)


def promised(result: Result) -> RingBack | None:
    """The ring-back that an answer brought, if it is still to come."""
    return result.ring_backs.promised().first()  # type: ignore[attr-defined]  # a manager of RingBackQuerySet
