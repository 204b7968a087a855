"""When a person is asked how it went."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from referrals.models import Consent, Referral, ResultAsk
from referrals.models.consents import Purpose


def lay_asks(referral: Referral) -> None:
    """Ask some weeks after a referral was accepted, where the person said yes to being asked."""
    person = referral.person
    if person is None or person.results_never:
        return
    if not Consent.objects.standing().filter(person=person, purpose=Purpose.CONTACT).exists():
        return
    accepted = timezone.localdate(referral.decided_at)
    for week in settings.RESULT_WEEKS:
        ResultAsk.objects.get_or_create(
            referral=referral, week=week, defaults={"due_on": accepted + dt.timedelta(weeks=week)}
        )


def cancel_asks(referral: Referral) -> None:
    """Nobody asks about it any more."""
    referral.asks.filter(answered_at=None, cancelled_at=None).update(cancelled_at=timezone.now())
