"""Text messages: who sends them stands in `settings.TEXTS`.

Texts             the Protocol
├── NoTexts       there is nobody to send any
├── ShownTexts    written where the site runs, while it is developed
├── KeptTexts     kept in a list, for tests
└── NotifyTexts   GOV.UK Notify, in `referrals.messages.notify`
"""

import re
import sys
from typing import ClassVar, NamedTuple, Protocol

import phonenumbers
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from outbox.problems import NotDeliverable

# Without 070, which is led elsewhere, and 076, which is pagers.
MOBILE = re.compile(r"7[1-57-9]\d{8}")


class Texts(Protocol):
    # Whether there is any use in trying.
    sends: bool

    def send(self, number: str, words: str, *, key: str) -> None:
        """Hand over a text to a number such as +447700900123; raise `DeliveryProblem` when it was not taken."""


class NoTexts:
    sends = False

    def send(self, number: str, words: str, *, key: str) -> None:
        raise NotDeliverable(_("No texts are sent here: HEREABOUTS_NOTIFY_KEY is not set."))


class ShownTexts:
    sends = True

    def send(self, number: str, words: str, *, key: str) -> None:
        sys.stdout.write(f"Text to {number}: {words}\n")
        sys.stdout.flush()


class Kept(NamedTuple):
    number: str
    words: str
    key: str


class KeptTexts:
    sends = True
    kept: ClassVar[list[Kept]] = []

    def send(self, number: str, words: str, *, key: str) -> None:
        self.kept.append(Kept(number, words, key))


def texts() -> Texts:
    found: Texts = import_string(settings.TEXTS)()
    return found


def mobile(number: str) -> str:
    """A mobile number of ours as +447700900123; empty for any other: nobody reads a text at a desk telephone."""
    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return ""
    if parsed.country_code != 44 or not MOBILE.fullmatch(str(parsed.national_number)):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
