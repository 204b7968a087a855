"""Takes a person out of everything that we hold: `erase(person, by=…, because=…)`.

Left are counts; the looks that the database keeps for six years, which hold numbers and code words alone; the random
key of the record, by which a backup that is restored is cleared of it again; and for a month the empty record by which
the coordinator is told. Of a referral that a provider was sent, the line without the person stays until the rules of
what is kept take it, so that the provider can be told.
"""

import logging
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access_events import record_look
from outbox.models import OldRows
from referrals import messages
from referrals.keeping.counting import forget_conversations, forget_referrals, forget_results
from referrals.messages.addressees import provider_link
from referrals.messages.forgetting import ask_to_forget
from referrals.models import (
    AnswerLink,
    ErasedRecord,
    MessageKind,
    NextStep,
    OwedMessage,
    Person,
    ProviderToRing,
    Referral,
    ReferralEvent,
    Result,
    ResultAsk,
    Via,
)
from referrals.progress import OPEN, Progress
from referrals.referring.telling import receiver_of

log = logging.getLogger(__name__)


# Why somebody is erased who came back with a backup; nobody chooses it.
RESTORED = "backup-restored"


class Because(TextChoices):
    PERSON_ASKED = "person-asked", _("The person asked for it")
    NO_CONSENT = "no-consent", _("They never agreed, or took their yes back")
    NOT_NEEDED = "not-needed", _("It is not needed any more")
    MISTAKE = "mistake", _("It should not have been written down")


class WillGo(NamedTuple):
    """What an erasure takes, in numbers; for whoever decides."""

    conversations: int
    consents: int
    referrals: int
    results: int
    ring_backs: int
    messages: int
    # Providers who hold what they were sent, and are told.
    told: list[str]
    # Of these, who cannot be written to: somebody rings them.
    to_ring: list[str]


def what_will_go(person: Person) -> WillGo:
    sent = list(_sent(person).select_related("provider", "asset"))
    unreached = [one for one in sent if provider_link(one).is_none and not _was_rung(one)]
    return WillGo(
        conversations=person.conversations.count(),
        consents=person.consents.count(),
        referrals=person.referrals.count(),
        results=Result.objects.filter(referral__person=person).count(),
        ring_backs=person.ring_backs.count(),
        messages=_owed(person).count(),
        told=sorted({receiver_of(one) for one in sent if not provider_link(one).is_none}),
        to_ring=sorted({receiver_of(one) for one in unreached}),
    )


@transaction.atomic
def erase(person: Person, *, by: Any, because: str) -> None:
    """All of it, or nothing. Providers who were sent something are told; so is the coordinator, if it is not them."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    list(person.referrals.select_for_update().values("pk"))
    _owed(person).delete()
    forget_results(Result.objects.filter(referral__person=person))
    _let_providers_know(person, by=by)
    _empty_what_was_sent(person)
    forget_referrals(person.referrals.all())
    forget_conversations(person.conversations.all())
    person.consents.all().delete()
    person.ring_backs.all().delete()
    _empty(person)
    if person.coordinator_id not in {None, getattr(by, "pk", None)}:
        messages.owe(MessageKind.PERSON_ERASED, person=person)
    record_look(by, what="erased", whose=person, why=str(because))
    ErasedRecord.objects.get_or_create(key=person.key)
    log.info("The record of person %s was erased.", person.pk)
    # What is removed goes from the files of the database by the worker's next round.
    OldRows.objects.update(due_at=timezone.now())


def _was_rung(referral: Referral) -> bool:
    return ProviderToRing.objects.filter(referral=referral).exclude(done_at=None).exists()


def _sent(person: Person) -> Any:
    return person.referrals.exclude(sent_at=None)


def _owed(person: Person) -> Any:
    theirs = Q(person=person) | Q(referral__person=person) | Q(ask__referral__person=person)
    return OwedMessage.objects.filter(theirs)


def _let_providers_know(person: Person, *, by: Any) -> None:
    """What they hold is theirs to remove: that they are told is all that we can do."""
    from referrals.acts import move_referral

    for referral in _sent(person):
        if referral.progress in OPEN:
            move_referral(referral, to=Progress.WITHDRAWN, via=Via.COORDINATOR, by=by, words=gettext("Erased."))
        else:
            ask_to_forget(referral)


def _empty_what_was_sent(person: Person) -> None:
    """The lines by which providers are told, without the person."""
    sent = Referral.objects.filter(pk__in=list(_sent(person).values_list("pk", flat=True)))
    # That a link was sent is how it is known whom to tell; it opens nothing any more.
    AnswerLink.objects.filter(referral__in=sent).update(closed_at=timezone.now())
    for kind in (ResultAsk, ReferralEvent):
        kind._default_manager.filter(referral__in=sent).delete()
    sent.update(person=None, conversation=None, consent=None, needs={}, submission=None, made_by=None, next_at=None)


def _empty(person: Person) -> None:
    person.reference = person.called = person.place = person.ward = ""
    person.contact, person.patch = {}, None
    person.is_carer = person.large_print = False
    person.results_never = True
    person.next_at, person.next_what = None, NextStep.NONE
    person.erased_at = person.closed_at = timezone.now()
    person.save()
