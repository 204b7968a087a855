"""Sends one owed message."""

from django.utils.translation import gettext

from outbox.problems import DeliveryProblem
from referrals.models import OwedMessage


def send(message: OwedMessage) -> None:
    raise DeliveryProblem(gettext("No way of sending messages has been set up."))
