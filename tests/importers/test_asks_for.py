"""What a listing must know of somebody, and whether people may ask for it here, come from the spreadsheet too."""

import pytest

from directory.choices import AsksFor
from directory.models import Asset
from importers.loading import load_file
from importers.maps import MAPS
from importers.records import AssetRecord
from tests.factories.importers import csv_file, lunch_club

pytestmark = pytest.mark.django_db
EMAIL = "lunch@example.org"


def load(folder, **cells):
    return load_file(csv_file(folder, lunch_club(**cells)), MAPS["workbook"])


@pytest.mark.parametrize("asks", ["Asks for", "NEEDS TO KNOW", "What they need to know"])
@pytest.mark.parametrize("may_ask", ["People may ask here", "self referral", "People may refer themselves"])
def test_both_are_read_under_any_of_their_headings(asks, may_ask, tmp_path):
    report = load(tmp_path, **{"E-mail": EMAIL, asks: "Their address; a phone number", may_ask: "Yes"})
    asset = Asset.objects.get()
    assert report.problems == []
    assert (asset.asks_for, asset.self_referral) == (["phone", "address"], True)
    assert asset.takes_requests


@pytest.mark.parametrize("choice", AsksFor)
def test_each_thing_is_asked_for_by_its_label_or_its_code(choice, tmp_path):
    load(tmp_path, **{"Asks for": str(choice.label)})
    load(tmp_path, **{"Asks for": choice.value, "Reference": "GR002"})
    assert [one.asks_for for one in Asset.objects.all()] == [[choice.value], [choice.value]]


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("Asks for", "Their address; shoe size", "“shoe size” is not one of: A phone number, An e-mail address"),
        ("People may ask here", "Sometimes", "“Sometimes”: write Yes or No."),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected_and_says_why(heading, cell, said, tmp_path):
    report = load(tmp_path, **{heading: cell})
    assert (report.rejected, Asset.objects.count()) == (1, 0)
    [problem] = report.problems
    assert (problem.row, problem.field) == (2, heading)
    assert said in problem.message


def test_a_request_that_could_go_nowhere_is_pointed_out(tmp_path):
    report = load(tmp_path, **{"People may ask here": "Yes"})
    assert "row 2, People may ask here: Nobody can ask here until there is an e-mail address" in report.in_words()
    assert Asset.objects.get().self_referral


def test_what_staff_ticked_stays_when_the_file_says_nothing_of_it(tmp_path):
    load(tmp_path)
    Asset.objects.update(asks_for=["age"], self_referral=True)
    assert load(tmp_path, **{"Phone": "01632 960999", "Asks for": ""}).updated == 1
    asset = Asset.objects.get()
    assert (asset.phone, asset.asks_for, asset.self_referral) == ("01632 960999", ["age"], True)


def test_a_file_can_take_both_back(tmp_path):
    load(tmp_path, **{"Asks for": "Their address", "People may ask here": "Yes"})
    load(tmp_path, **{"Asks for": "Nothing", "People may ask here": "No"})
    asset = Asset.objects.get()
    assert (asset.asks_for, asset.self_referral) == ([], False)


def test_a_row_that_says_nothing_of_either_is_known_as_it_was_before_there_were_such_columns():
    record = AssetRecord(2, "gr001", "Lunch", "group", "A hot dinner.", ("at-venue",))
    assert record.fingerprint == "fb58ec7de035897f332b917553162668d57e7d8e8bcd546182a37816fc492432"
