"""What nobody has answered is chased on working days: the provider, the coordinator too, those who run the site."""

import datetime as dt
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.utils import timezone

from outbox.delivery import deliver_due
from referrals.acts import move_referral
from referrals.answering.chasing import chase
from referrals.models import Chase, MessageKind, NextStep, OwedMessage, Person, Referral, Via
from referrals.next_steps import keep_next_step
from referrals.progress import Progress
from tests.factories.referrals import make_person, refer

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
# Before Christmas: Friday 25 is a bank holiday, and so is Monday 28, for Boxing Day.
SENT = dt.date(2026, 12, 21)
THIRD, SIXTH, NINTH = dt.date(2026, 12, 24), dt.date(2026, 12, 31), dt.date(2027, 1, 6)


def at(day, hour=10):
    return dt.datetime.combine(day, dt.time(hour), LONDON)


@pytest.fixture
def referral(jean, lunch_club, settings):
    settings.CHASE_DAYS = (3, 6, 9)
    referral = refer(jean, lunch_club)
    Referral.objects.update(sent_at=at(SENT), next_at=THIRD)
    OwedMessage.objects.all().delete()
    return referral


def owed_on(day, hour=10):
    chase(at(day, hour))
    kinds = sorted(OwedMessage.objects.values_list("kind", flat=True))
    OwedMessage.objects.all().delete()
    return kinds


def test_it_is_chased_on_the_third_sixth_and_ninth_working_day_and_no_other(referral):
    days = [SENT + dt.timedelta(days=number) for number in range(40)]
    assert {day: owed for day in days if (owed := owed_on(day))} == {
        THIRD: [MessageKind.PROVIDER_CHASED],
        SIXTH: sorted([MessageKind.PROVIDER_CHASED, MessageKind.STILL_WAITING]),
        NINTH: [MessageKind.NOT_ANSWERED],
    }
    referral.refresh_from_db()
    assert (referral.chased, referral.next_at) == (3, None)


@pytest.mark.parametrize("hour", [0, 7, 18, 23])
def test_nobody_is_reminded_at_night(hour, referral):
    assert owed_on(THIRD, hour) == []
    assert owed_on(THIRD) == [MessageKind.PROVIDER_CHASED]


def test_a_worker_that_was_away_for_long_says_one_thing_at_a_time(referral):
    late = dt.date(2027, 2, 1)
    assert owed_on(late) == [MessageKind.PROVIDER_CHASED]
    assert owed_on(late) == []
    assert owed_on(late + dt.timedelta(days=2)) == []
    assert len(owed_on(late + dt.timedelta(days=3))) == 2


def open_it(referral, day):
    move_referral(referral, to=Progress.SEEN, via=Via.LINK)
    Referral.objects.filter(pk=referral.pk).update(progress_at=at(day))
    OwedMessage.objects.all().delete()


@pytest.mark.parametrize("opened_on", [SENT, dt.date(2026, 12, 29)])
def test_what_was_opened_and_not_answered_is_chased_on_the_same_days(opened_on, referral):
    found = owed_on(THIRD) if opened_on > THIRD else []
    open_it(referral, opened_on)
    found += owed_on(THIRD) + owed_on(SIXTH) + owed_on(NINTH)
    assert found == [
        MessageKind.PROVIDER_CHASED,
        *sorted([MessageKind.PROVIDER_CHASED, MessageKind.STILL_WAITING]),
        MessageKind.NOT_ANSWERED,
    ]


def test_whoever_opened_it_today_is_reminded_tomorrow(referral):
    open_it(referral, SIXTH)
    assert owed_on(SIXTH) == []
    # The first of January is a holiday.
    assert owed_on(dt.date(2027, 1, 4)) == [MessageKind.PROVIDER_CHASED]


def test_a_coordinator_is_told_to_ring_whoever_opened_it_and_says_nothing(referral, jean):
    open_it(referral, SENT)
    owed_on(THIRD)
    owed_on(SIXTH)
    jean.refresh_from_db()
    assert (jean.next_what, jean.next_at) == (NextStep.RING_PROVIDER, SIXTH)


def test_what_was_opened_before_there_was_a_day_for_it_gets_one(referral):
    Referral.objects.update(progress=Progress.SEEN, next_at=None)
    upgrade = import_module("referrals.migrations.0009_what_was_opened_is_chased_too")
    upgrade.chase_what_was_opened(apps, None)
    assert owed_on(THIRD) == [MessageKind.PROVIDER_CHASED]


@pytest.mark.parametrize("to", [Progress.ACCEPTED, Progress.DECLINED, Progress.WITHDRAWN])
def test_what_was_answered_or_withdrawn_is_not_chased(to, referral):
    move_referral(referral, to=to, via=Via.LINK, reason="other", words="Because.")
    Referral.objects.update(next_at=THIRD)
    OwedMessage.objects.all().delete()
    assert owed_on(NINTH) == []


def test_the_days_are_a_setting(referral, settings):
    settings.CHASE_DAYS = (3, 4, 20)
    assert owed_on(THIRD) == [MessageKind.PROVIDER_CHASED]
    assert len(owed_on(dt.date(2026, 12, 29))) == 2


def test_the_second_time_the_coordinator_is_to_ring(referral, jean):
    for day, step in ((THIRD, NextStep.AWAIT), (SIXTH, NextStep.RING_PROVIDER)):
        owed_on(day)
        jean.refresh_from_db()
        assert jean.next_what == step
        kept = (jean.next_what, jean.next_at)
        keep_next_step(jean)
        assert (jean.next_what, jean.next_at) == kept


def test_the_worker_has_the_duty(referral):
    Chase.lay()
    assert deliver_due(Chase) == 1
    assert Chase.objects.get().due_at > timezone.now()


def test_many_are_chased_in_a_few_questions(referral, jean, lunch_club, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr("referrals.answering.chasing.AT_ONCE", 100)
    one = Referral.objects.values().get()
    del one["id"]
    people = Person.objects.bulk_create(make_unsaved(number) for number in range(250))
    Referral.objects.bulk_create(
        Referral(**{**one, "key": f"2222222222222{number:03}", "person_id": people[number].pk}) for number in range(250)
    )
    with django_assert_max_num_queries(90):
        assert chase(at(THIRD)) == 251
    assert OwedMessage.objects.count() == 251


def make_unsaved(number):
    return Person(key=f"3333333333333{number:03}", next_what=NextStep.AWAIT)


def test_a_person_with_two_waits_for_the_sooner(referral, lunch_club, jean):
    refer(jean, lunch_club)
    Referral.objects.exclude(pk=referral.pk).update(next_at=dt.date(2026, 12, 29))
    keep_next_step(jean)
    owed_on(THIRD)
    jean.refresh_from_db()
    assert (jean.next_what, jean.next_at) == (NextStep.AWAIT, dt.date(2026, 12, 29))
    assert make_person()
