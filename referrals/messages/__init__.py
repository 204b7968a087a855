"""Messages that are owed about people, and hold nothing of them."""

from typing import TYPE_CHECKING

from referrals.models import MessageKind, OwedMessage

if TYPE_CHECKING:
    from referrals.models import Person, Referral, ResultAsk


def owe(
    kind: MessageKind,
    *,
    referral: "Referral | None" = None,
    person: "Person | None" = None,
    ask: "ResultAsk | None" = None,
) -> OwedMessage:
    """One message to be sent when the transaction around it has held."""
    return OwedMessage.objects.create(kind=kind, referral=referral, person=person, ask=ask)
