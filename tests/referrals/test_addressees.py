"""News goes to somebody who can do something about it."""

import pytest

from accounts.models import Council, Team, User
from referrals.messages.addressees import administrators, coordinators, provider_code, provider_link, provider_phone
from referrals.models import Referral
from tests.factories.assets_map import make_area
from tests.factories.directory import make_provider
from tests.factories.referrals import make_coordinator, make_cover, make_person, refer

pytestmark = pytest.mark.django_db


@pytest.fixture
def alex(db):
    return make_coordinator("alex")


def test_whoever_stands_in_today_hears_of_it_too(referral, coordinator, alex):
    cover = make_cover(coordinator, alex)
    assert coordinators(referral) == ["alex@example.org", "robin@example.org"]
    cover.delete()
    assert coordinators(referral) == ["robin@example.org"]


def test_after_handing_over_to_a_team_the_team_hears_of_it(referral, jean, alex):
    team = Team.objects.create(name="East")
    alex.teams.add(team)
    jean.coordinator, jean.team = None, team
    jean.save()
    assert coordinators(referral) == ["alex@example.org"]


def test_who_is_a_coordinator_no_longer_hears_of_nobody(referral, coordinator):
    coordinator.groups.clear()
    assert coordinators(referral) == []


def test_nor_does_who_works_for_another_council_now(referral, coordinator):
    from wagtail.models import Site

    coordinator.council = Council.objects.create(name="Elsewhere", codes="E07000109", site=Site.objects.get())
    coordinator.save()
    assert coordinators(referral) == []


@pytest.mark.parametrize("of", ["their own", "their team's"])
def test_of_somebody_who_asked_themselves_whose_patch_it_is_hears(alex, lunch_club, of):
    patch = make_area(kind="patch")
    if of == "their own":
        alex.patches.add(patch)
    else:
        team = Team.objects.create(name="East")
        team.patches.add(patch)
        alex.teams.add(team)
    assert coordinators(refer(make_person(patch=patch), lunch_club)) == ["alex@example.org"]


def test_where_a_council_has_no_administrator_whoever_runs_the_installation_hears(referral, administrator):
    root = User.objects.create_superuser("root", email="root@example.org")
    assert administrators(referral) == ["ada@example.org"]
    administrator.is_active = False
    administrator.save()
    assert administrators(referral) == [root.email]


def test_who_takes_a_listing_over_hears_of_nobody_who_said_yes_to_others(referral, lunch_club):
    old = referral.provider
    old.email, old.phone = "old@example.org", "07700 900555"
    old.save()
    lunch_club.provider = make_provider(name="Another Charity", email="new@example.org", phone="07700 900777")
    lunch_club.email, lunch_club.text_number, lunch_club.phone = "new@example.org", "07700 900777", "01632 960777"
    lunch_club.save()
    referral = Referral.objects.get()
    assert provider_link(referral).email == "old@example.org"
    assert provider_code(referral).number == "+447700900555"
    assert provider_phone(referral) == "07700 900555"


def test_who_made_it_hears_while_they_see_the_person_and_not_after(referral, jean, coordinator):
    patch = make_area(kind="patch")
    jean.coordinator, jean.patch = None, patch
    jean.save()
    assert coordinators(referral) == []
    coordinator.patches.add(patch)
    assert coordinators(referral) == ["robin@example.org"]
