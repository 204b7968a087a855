from collections import Counter
from pathlib import Path

import phonenumbers
import pytest

import importers
from directory.choices import AsksFor, Door, Kind, Per, Reach, Repeats, RespiteType, TakingNew
from directory.models import Asset, Category, Check, Cost, Provider, Session, Venue
from importers.loading import load_file
from importers.maps import MAPS

WORKBOOK = Path(importers.__file__).parent / "demo" / "listings.xlsx"
pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    return load_file(WORKBOOK, MAPS["workbook"])


def only_about_postcodes(report):
    return all("No postcodes are loaded" in warning.message for warning in report.warnings)


def test_every_row_is_loaded_with_nothing_to_mend(report, data_dir):
    assert (report.rows, report.created, report.rejected) == (250, 250, 0)
    assert only_about_postcodes(report)


def test_it_holds_150_micro_enterprises_and_some_of_every_kind(report):
    kinds = Counter(Asset.objects.values_list("kind", flat=True))
    assert kinds[Kind.MICRO_ENTERPRISE] == 150
    assert set(kinds) == set(Kind.values)


def test_it_is_varied_enough_to_make_every_choice_real(report):
    assets = list(Asset.objects.all())
    assert {reach for asset in assets for reach in asset.reach} == set(Reach.values)
    assert {asset.door for asset in assets} == set(Door.values)
    assert {asset.taking_new for asset in assets} == set(TakingNew.values)
    assert {kind for asset in assets for kind in asset.respite_types} == set(RespiteType.values)
    assert {code for asset in assets for code in asset.asks_for} == set(AsksFor.values)
    assert set(Session.objects.values_list("repeats", flat=True)) == set(Repeats.values)
    assert set(Cost.objects.values_list("per", flat=True)) >= {Per.VISIT, Per.HOUR, Per.DAY, Per.NIGHT}
    assert Venue.objects.filter(hidden=True).exists()


def test_at_some_of_it_people_may_ask_and_there_is_an_address_that_it_goes_to(report):
    open_ones = list(Asset.objects.filter(self_referral=True))
    assert len(open_ones) == 26
    assert all(asset.takes_requests for asset in open_ones)


def test_every_category_is_used_but_one_which_shows_what_an_empty_one_looks_like(report):
    leaves = Category.objects.exclude(pk__in=Category.objects.exclude(parent=None).values("parent"))
    assert [leaf.name for leaf in leaves if not leaf.assets.exists()] == ["Swimming"]


def test_its_phones_are_those_kept_for_drama_and_its_addresses_are_examples(report):
    for number in [*Asset.objects.values_list("phone", flat=True), *Provider.objects.values_list("phone", flat=True)]:
        digits = number.replace(" ", "")
        assert not digits or digits.startswith(("01632960", "07700900"))
        assert not digits or phonenumbers.is_possible_number(phonenumbers.parse(digits, "GB"))
    for model in (Asset, Provider):
        assert not model.objects.exclude(email="").exclude(email__endswith=".example.org").exists()
        assert not model.objects.exclude(website="").exclude(website__contains=".example.org").exists()


def test_some_of_it_is_stale_and_some_never_checked(report):
    unchecked = Asset.objects.exclude(pk__in=Check.objects.values("asset"))
    assert 0 < unchecked.count() < 50
    assert Check.objects.filter(on__lt="2026-05-24").exists()
