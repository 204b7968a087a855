"""The real files beside the project: every postcode, ward and place name in them."""

import csv
import gzip

import numpy as np
import pytest
from django.conf import settings
from django.core.management import call_command

from assets_map.areas import area_index
from assets_map.distance import Point
from assets_map.gazetteer import DEGREE, gazetteer, gazetteer_path
from assets_map.gazetteer_build import build_gazetteer, merged
from assets_map.models import Area, NamedPlace
from assets_map.places import find_place
from assets_map.postcode_products import read_product, read_wheel
from assets_map.postcode_table import PostcodeTable
from assets_map.postcodes import Postcode

CODE_POINT = settings.REAL_DATA / "postcodes" / "codepoint_open_2025-11_gb.csv.gz"
WARDS = settings.REAL_DATA / "boundaries" / "thurrock_wards_20.geojson"
NAMES = settings.REAL_DATA / "gazetteer" / "os_open_names_places_gb.tsv.gz"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.django_db,
    pytest.mark.skipif(not CODE_POINT.exists(), reason="the real data is not beside the project"),
]


@pytest.fixture(scope="module")
def products():
    return read_wheel(), read_product(CODE_POINT)


@pytest.fixture
def known(data_dir, products):
    build_gazetteer(gazetteer_path(), merged(*products))
    return gazetteer()


def test_every_live_postcode_of_the_country_is_found_where_code_point_puts_it(known):
    checked, wrong = 0, []
    with gzip.open(CODE_POINT, "rt", encoding="utf-8", newline="") as file:
        for at, row in enumerate(csv.DictReader(file)):
            if at % 97 or row["positional_quality"] == "90":
                continue
            entry = known.find(Postcode.parse(row["postcode"]))
            checked += 1
            if (
                entry is None
                or entry.closed
                or (entry.district, entry.ward) != (row["admin_district"], row["admin_ward"])
            ):
                wrong.append(row["postcode"])
    assert checked > 17_000
    assert wrong == []


def test_the_wheel_with_code_point_over_it_knows_which_are_closed(known, products):
    wheel, code_point = products
    assert len(known) >= len(wheel)
    assert known.about["live"] == pytest.approx(len(code_point), abs=900)
    assert gazetteer_path().stat().st_size <= 60_000_000


def test_code_point_alone_is_a_gazetteer_too(data_dir, products):
    built = build_gazetteer(gazetteer_path(), products[1])
    assert len(built) == 1_745_013
    assert built.find(Postcode.parse("RM18 8AD")).ward == "E05002246"


def test_the_wheel_and_code_point_agree_where_a_postcode_is(products):
    wheel, code_point = products
    common, at_wheel, at_code_point = np.intersect1d(wheel.key, code_point.key, return_indices=True)
    moved = np.abs(wheel.lat[at_wheel] - code_point.lat[at_code_point]) / DEGREE * 111_000
    assert len(common) > 0.999 * len(code_point)
    assert (moved < 100).mean() > 0.99


def test_the_outlines_of_the_wards_hold_998_of_1000_of_their_postcodes(known, data_dir):
    call_command("load_areas", str(WARDS), kind="ward", verbosity=0)
    index, right, rows = area_index(), 0, known.in_district("E06000034")
    for row in rows:
        entry = known.entry(int(row))
        right += entry.ward in index.codes_at(entry.point)
    assert len(rows) == 3_276
    assert right / len(rows) >= 0.998


def test_every_postcode_of_thurrock_is_a_place_in_its_ward(known):
    call_command("load_areas", str(WARDS), kind="ward", verbosity=0)
    with (settings.REAL_DATA / "postcodes" / "thurrock_area_postcodes_2025-11.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["status"] == "live" and row["lad"] == "E06000034"]
    for row in rows[::20]:
        place = find_place(row["postcode"].lower())
        assert {row["ward_code"], "E06000034"} <= place.area_codes
        assert place.point == pytest.approx((float(row["lat"]), float(row["lon"])), abs=1e-4)


def test_the_neighbourhoods_of_thurrock_hold_their_postcodes(known):
    call_command("load_places", demo=True, quiet=True)
    call_command("build_sector_areas", verbosity=0)
    names = set(Area.objects.filter(kind="neighbourhood").values_list("name", flat=True))
    assert {"Tilbury (RM18 7)", "Tilbury (RM18 8)", "Grays (RM17 6)", "Aveley (RM15 4)"} <= names
    index, rows = area_index(), known.in_district("E06000034")
    drawn = [row for row in rows.tolist() if f"sector:{known.postcode(row).sector}" in index.by_code]
    own = sum(f"sector:{known.postcode(row).sector}" in index.codes_at(known.entry(row).point) for row in drawn)
    assert len(drawn) > 0.97 * len(rows)
    assert own / len(drawn) > 0.97


def test_the_names_of_the_country_load_and_ours_are_found(known, capsys):
    call_command("load_places", str(NAMES), quiet=True)
    assert NamedPlace.objects.count() > 42_000
    assert NamedPlace.objects.filter(council_code="E06000034").count() >= 28
    assert NamedPlace.objects.filter(council_code="").count() < 50
    place = find_place("corringham")
    assert "E06000034" in place.area_codes
    assert place.point == pytest.approx(Point(51.5245, 0.4586), abs=0.001)


def test_reading_the_products_twice_gives_the_same(products):
    again = PostcodeTable.of_columns(["RM18 8AD"], source="", vintage=None, lats=[51.4], lons=[0.3])
    assert again.key[0] in products[0].key
