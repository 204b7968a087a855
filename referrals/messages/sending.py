"""Sends one owed message."""

import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from outbox.problems import DeliveryProblem, NotDeliverable
from referrals.messages import owe
from referrals.messages.forgetting import leave_to_ring
from referrals.messages.letters import Mail, write
from referrals.messages.texts import texts
from referrals.models import MessageKind, OwedMessage
from referrals.results.asking import ask_by_hand

PERMANENT = 500
TO_PROVIDERS = {MessageKind.PROVIDER_ASKED, MessageKind.PROVIDER_CODE, MessageKind.PROVIDER_CHASED}


def send(owed: OwedMessage) -> None:
    """Nothing is sent when there is no reason for it any more. Sent twice, its links lead to the same."""
    letter = write(owed)
    if letter is None:
        return
    key = str(owed.key)
    try:
        if isinstance(letter, Mail):
            send_mail(letter, key)
        else:
            texts().send(letter.number, letter.words, key=key)
    except NotDeliverable:
        if owed.referral and owed.kind in TO_PROVIDERS:
            owe(MessageKind.NOT_REACHED, referral=owed.referral)
        if owed.referral and owed.kind == MessageKind.PROVIDER_WITHDRAWN:
            leave_to_ring(owed.referral)
        if owed.ask:
            ask_by_hand(owed.ask)
        raise


def send_mail(mail: Mail, key: str) -> None:
    """Two messages with the same key are one to a mail program."""
    if settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend"):
        raise DeliveryProblem(_("No mail is sent here: EMAIL_HOST is not set."))
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    headers = {"Message-ID": f"<{key}@{host}>", "Auto-Submitted": "auto-generated"}
    message = EmailMessage(mail.subject, mail.words, headers=headers)
    # Who else was written to is nobody's business.
    message.to, message.bcc = (list(mail.to), []) if len(mail.to) == 1 else ([], list(mail.to))
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        if all(code >= PERMANENT for code, _words in refused.recipients.values()):
            raise NotDeliverable(_("The mail server takes no mail for that address.")) from None
        raise DeliveryProblem(_("The mail server takes no mail for that address just now.")) from None
    except smtplib.SMTPAuthenticationError:
        raise DeliveryProblem(_("The mail server does not take our name and password.")) from None
    except smtplib.SMTPException:
        raise DeliveryProblem(_("The mail server did not take it.")) from None
    except TimeoutError:
        raise DeliveryProblem(_("The mail server does not answer in time.")) from None
    except OSError:
        raise DeliveryProblem(_("The mail server cannot be reached.")) from None
