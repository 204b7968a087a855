"""What is done with referrals: `make_referral`, `move_referral`."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from directory.models import Asset
from referrals import messages
from referrals.holding import hold
from referrals.messages.forgetting import ask_to_forget
from referrals.models import Consent, Conversation, MessageKind, Person, Referral, ReferralEvent, Source, Via
from referrals.models.consents import Purpose
from referrals.next_steps import keep_next_step
from referrals.progress import NEXT, WORDS_REQUIRED, DeclineReason, MoveNotAllowed, NoConsent, Progress, WordsMissing
from referrals.results.asking import cancel_asks, lay_asks
from referrals.working_days import first_chase


@transaction.atomic
def make_referral(
    person: Person,
    *,
    asset: Asset,
    needs: dict[str, str],
    consent: Consent,
    by: Any,
    source: Source = Source.COORDINATOR,
    conversation: Conversation | None = None,
    submission: UUID | None = None,
) -> Referral:
    """Send a person's details to the provider of an asset, once for each `submission`.

    `by`: whose account; nobody, when the person or their carer did it. Raises NoConsent unless the consent is the
    person's, stands, and names that provider.
    """
    # Whoever sends the same press of a button at the same time waits here.
    person = Person.objects.select_for_update().get(pk=person.pk)
    if submission and (made := Referral.objects.filter(submission=submission).first()):
        return made
    if not may_share(consent, person=person, asset=asset):
        raise NoConsent(gettext("Nothing is shared without a yes to sharing it with them."))
    referral = Referral(
        submission=submission,
        council=person.council,
        person=person,
        conversation=conversation,
        consent=consent,
        asset=asset,
        asset_name=asset.name,
        provider=asset.provider,
        made_by=by,
        source=source,
        needs=needs,
    )
    referral.full_clean()
    referral.save()
    via = Via.COORDINATOR if source == Source.COORDINATOR else Via.PERSON
    return move_referral(referral, to=Progress.SENT, via=via, by=by)


def may_share(consent: Consent, *, person: Person, asset: Asset) -> bool:
    standing = Consent.objects.to_share_with(asset.provider).filter(pk=consent.pk, person=person)
    return consent.purpose == Purpose.SHARE and standing.exists()


@transaction.atomic
def move_referral(
    referral: Referral, *, to: Progress, via: Via, by: Any = None, reason: str = "", words: str = ""
) -> Referral:
    """Make one move under a lock, write it down, and owe whoever is to hear of it a message.

    Raises MoveNotAllowed when somebody else was quicker, and WordsMissing when the move asks for a reason or words.
    The row that was given is brought up to date.
    """
    locked = hold(referral)
    was, now = Progress(locked.progress), timezone.now()
    if to not in NEXT[was]:
        raise MoveNotAllowed(was, to)
    require_words(to, reason=reason, words=words)
    locked.progress, locked.progress_at = to, now
    _set_times(locked, now)
    locked.decline_reason = reason if to == Progress.DECLINED else ""
    if to != Progress.SEEN:
        locked.next_at = first_chase(now) if to == Progress.SENT else None
    locked.save()
    ReferralEvent.objects.create(
        referral=locked, at=now, by=by, via=via, was=was, became=to, reason=locked.decline_reason, words=words.strip()
    )
    _follow(locked, via)
    referral.refresh_from_db()
    return referral


def require_words(to: Progress, *, reason: str, words: str) -> None:
    if to == Progress.DECLINED and reason not in DeclineReason.values:
        raise WordsMissing(gettext("Choose the reason for which it is declined."))
    if to in WORDS_REQUIRED and not words.strip():
        raise WordsMissing(gettext("Say why, in a few words."))


def _set_times(referral: Referral, now: Any) -> None:
    to = referral.progress
    if to == Progress.SENT:
        referral.sent_at = now
    if to in {Progress.SEEN, Progress.ACCEPTED, Progress.DECLINED}:
        referral.seen_at = referral.seen_at or now
    if to in {Progress.ACCEPTED, Progress.DECLINED}:
        referral.decided_at = referral.decided_at or now
    if to in {Progress.DECLINED, Progress.ENDED, Progress.WITHDRAWN, Progress.ENTERED_IN_ERROR}:
        referral.ended_at = now


def _follow(referral: Referral, via: Via) -> None:
    """What a move brings with it, in the same transaction."""
    to = Progress(referral.progress)
    if to == Progress.SENT:
        messages.owe(MessageKind.PROVIDER_ASKED, referral=referral)
    elif to in {Progress.WITHDRAWN, Progress.ENTERED_IN_ERROR}:
        ask_to_forget(referral)
    elif via in {Via.LINK, Via.MEMBER} and to != Progress.SEEN:
        messages.owe(MessageKind.COORDINATOR_TOLD, referral=referral)
    if to == Progress.ACCEPTED:
        lay_asks(referral)
    elif to in {Progress.WITHDRAWN, Progress.ENTERED_IN_ERROR}:
        cancel_asks(referral)
    if referral.person is not None:
        keep_next_step(referral.person)
