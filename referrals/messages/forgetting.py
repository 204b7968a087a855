"""Asks a provider to forget somebody: by a message, or, where none can reach them, by a person on the phone."""

from referrals.messages import owe
from referrals.messages.addressees import provider_link
from referrals.models import MessageKind, ProviderToRing, Referral


def ask_to_forget(referral: Referral) -> None:
    """Of what was never sent nobody heard."""
    if referral.sent_at is None:
        return
    if provider_link(referral).is_none:
        leave_to_ring(referral)
    else:
        owe(MessageKind.PROVIDER_WITHDRAWN, referral=referral)


def leave_to_ring(referral: Referral) -> None:
    """Once for each referral: for whoever looks after the person, or made it, or for the team."""
    person = referral.person
    coordinator = (person.coordinator if person else None) or referral.made_by
    team = person.team if person else None
    ProviderToRing.objects.get_or_create(referral=referral, defaults={"coordinator": coordinator, "team": team})
