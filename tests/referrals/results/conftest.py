import datetime as dt

import pytest
from django.utils import timezone

from referrals.acts import move_referral
from referrals.models import ResultAsk, Via
from referrals.models.results import How
from referrals.progress import Progress
from referrals.results.asking import OPEN_FOR
from tests.factories.referrals import consent_to_be_asked, make_coordinator, make_person, refer

BY_DAY = dt.time(10, 30)


def accepted(person=None, *, asked=True, **overrides):
    """A referral that was accepted today; the person said yes to being asked, unless told otherwise."""
    person = person or make_person(make_coordinator())
    if asked:
        consent_to_be_asked(person)
    referral = refer(person, **overrides)
    return move_referral(referral, to=Progress.ACCEPTED, via=Via.LINK)


def weeks_on(weeks):
    """By day, so many weeks from today."""
    return timezone.make_aware(dt.datetime.combine(timezone.localdate() + dt.timedelta(weeks=weeks), BY_DAY))


def open_ask(how=How.LINK, referral=None, **overrides):
    """One that somebody was asked, and can be answered."""
    referral = referral or accepted()
    ask = referral.asks.order_by("week").first()
    now = timezone.now()
    given = {"how": how, "asked_at": now, "expires_at": now + OPEN_FOR, "due_on": timezone.localdate(), **overrides}
    ResultAsk.objects.filter(pk=ask.pk).update(**given)
    ask.refresh_from_db()
    return ask


@pytest.fixture
def sam(db):
    return make_coordinator("sam")
