import json
from dataclasses import dataclass

import pytest

from assets_map.distance import Point
from assets_map.features import Pin, feature_collection


def test_a_pin_says_its_number_its_title_and_why_longitude_first():
    (feature,) = feature_collection([Pin(Point(51.4623412, 0.3612399), "Lunch", "/l/", 3, "0.2 miles", "a1")])[
        "features"
    ]
    assert feature["geometry"] == {"type": "Point", "coordinates": [0.36124, 51.46234]}
    assert feature["properties"] == {"number": 3, "title": "Lunch", "url": "/l/", "reason": "0.2 miles", "asset": "a1"}


def test_a_row_without_a_place_has_no_pin_and_the_others_keep_their_numbers():
    found = feature_collection([Pin(None, "By phone", "/a/", 1), Pin(Point(51.5, 0.3), "Here", "/b/", 2)])
    assert [feature["properties"]["number"] for feature in found["features"]] == [2]


@pytest.mark.parametrize(("lat", "lon"), [(float("nan"), 0.3), (51.5, float("inf")), (91, 0.3), (51.5, -181)])
def test_a_point_that_is_nowhere_on_earth_is_left_out(lat, lon):
    assert feature_collection([Pin(Point(lat, lon), "Nowhere", "/n/", 1)])["features"] == []


def test_four_attributes_are_enough():
    @dataclass
    class Bare:
        point: Point
        title: str
        url: str
        number: int

    (feature,) = feature_collection([Bare(Point(51.5, 0.3), "Bare", "/b/", 1)])["features"]
    assert feature["properties"]["reason"] == ""


def test_a_collection_is_plain_json():
    assert json.loads(json.dumps(feature_collection([]))) == {"type": "FeatureCollection", "features": []}
