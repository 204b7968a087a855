"""Whose people somebody sees."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.joining import hold_only
from accounts.models import Team, User
from accounts.roles import Role
from directory.models import ProviderMember
from referrals.models import Conversation, Cover, Person, Referral
from tests.factories.assets_map import make_area
from tests.factories.referrals import make_conversation, make_coordinator, make_person, refer

pytestmark = pytest.mark.django_db


def somebody(role, name="sam"):
    user = User.objects.create(username=name)
    hold_only(user, [role])
    return user


def test_a_coordinator_sees_own_people_and_nobody_elses(coordinator, jean):
    make_person(make_coordinator("alex"))
    assert list(Person.objects.visible_to(coordinator)) == [jean]


def test_a_team_and_a_patch_see_theirs(coordinator):
    team, patch = Team.objects.create(name="East"), make_area()
    of_team, of_patch = make_person(team=team), make_person(patch=patch)
    assert not Person.objects.visible_to(coordinator).exists()
    coordinator.teams.add(team)
    assert list(Person.objects.visible_to(coordinator)) == [of_team]
    team.patches.add(patch)
    assert set(Person.objects.visible_to(coordinator)) == {of_team, of_patch}


def test_who_stands_in_sees_until_the_cover_ends(coordinator, jean):
    alex, today = make_coordinator("alex"), timezone.localdate()
    cover = Cover.objects.create(away=coordinator, by=alex, from_date=today, to_date=today)
    assert list(Person.objects.visible_to(alex)) == [jean]
    cover.from_date = cover.to_date = today - dt.timedelta(days=1)
    cover.save()
    assert not Person.objects.visible_to(alex).exists()


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.EDITOR, Role.COMMISSIONER])
def test_others_see_none(role, jean):
    make_conversation(jean)
    refer(jean)
    for user in (somebody(role), AnonymousUser(), None):
        assert not any(model.objects.visible_to(user).exists() for model in (Person, Conversation, Referral))


def test_a_provider_sees_what_was_sent_to_it_alone(jean, lunch_club):
    sent, other = refer(jean, lunch_club), refer(jean)
    member = somebody(Role.PROVIDER)
    ProviderMember.objects.create(user=member, provider=lunch_club.provider)
    assert list(Referral.objects.visible_to(member)) == [sent]
    assert not Referral.objects.held_by(member).exists()
    assert not Person.objects.visible_to(member).exists()
    assert other not in Referral.objects.sent_to(member)


def test_a_referral_that_nobody_stands_behind_any_more_is_seen_by_no_coordinator(coordinator, jean):
    referral = refer(jean)
    referral.person = None
    referral.save()
    assert not Referral.objects.visible_to(coordinator).exists()
