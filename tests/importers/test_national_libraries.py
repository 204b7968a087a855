"""All 4,231 public libraries of the country, from the real file, loaded once for these tests."""

import csv
import datetime as dt

import pytest
from django.conf import settings
from django.db import transaction

from directory.models import Asset, Session
from importers.loading import load_file
from importers.maps import MAPS

SERVICES = settings.REAL_DATA / "services"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.real_data,
    pytest.mark.skipif(not SERVICES.exists(), reason=f"the real files are not at {SERVICES}"),
]
NATIONAL = "uk_libraries_2023_opening_hours.csv"


@pytest.fixture(scope="module")
def national(django_db_setup, django_db_blocker):
    """The whole country, loaded once for this module and taken out again after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(NATIONAL)
        transaction.set_rollback(True)


def national_rows():
    with (SERVICES / NATIONAL).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def load(name):
    return load_file(SERVICES / name, MAPS["uk_libraries"])


def test_the_whole_country_loads_nearly_whole_and_every_reject_is_explained(national):
    assert national.rows == 4231
    assert national.accepted_share >= 0.98
    assert all(national.why(row) for row in national.rejected_rows)


def test_the_whole_country_loaded_again_changes_nothing(national):
    again = load(NATIONAL)
    assert (again.created, again.updated, again.unchanged) == (0, 0, national.created)


def test_closed_libraries_are_kept_and_not_shown(national):
    closed = [row for row in national_rows() if row["Year closed"].strip()]
    libraries = Asset.objects.filter(source="uk_libraries")
    assert libraries.filter(live=False, withdrawn_because__startswith="Source: closed").count() == national.ended
    assert 0 <= len(closed) - national.ended <= national.rejected


def test_hours_of_the_whole_country_are_those_of_the_file(national):
    monday = Session.objects.filter(weekday=0, starts_at=dt.time(9), ends_at=dt.time(19), asset__live=True, note="")
    rows = [row for row in national_rows() if not row["Year closed"].strip()]
    assert monday.count() == sum(row["Monday staffed hours"] == "09:00-19:00" for row in rows)


def test_a_councils_own_file_after_the_national_one_changes_nothing_and_misses_only_its_own(national):
    report = load("thurrock_libraries_2023.csv")
    assert (report.created, report.updated, report.unchanged, report.vanished) == (0, 0, 10, [])
