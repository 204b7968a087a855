"""Taking back: a referral, or a yes. Messages stop, the receiver is told, and what was shared is emptied here."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from referrals import messages
from referrals.acts import move_referral
from referrals.messages.forgetting import ask_to_forget
from referrals.models import Consent, MessageKind, Person, Referral, Result, Source, Via
from referrals.models.consents import Purpose
from referrals.next_steps import keep_next_step
from referrals.progress import OPEN, Progress
from referrals.results.asking import cancel_asks_of


@transaction.atomic
def withdraw_referral(referral: Referral, *, via: Via, by: Any = None, words: str) -> Referral:
    """Take one referral back, and with it the yes that it stood on, unless another open one stands on that too."""
    moved = move_referral(referral, to=Progress.WITHDRAWN, via=via, by=by, words=words)
    _empty(moved)
    _end_yes(moved, by=by)
    if via == Via.PERSON:
        messages.owe(MessageKind.COORDINATOR_TOLD, referral=moved)
    _forget_who_asked(moved)
    return moved


@transaction.atomic
def enter_in_error(referral: Referral, *, by: Any, words: str) -> Referral:
    """It should never have been, nor the yes to it: the receiver is told, and what was shared is emptied."""
    moved = move_referral(referral, to=Progress.ENTERED_IN_ERROR, via=Via.COORDINATOR, by=by, words=words)
    _empty(moved)
    _end_yes(moved, by=by)
    return moved


@transaction.atomic
def withdraw_consent(consent: Consent, *, via: Via, by: Any = None, words: str) -> Consent:
    """Take a yes back. What stood on it ends: referrals to that provider, or questions how it went."""
    Person.objects.select_for_update().get(pk=consent.person_id)
    consent.refresh_from_db()
    if consent.withdrawn_at is None:
        consent.withdrawn_at, consent.withdrawn_by = timezone.now(), by
        consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
    if consent.purpose == Purpose.SHARE:
        for referral in Referral.objects.filter(consent=consent):
            _end(referral, via=via, by=by, words=words)
    elif consent.purpose == Purpose.CONTACT:
        cancel_asks_of(consent.person)
    return consent


def _end(referral: Referral, *, via: Via, by: Any, words: str) -> None:
    if referral.progress in OPEN:
        withdraw_referral(referral, via=via, by=by, words=words or gettext("The person took their yes back."))
    elif referral.needs:
        # Whoever has been told already is asked to forget it.
        ask_to_forget(referral)
        _empty(referral)


def _end_yes(referral: Referral, *, by: Any) -> None:
    consent = referral.consent
    if consent and not consent.withdrawn_at and not Referral.objects.open().filter(consent=consent).exists():
        consent.withdrawn_at, consent.withdrawn_by = timezone.now(), by
        consent.save(update_fields=["withdrawn_at", "withdrawn_by"])


def _empty(referral: Referral) -> None:
    referral.needs = {}
    referral.save(update_fields=["needs"])


def _forget_who_asked(referral: Referral) -> None:
    """Somebody who only ever asked here themselves, and takes that back, is not kept."""
    person = referral.person
    if referral.source == Source.COORDINATOR or person is None:
        return
    if person.coordinator_id or person.conversations.exists() or person.referrals.exclude(pk=referral.pk).exists():
        return
    person.consents.update(note="")
    person.ring_backs.all().delete()
    Result.objects.filter(referral=referral).update(words="")
    person.called, person.place, person.contact = "", "", {}
    person.closed_at = timezone.now()
    person.save()
    keep_next_step(person)
