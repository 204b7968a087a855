import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from config.health.part import Number, Part, State
from outbox.models import MailCheck

SMTP, NOWHERE = "django.core.mail.backends.smtp.EmailBackend", "django.core.mail.backends.dummy.EmailBackend"
# The worker asks every ten minutes.
FORGOTTEN = dt.timedelta(minutes=35)


def look() -> Part:
    """What the worker heard when it last knocked at the mail server's door; no page waits for that."""
    if settings.EMAIL_BACKEND == NOWHERE:
        return Part("mail", State.WARNING, (_("No mail server is set in EMAIL_HOST: no mail is sent at all."),))
    if settings.EMAIL_BACKEND != SMTP:
        return Part("mail", State.GOOD, (_("Mail is not sent to anybody here, but written where the program runs."),))
    check = MailCheck.objects.first()
    if check is None or check.checked_at is None:
        return Part("mail", State.GOOD, (_("The worker has not asked the mail server yet."),))
    asked = _("It was asked %(since)s ago.") % {"since": timesince(check.checked_at)}
    if check.problem:
        return Part("mail", State.BAD, (check.problem, asked), (Number("mail_reachable", 0),))
    late = timezone.now() - check.checked_at > FORGOTTEN
    state = State.WARNING if late else State.GOOD
    return Part("mail", state, (_("The mail server takes mail."), asked), (Number("mail_reachable", 1),))
