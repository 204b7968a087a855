"""What there is to say of the listings on a coordinator's patch."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.choices import Kind, TakingNew
from referrals.home.mine import Mine
from referrals.home.patch import Patch, patch_of
from tests.factories.assets_map import make_area
from tests.factories.directory import GRAYS, TILBURY, make_asset, make_session, make_venue

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 30, 9)
LONG_AGO = dt.timedelta(days=90)
WHOLE = {"costs": (4,), "sessions": (1,)}


@pytest.fixture
def patch(coordinator):
    """Tilbury."""
    area = make_area(kind="patch", code="P-1", name="Tilbury", corners=(0.34, 51.45, 0.39, 51.475))
    coordinator.patches.add(area)
    return area


def listing(name, **given):
    """One of which there is nothing to say, unless something is given."""
    facts = {"published": LONG_AGO, "changed": LONG_AGO, "checked": {"times": timezone.localdate()}, **WHOLE, **given}
    published, changed = facts.pop("published"), facts.pop("changed")
    now = timezone.now()
    return make_asset(name=name, first_published_at=now - published, last_published_at=now - changed, **facts)


def read(coordinator):
    return patch_of(Mine.of(coordinator).patches, now=NOW)


def names(lines):
    return [line.name for line in lines]


def test_without_a_patch_there_is_nothing(coordinator):
    listing("Club")
    assert read(coordinator) == Patch()


def test_a_listing_of_which_there_is_nothing_to_say_is_not_there(coordinator, patch):
    listing("Club")
    assert read(coordinator) == Patch(names="Tilbury")


def test_what_is_new_and_what_changed_stand_apart_the_latest_first(coordinator, patch):
    day = dt.timedelta(days=1)
    listing("New", published=2 * day, changed=day)
    listing("Newer", published=day, changed=day)
    listing("Changed", changed=3 * day)
    found = read(coordinator)
    assert names(found.new) == ["Newer", "New"]
    assert names(found.changed) == ["Changed"]


def test_full_ones_say_how_long_people_wait(coordinator, patch):
    listing("Full", taking_new=TakingNew.FULL)
    listing("Waits", taking_new=TakingNew.WAITING, waiting_note="About six weeks")
    assert sorted((line.name, line.words) for line in read(coordinator).full) == [
        ("Full", "Full"),
        ("Waits", "About six weeks"),
    ]


def test_closed_ones_say_why_for_four_weeks(coordinator, patch):
    for name, changed in (("Closed", dt.timedelta(days=3)), ("Closed long ago", LONG_AGO)):
        listing(name, live=False, withdrawn_because="The hall was sold.", changed=changed)
    unpublished = listing("Taken out")
    unpublished.unpublish(log_action=True)
    assert [(line.name, line.words) for line in read(coordinator).closed] == [
        ("Taken out", ""),
        ("Closed", "The hall was sold."),
    ]


def test_what_says_too_little_says_what_is_missing(coordinator, patch):
    listing("Thin", phone="", costs=(), sessions=(), checked={})
    (line,) = read(coordinator).thin
    assert line.words == "No way to get in touch, times, cost or check in six months"


def test_talking_shops_of_the_next_seven_days(coordinator, patch):
    shop = listing("Talking shop", kind=Kind.TALKING_SHOP, sessions=())
    make_session(shop, weekday=2, starts_at=dt.time(10), ends_at=dt.time(12))
    listing("Lunch")
    (line,) = read(coordinator).talking_shops
    assert (line.name, line.words) == (
        "Talking shop",
        "Wednesday 2 December, 10am to 12 noon, Civic Square Hall, Tilbury",
    )


def test_a_hidden_place_is_neither_told_nor_where_something_is(coordinator, patch):
    listing("Refuge", venue=make_venue(hidden=True), taking_new=TakingNew.FULL)
    assert read(coordinator).full == ()


@pytest.mark.parametrize(
    ("given", "there"),
    [
        ({"at": TILBURY}, True),
        ({"at": GRAYS}, False),
        ({"at": GRAYS, "coverage": [("P-1", "Tilbury")]}, True),
        ({"reach": ["comes-to-you"], "coverage": [("RM18-8", "Riverside")]}, True),
        ({"reach": ["comes-to-you"], "coverage": [("E06000034", "Thurrock")]}, False),
        ({"reach": ["by-phone"]}, False),
    ],
)
def test_what_is_on_the_patch(coordinator, patch, given, there):
    make_area(code="RM18-8", name="Riverside", corners=(0.35, 51.455, 0.38, 51.465))
    make_area(code="E06000034", name="Thurrock", kind="council", corners=(0.21, 51.40, 0.55, 51.53))
    listing("Club", taking_new=TakingNew.FULL, **given)
    assert (names(read(coordinator).full) == ["Club"]) is there


def test_patches_of_ones_teams_are_ones_own(coordinator, team):
    team.patches.add(make_area(kind="patch", code="P-2", name="Chadwell"))
    coordinator.teams.add(team)
    assert read(coordinator).names == "Chadwell"


def test_the_page_shows_all_of_it(as_coordinator, patch):
    for number in range(5):
        listing(f"Club {number}", taking_new=TakingNew.FULL)
    home = as_coordinator.get(reverse("referrals:today")).content.decode()
    whole = as_coordinator.get(reverse("referrals:patch")).content.decode()
    assert (home.count("Club "), whole.count("Club ")) == (3, 5)
    assert "(5)" in home
