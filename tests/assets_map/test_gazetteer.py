import subprocess
import sys
import textwrap
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets_map import gazetteer as shelf
from assets_map.distance import Point
from assets_map.gazetteer import (
    Gazetteer,
    GazetteerMissing,
    gazetteer,
    gazetteer_path,
    inward_code,
    inward_text,
    look_again,
)
from assets_map.gazetteer_build import build_gazetteer
from assets_map.postcode_table import NotAPostcodeProduct
from assets_map.postcodes import PartialPostcode, Postcode
from tests.factories.assets_map import STREETS, make_gazetteer, make_table


@pytest.fixture
def known(data_dir):
    make_gazetteer(data_dir)
    return gazetteer()


def entry_of(known, text):
    return known.find(Postcode.parse(text))


@given(st.integers(0, 3999))
def test_an_inward_code_has_one_number(number):
    assert inward_code(inward_text(number)) == number


@pytest.mark.parametrize("street", STREETS)
def test_each_postcode_is_found_where_it_was_put(known, street):
    entry = entry_of(known, street[0])
    assert entry.point == pytest.approx((street[1], street[2]), abs=1e-6)
    assert (entry.district, entry.ward) == (street[3], street[4])


@pytest.mark.parametrize("text", ["RM18 8AA", "RM18 8ZZ", "RM18 0AA", "RM19 1AA", "AA1 1AA", "ZE9 9ZZ", "RM18 9ZZ"])
def test_a_postcode_that_is_not_there_is_none(known, text):
    assert entry_of(known, text) is None
    assert Postcode.parse(text) not in known


def test_a_closed_postcode_knows_its_month_only_where_it_was_told(known):
    assert entry_of(known, "RM18 8AX").terminated == date(2019, 3, 1)
    assert entry_of(known, "RM17 9ZZ").closed
    assert entry_of(known, "RM17 9ZZ").terminated is None
    assert not entry_of(known, "RM18 8AD").closed


def test_the_nearest_streets_are_live_and_in_order(known):
    found = known.nearest(Point(51.4618, 0.3652), 3)
    assert [str(one.postcode) for one in found] == ["RM18 8AD", "RM18 8AF", "RM18 7AA"]
    assert found[0].metres < found[1].metres < found[2].metres
    assert found[1].metres == pytest.approx(99, abs=3)


def test_the_nearest_street_is_sought_no_further_than_asked(known):
    assert known.nearest(Point(55.0, -3.0), 3, within=5_000) == []
    assert str(known.nearest(Point(59.8, -1.3), 1)[0].postcode) == "ZE3 9XP"


def test_the_middle_of_a_sector_is_one_of_its_live_streets(known):
    assert known.sector("RM18 8").point in {entry_of(known, code).point for code in ("RM18 8AD", "RM18 8AF")}
    assert known.sector("RM18").district == "E06000034"
    assert known.sector("RM99") is None
    assert known.sector("RM18 1") is None


def test_the_middle_of_an_outcode_is_in_our_council_where_it_has_a_street_there(known):
    assert known.sector("RM17", districts=frozenset(["E09000016"])).district == "E09000016"
    assert known.sector("RM17", districts=frozenset(["E99999999"])).district == "E06000034"


def test_sectors_are_told_by_outcode_and_by_distance(known):
    assert known.sectors_in(PartialPostcode("RM17")) == {"RM17 5", "RM17 6", "RM17 9"}
    assert known.sectors_in(PartialPostcode("RM17"), frozenset(["E06000034"])) == {"RM17 6", "RM17 9"}
    assert known.sectors_within(Point(51.4618, 0.3652), 500) == {"RM18 7", "RM18 8"}


def test_postcodes_like_a_wrong_one_are_live_and_of_its_sector(known):
    assert [str(one) for one in known.like(Postcode.parse("RM18 8XD"))] == ["RM18 8AD", "RM18 8AF"]


def test_a_postcode_on_the_grid_comes_within_metres_of_its_degrees(data_dir):
    # Trig pillar of the Ordnance Survey's own worked example: Caister water tower.
    given_ = {"eastings": [651_409.9], "northings": [313_177.3], "lats": None, "lons": None}
    from assets_map.postcode_table import PostcodeTable

    made = PostcodeTable.of_columns(["NR30 5AA"], source="x", vintage=None, districts=["E07000145"], **given_)
    build_gazetteer(gazetteer_path(), made)
    point = entry_of(gazetteer(), "NR30 5AA").point
    assert point == pytest.approx((52.657977, 1.716038), abs=1e-4)


def test_northern_ireland_and_places_off_the_grid_are_left_out():
    rows = [("BT1 1AA", 54.6, -5.93, "N09000003", "", ""), ("JE2 3AB", 49.18, -2.1, "", "", "")]
    table = make_table(
        [*STREETS, rows[0], ("RM1 1AA", float("nan"), float("nan"), "", "", ""), ("GIR 0AA", 51.5, 0, "", "", "")]
    )
    assert len(table) == len(STREETS)
    assert table.left_out == 3


def test_with_no_file_there_is_a_sentence(data_dir):
    with pytest.raises(GazetteerMissing, match="No postcodes are loaded"):
        gazetteer()


@pytest.mark.parametrize("spoilt", [b"", b"hello", b"HEREPC01" + b"\xff" * 40, b"HEREPC01" + bytes(100)])
def test_a_spoilt_file_is_no_gazetteer(data_dir, spoilt):
    gazetteer_path().parent.mkdir()
    gazetteer_path().write_bytes(spoilt)
    with pytest.raises(GazetteerMissing):
        gazetteer()


def test_a_file_cut_short_is_no_gazetteer(data_dir):
    make_gazetteer(data_dir)
    whole = gazetteer_path().read_bytes()
    gazetteer_path().write_bytes(whole[:-64])
    with pytest.raises(GazetteerMissing, match="cut short"):
        Gazetteer(gazetteer_path())


def test_a_new_file_is_taken_up_without_a_restart(known, data_dir, monkeypatch):
    assert len(gazetteer()) == len(STREETS)
    make_gazetteer(data_dir, STREETS[:4], over_others=False)
    assert len(gazetteer()) == 4
    assert len(known) == len(STREETS), "what was mapped before stays readable"


def test_a_good_gazetteer_stays_in_use_when_its_file_is_spoilt(known, caplog):
    gazetteer_path().unlink()
    gazetteer_path().write_bytes(b"spoilt")
    look_again()
    assert gazetteer() is known
    assert "the old one is kept" in caplog.text


def test_the_file_is_not_looked_at_for_every_question(known, monkeypatch):
    looks = []
    stat = shelf.os.stat
    monkeypatch.setattr(shelf.os, "stat", lambda path: looks.append(path) or stat(path))
    for _ in range(1000):
        gazetteer()
    assert len(looks) <= 2


def test_an_empty_product_leaves_the_old_postcodes(known):
    with pytest.raises(NotAPostcodeProduct):
        build_gazetteer(gazetteer_path(), make_table([]))
    assert len(Gazetteer(gazetteer_path())) == len(STREETS)


def test_drafts_of_a_killed_builder_are_swept_up(data_dir):
    make_gazetteer(data_dir)
    left = gazetteer_path().with_name("gazetteer.bin.999.part")
    left.write_bytes(b"half")
    make_gazetteer(data_dir)
    assert not left.exists()


READER = """
import sys, time
from pathlib import Path
from assets_map.gazetteer import Gazetteer
path, seen, stop = Path(sys.argv[1]), set(), time.monotonic() + 20
print("ready", flush=True)
while not Path(sys.argv[2]).exists() and time.monotonic() < stop:
    known = Gazetteer(path)
    rows = list(known.all_postcodes())
    assert len(rows) == len(known) == known.about["live"], "half a file was seen"
    assert rows == sorted(rows)
    seen.add(len(known))
print(len(seen), flush=True)
"""


def test_a_reader_in_another_process_never_sees_half_a_file(data_dir, tmp_path):
    """Written over forty times with two sizes while another process opens and reads it all."""
    small = [(f"AB1 {n}AA", 57.0 + n / 100, -2.0, "S12000033", "", "") for n in range(10)]
    large = [
        (f"AB{a} {n}{x}{y}", 57.0, -2.0, "S12000033", "", "")
        for a in range(1, 9)
        for n in range(10)
        for x in "ABDE"
        for y in "ABDE"
    ]
    make_gazetteer(data_dir, small, over_others=False)
    done = tmp_path / "done"
    script = "from django.conf import settings\nsettings.configure()\n" + textwrap.dedent(READER)
    command = [sys.executable, "-c", script, str(gazetteer_path()), str(done)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout.readline().strip() == "ready"
        for turn in range(40):
            make_gazetteer(data_dir, (small, large)[turn % 2], over_others=False)
        done.touch()
        seen = int(reader.stdout.read())
    assert reader.returncode == 0
    assert seen >= 1


def test_columns_are_read_from_the_file_without_a_copy(known):
    assert isinstance(known.column("lat").base, memoryview)
    assert not known.column("lat").flags.writeable
    assert known.column("lat").dtype == np.int32
