"""The demonstration's people: something in each list of a coordinator's day, and nobody is written to."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from referrals.demo import COORDINATOR, PEOPLE, lay_people, people_are_laid
from referrals.models import NextStep, OwedMessage, OwedNotice, Person, Referral
from tests.factories.referrals import make_referable_asset

pytestmark = pytest.mark.django_db


@pytest.fixture
def laid():
    for one in PEOPLE:
        if one.asset:
            make_referable_asset(name=one.asset)
    lay_people()


def test_every_list_of_a_day_has_somebody(client, laid):
    assert people_are_laid()
    client.force_login(User.objects.get(username=COORDINATOR))
    day = client.get(reverse("referrals:today")).context
    assert [row.name for row in day["ring_backs"].rows] == ["Dave"]
    assert [row.name for row in day["unanswered"].rows] == ["Mr Okafor", "Win"]
    assert [row.name for row in day["results_due"].rows] == ["Jean"]
    steps = {group.step for group in day["groups"]}
    assert steps >= {NextStep.RING_BACK, NextStep.FIND_ANOTHER, NextStep.FINISH, NextStep.ASK_RESULT, NextStep.AWAIT}
    assert [cover.away.first_name for cover in day["covers"]] == ["Alex"]


def test_nobody_is_written_to(laid):
    assert not OwedMessage.objects.exists()
    assert not OwedNotice.objects.exists()


def test_nobody_can_sign_in_as_them_until_a_link_was_made(laid):
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_their_dates_lie_before_today(laid):
    assert not Referral.objects.filter(sent_at__gt=timezone.now()).exists()
    assert not Referral.objects.filter(progress_at__gt=timezone.now()).exists()


def test_where_a_listing_is_not_there_the_person_still_is():
    lay_people()
    assert Person.objects.count() == len(PEOPLE) + 1
    assert not Referral.objects.exists()
