"""The real, openly licensed files: read where they lie, never copied."""

import pytest
from django.conf import settings

from directory.models import Asset, Category
from importers.loading import load_file
from importers.maps import MAPS

SERVICES = settings.REAL_DATA / "services"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.real_data,
    pytest.mark.skipif(not SERVICES.exists(), reason=f"the real files are not at {SERVICES}"),
]
FILES = {
    "thurrock_libraries_2023.csv": ("uk_libraries", 10),
    "givefood_thurrock_foodbank_locations_2026-08.csv": ("givefood", 10),
    "trafford/charities_operating_in_trafford.csv": ("trafford_charities", 736),
}
# Written down by hand from the file. Monday first; u marks hours without staff.
HOURS = {
    "Aveley Library within Aveley Community Hub": [
        "10:00-17:00",
        "10:00-13:00 u13:00-14:00 14:00-17:00",
        "10:00-17:00",
        "10:00-13:00 u13:00-14:00 14:00-17:00",
        "10:00-17:00",
        "",
        "",
    ],
    "Belhus Library within South Ockendon Centre": [*["10:00-17:00"] * 5, "10:00-13:00", ""],
    "Blackshots Library": [
        *["10:00-13:00 14:00-17:00"] * 2,
        "",
        "10:00-13:00 14:00-17:00",
        "",
        "10:00-13:00",
        "",
    ],
    "Chadwell Information Centre": [
        *["10:00-13:00 14:00-17:00"] * 2,
        "",
        *["10:00-13:00 14:00-17:00"] * 2,
        "10:00-13:00",
        "",
    ],
    "Corringham Library": [
        *["10:00-17:00"] * 2,
        "u10:00-13:00 u14:00-17:00",
        *["10:00-17:00"] * 2,
        "10:00-13:00",
        "",
    ],
    "East Tilbury Hub and Library": [
        "",
        "10:00-13:00 14:00-17:00",
        "",
        "10:00-13:00 14:00-17:00",
        "",
        "10:00-13:00",
        "",
    ],
    "Grays Central Library": [
        "09:00-19:00",
        "09:00-17:00",
        "09:00-17:00",
        "09:00-19:00",
        "09:00-17:00",
        "09:00-13:00",
        "",
    ],
    "Purfleet Library within Purfleet Hub": [
        "",
        "10:00-16:00",
        "u10:00-13:00",
        "u10:00-13:00 u14:00-16:00",
        "10:00-11:30",
        "",
        "",
    ],
    "Stanford-le-Hope Library": ["", "", "10:00-13:00 14:00-17:00", "", "", "", ""],
    "Tilbury Library within Tilbury Hub": [
        "10:00-13:00 14:00-17:00",
        "u10:00-13:00 u14:00-17:00",
        "10:00-13:00 14:00-17:00",
        "",
        "u10:00-13:00 u14:00-17:00",
        "",
        "",
    ],
}


def load(name, **options):
    return load_file(SERVICES / name, MAPS[FILES[name][0]], **options)


def week_of(asset):
    days = [[] for _day in range(7)]
    for session in asset.sessions.order_by("weekday", "starts_at"):
        mark = "u" if session.note == "open without staff" else ""
        days[session.weekday].append(f"{mark}{session.starts_at:%H:%M}-{session.ends_at:%H:%M}")
    return [" ".join(day) for day in days]


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_loads_nearly_whole_and_every_reject_is_explained(name):
    report = load(name)
    assert report.rows == FILES[name][1]
    assert report.accepted_share >= 0.98
    assert all(report.why(row) for row in report.rejected_rows)
    assert Asset.objects.count() == report.accepted


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_loaded_again_changes_nothing(name):
    load(name)
    again = load(name)
    assert (again.created, again.updated) == (0, 0)


@pytest.mark.parametrize("name", HOURS)
def test_the_libraries_of_thurrock_open_when_the_file_says(name):
    load("thurrock_libraries_2023.csv")
    assert week_of(Asset.objects.get(name=name)) == HOURS[name]


def test_a_library_is_a_service_that_anybody_walks_into():
    load("thurrock_libraries_2023.csv")
    tilbury = Asset.objects.live().get(name="Tilbury Library within Tilbury Hub")
    assert (tilbury.kind, tilbury.door, tilbury.reach) == ("service", "turn-up", ["at-venue"])
    assert [cost.amount for cost in tilbury.costs.all()] == [0]
    assert (tilbury.venue.postcode, tilbury.venue.town, tilbury.venue.uprn) == ("RM18 8AD", "Essex", "100091539745")
    assert [str(category) for category in tilbury.categories.all()] == ["Libraries and information"]
    assert Category.objects.get(name="Libraries and information").parent.name == "Advice and rights"


def test_a_charitys_postal_address_is_no_place_to_visit():
    load("trafford/charities_operating_in_trafford.csv")
    assert not Asset.objects.exclude(venue=None).exists()
    assert not Asset.objects.filter(reach__icontains="at-venue").exists()
    charity = Asset.objects.get(source_id="214927")
    assert charity.name == "The Cheshire Wildlife Trust Limited"
    assert charity.reach == ["by-phone"]
    assert charity.provider.address == "Bickley Hall Farm, Bickley Wood, Malpas\nSY14 8EF"
    assert "champion. The charity" in charity.description


def test_food_banks_stand_where_the_file_puts_them():
    load("givefood_thurrock_foodbank_locations_2026-08.csv")
    asset = Asset.objects.get(name="Grays Methodist Church")
    assert (asset.venue.latitude, asset.venue.longitude) == (51.4901333, 0.3274607)
    assert (asset.provider.name, asset.provider.charity_number) == ("Thurrock Christian Fellowship", "297569")
    assert [str(category) for category in asset.categories.all()] == ["Food banks and pantries"]
