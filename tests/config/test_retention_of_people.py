"""What is kept of people goes by how a referral ended, and leaves only counts."""

import datetime as dt

import pytest
from cryptography.fernet import Fernet
from django.utils import timezone

from config.forgetting import due, forget
from referrals.models import Conversation, Person, Referral, ReferralCount, RingBack
from referrals.progress import Progress
from tests.factories.referrals import make_conversation, make_coordinator, make_person
from tests.referrals.everything import MARKERS, live_through, long_ago, opened_rows, referral_to, rows_with

pytestmark = pytest.mark.django_db
MONTH = 30.5


def rows_due():
    return {rule.key: rows for rule, rows in due() if rows}


@pytest.mark.parametrize(
    ("state", "months", "rule"),
    [
        (Progress.ENDED, 13, "referrals-ended"),
        (Progress.DECLINED, 6, "referrals-declined"),
        (Progress.WITHDRAWN, 3, "referrals-withdrawn"),
        (Progress.SENT, 24, "referrals-standing-still"),
    ],
)
def test_each_end_has_a_time_of_its_own(state, months, rule):
    person = make_person(make_coordinator())
    referral = referral_to(state, person)
    Person.objects.update(created_at=timezone.now() + dt.timedelta(days=9999))
    long_ago(days=int(months * MONTH) - 1)
    Person.objects.update(created_at=timezone.now())
    assert rule not in rows_due()
    long_ago(days=2)
    assert rows_due()[rule] == 1
    forget()
    assert not Referral.objects.filter(pk=referral.pk).exists()
    assert Person.objects.filter(pk=person.pk).exists()
    assert ReferralCount.objects.get(what="referral").code == state


@pytest.mark.parametrize(
    ("state", "rule"), [(Progress.ENTERED_IN_ERROR, "referrals-in-error"), (Progress.DRAFT, "referrals-not-sent")]
)
def test_what_was_a_mistake_or_never_sent_goes_soon(state, rule):
    referral = referral_to(Progress.SENT, make_person(make_coordinator()))
    Referral.objects.filter(pk=referral.pk).update(progress=state)
    long_ago(days=100)
    assert rows_due()[rule] == 1


def test_a_person_stays_13_months_after_the_last_that_happened():
    live_through()
    Referral.objects.filter(progress=Progress.SENT).update(progress=Progress.WITHDRAWN)
    RingBack.objects.update(done_at=timezone.now())
    long_ago(days=int(13 * MONTH) - 1)
    assert "people" not in rows_due()
    long_ago(days=2)
    assert rows_due()["people"] == 1


def test_a_person_with_something_open_stays_and_three_years_later_goes():
    person = make_person(make_coordinator())
    RingBack.objects.create(person=person, promised_for=timezone.localdate())
    long_ago(days=600)
    assert "people" not in rows_due()
    long_ago(days=600)
    assert rows_due()["people"] == 1


def test_a_conversation_of_somebody_who_is_still_here_stays_three_years():
    person = make_person(make_coordinator())
    make_conversation(person)
    long_ago(days=1_100)
    make_conversation(person)
    forget()
    assert Conversation.objects.count() == 1
    assert Person.objects.get() == person


def test_nothing_is_left_but_counts():
    live_through()
    long_ago(days=1_200)
    forget()
    assert not Person.objects.exists()
    assert not Referral.objects.exists()
    assert rows_with() == []
    kept = opened_rows().casefold()
    assert [one for one in MARKERS if one.casefold() in kept] == []
    told = {(one.what, one.code): one.count for one in ReferralCount.objects.all()}
    assert told["source", "coordinator"] == 1
    assert told["result", "not-for-them"] == 1
    assert told["decline", "other"] == 1
    assert told["offer", "declined"] == 1


def test_it_goes_in_its_time_also_when_the_key_was_lost(settings):
    live_through()
    long_ago(days=1_200)
    settings.PERSON_KEYS = [Fernet.generate_key().decode()]
    settings.SECRET_KEY = "another"  # a test's
    forget()
    assert not Person.objects.exists()
    assert not Referral.objects.exists()
    assert not Conversation.objects.exists()


def test_counts_name_a_month_and_nobody():
    fields = {field.name for field in ReferralCount._meta.fields}
    assert fields == {"id", "month", "council", "asset_id", "what", "code", "count"}
    live_through()
    long_ago(days=1_200)
    forget()
    assert {one.month.day for one in ReferralCount.objects.all()} == {1}


def test_the_same_is_counted_up_and_not_twice():
    for _each in range(2):
        live_through(make_coordinator(f"robin{_each}"))
    long_ago(days=1_200)
    forget()
    assert ReferralCount.objects.get(what="conversation").count == 2


def test_of_an_erased_record_the_empty_row_goes_after_30_days():
    make_person(make_coordinator(), erased_at=timezone.now(), closed_at=timezone.now())
    long_ago(days=29)
    assert "erased" not in rows_due()
    long_ago(days=2)
    assert rows_due()["erased"] == 1
