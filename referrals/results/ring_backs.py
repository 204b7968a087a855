"""Promises to ring somebody back: made, made again with a reason, and kept."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.words import day_in_words
from referrals.holding import hold_person
from referrals.models import Person, Result, RingBack
from referrals.next_steps import keep_next_step
from referrals.progress import ReferralProblem
from referrals.results.questions import Ring
from referrals.working_days import is_working_day, working_days_after

# Nobody is put off for longer at a time.
FURTHEST = dt.timedelta(days=28)


class AlreadyDone(ReferralProblem):
    """They were rung."""


class NotADay(ReferralProblem):
    """Nobody can be promised a call on that day."""


def promise_ring_back(person: Person, *, result: Result, ring: str = "", number: str = "") -> RingBack:
    """Promise a call in so many working days; an answer that is changed brings no second one."""
    made, _new = RingBack.objects.get_or_create(
        person=person,
        result=result,
        done_at=None,
        defaults={"promised_for": working_days_after(timezone.localdate(), settings.RING_BACK_DAYS)},
    )
    if said := _asked_for(ring, number):
        _add_words(made, said)
        made.save(update_fields=["words"])
    return made


@transaction.atomic
def promise_again(ring_back: RingBack, *, day: dt.date, why: str, by: Any) -> RingBack:
    """Another day, with the reason; the same day again changes nothing. Raises NotADay and AlreadyDone."""
    today = timezone.localdate()
    if not today <= day <= today + FURTHEST or not is_working_day(day):
        raise NotADay(_("Choose a working day within four weeks from today."))
    locked = _open(ring_back)
    if locked.promised_for == day:
        return locked
    told = {"was": day_in_words(locked.promised_for), "day": day_in_words(day), "why": why.strip()}
    _add_words(locked, _("Promised for %(was)s, now for %(day)s: %(why)s") % told)
    locked.promised_for = day
    locked.save(update_fields=["promised_for", "words"])
    keep_next_step(locked.person)
    return locked


@transaction.atomic
def mark_done(ring_back: RingBack, *, words: str, by: Any) -> RingBack:
    """They were rung, and this was said. Raises AlreadyDone."""
    locked = _open(ring_back)
    _add_words(locked, words.strip())
    locked.done_at, locked.done_by = timezone.now(), by
    locked.save(update_fields=["done_at", "done_by", "words"])
    keep_next_step(locked.person)
    return locked


def _open(ring_back: RingBack) -> RingBack:
    hold_person(ring_back.person_id)
    locked: RingBack = RingBack.objects.select_for_update(of=("self",)).select_related("person").get(pk=ring_back.pk)
    if locked.done_at:
        raise AlreadyDone(_("They have been rung already. Nothing was changed."))
    return locked


def _add_words(ring_back: RingBack, said: str) -> None:
    if said not in ring_back.words.splitlines():
        ring_back.words = f"{ring_back.words}\n{said}".strip()


def _asked_for(ring: str, number: str) -> str:
    if ring == Ring.NO:
        return _("They said that nobody needs to ring.")
    if ring == Ring.YES:
        return _("They asked to be rung on %(number)s.") % {"number": number} if number else _("They asked to be rung.")
    return ""


def promise_in_words(ring_back: RingBack, today: dt.date) -> str:
    """“Overdue: promised for Friday 27 November”."""
    day = day_in_words(ring_back.promised_for)
    if ring_back.promised_for < today:
        return _("Overdue: promised for %(day)s") % {"day": day}
    if ring_back.promised_for == today:
        return _("Promised for today")
    return _("Promised for %(day)s") % {"day": day}
