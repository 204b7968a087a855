import numpy as np
import pytest
from django.core.management import CommandError, call_command

from assets_map.barriers import crossed, crossed_many, forget_barriers
from assets_map.distance import Point, miles_between
from assets_map.models import Barrier

TILBURY, GRAVESEND, GRAYS = Point(51.4618, 0.3652), Point(51.4430, 0.3700), Point(51.4770, 0.3230)
WEST_THURROCK, DARTFORD = Point(51.4765, 0.2530), Point(51.4520, 0.2440)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def thames():
    call_command("load_barriers", demo=True, verbosity=0)
    forget_barriers()
    yield
    forget_barriers()


def test_the_thames_lies_between_tilbury_and_gravesend():
    assert miles_between(TILBURY, GRAVESEND) < 1.5
    assert crossed(TILBURY, GRAVESEND) == "the River Thames"


def test_the_dartford_crossing_does_not_make_near():
    assert miles_between(WEST_THURROCK, DARTFORD) < 2
    assert crossed(WEST_THURROCK, DARTFORD) == "the River Thames"


def test_two_towns_on_one_bank_have_nothing_between_them():
    assert crossed(TILBURY, GRAYS) is None


def test_many_points_are_told_apart_at_once():
    lats, lons = np.array([GRAVESEND.lat, GRAYS.lat, DARTFORD.lat]), np.array([GRAVESEND.lon, GRAYS.lon, DARTFORD.lon])
    assert crossed_many(TILBURY, lats, lons) == ["the River Thames", None, "the River Thames"]
    assert crossed_many(TILBURY, np.array([]), np.array([])) == []


def test_a_barrier_out_of_use_divides_nothing():
    Barrier.objects.update(active=False)
    forget_barriers()
    assert crossed(TILBURY, GRAVESEND) is None


def test_loading_a_barrier_again_changes_it_and_makes_no_second():
    call_command("load_barriers", demo=True, verbosity=0)
    assert Barrier.objects.count() == 1


def test_loading_barriers_wants_a_file():
    with pytest.raises(CommandError, match="Name a file"):
        call_command("load_barriers")
    with pytest.raises(CommandError, match="There is no file"):
        call_command("load_barriers", "nowhere.geojson")
