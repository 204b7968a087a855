"""The duty to know whether mail can go out: `MailCheck`."""

import datetime as dt
import smtplib
import ssl

from django.core.mail import get_connection
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.models.owed import StandingWork


class MailCheck(StandingWork):
    """The worker knocks at the mail server's door every ten minutes, and keeps what it heard."""

    every = dt.timedelta(minutes=10)

    checked_at = models.DateTimeField(null=True, blank=True)
    # Empty when the server let us in.
    problem = models.CharField(max_length=200, blank=True)

    class Meta(StandingWork.Meta):
        abstract = False
        verbose_name = "check of the mail server"
        verbose_name_plural = "checks of the mail server"

    def __str__(self) -> str:
        return "the mail server"

    @classmethod
    def deliver_many(cls, owed: "list[MailCheck]") -> None:
        cls.objects.update(problem=knock(), checked_at=timezone.now())


def knock() -> str:
    """What keeps mail from going out, in words; empty when nothing does. No name, address or password in it."""
    connection = get_connection()
    try:
        connection.open()
        connection.close()
    except smtplib.SMTPAuthenticationError:
        return _("The mail server does not take our name and password.")
    except smtplib.SMTPException:
        return _("The mail server did not let us in.")
    except TimeoutError:
        return _("The mail server does not answer in time.")
    except ssl.SSLCertVerificationError:
        return _("The mail server could not show that it is the one that we mean.")
    except OSError:
        return _("The mail server cannot be reached.")
    return ""
