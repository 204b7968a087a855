"""Boundary files, lists of names, and neighbourhoods drawn from postcodes."""

import csv
import io
import json
import zipfile

import geopandas
import pytest
import shapely
from django.core.management import CommandError, call_command

from assets_map.areas import area_index
from assets_map.councils import council_name, council_names
from assets_map.distance import Point
from assets_map.models import Area, NamedPlace
from assets_map.place_lists import DEMO, OPEN_NAMES_COLUMNS, read_places
from assets_map.shapes import read_shape
from tests.factories.assets_map import make_area, make_gazetteer, make_place

pytestmark = pytest.mark.django_db
WEST, EAST = shapely.box(0.2, 51.45, 0.3, 51.5), shapely.box(0.3, 51.45, 0.4, 51.5)


def frame_of(crs=4326, **columns):
    given = columns or {"WD24CD": ["E05000001", "E05000002"], "WD24NM": ["West", "East"]}
    return geopandas.GeoDataFrame(given, geometry=[WEST, EAST], crs=4326).to_crs(crs)


@pytest.fixture
def wards(tmp_path):
    def write(name="wards.geojson", frame=None, **options):
        path = tmp_path / name
        (frame_of() if frame is None else frame).to_file(path, **options)
        return path

    return write


def load(path, **options):
    call_command("load_areas", str(path), **{"kind": "ward", **options})


@pytest.mark.parametrize("name", ["wards.geojson", "wards.gpkg", "wards.shp", "wards.shp.zip"])
def test_any_format_gives_the_same_wards(wards, name):
    load(wards(name))
    assert list(Area.objects.order_by("code").values_list("code", "name", "kind", "parent_code")) == [
        ("E05000001", "West", "ward", "E06000034"),
        ("E05000002", "East", "ward", "E06000034"),
    ]
    assert area_index().codes_at(Point(51.48, 0.25)) == {"E05000001"}


@pytest.mark.parametrize("crs", [4326, 27700, 3857])
def test_any_coordinates_become_degrees(wards, crs):
    load(wards("wards.gpkg", frame_of(crs)))
    assert read_shape(Area.objects.get(code="E05000001").shape).bounds == pytest.approx(WEST.bounds, abs=2e-4)


@pytest.mark.parametrize("crs", [4326, 27700])
def test_a_file_that_does_not_say_its_coordinates_is_understood_by_their_size(wards, crs):
    path = wards("wards.shp", frame_of(crs))
    path.with_suffix(".prj").unlink()
    load(path)
    assert area_index().codes_at(Point(51.48, 0.25)) == {"E05000001"}


def test_neighbours_still_meet_after_loading(wards):
    load(wards("wards.gpkg", frame_of(27700)))
    west, east = (read_shape(area.shape) for area in Area.objects.order_by("code"))
    assert shapely.intersection(west, east).area == 0
    assert shapely.union(west, east).geom_type == "Polygon"


def test_columns_may_be_named(wards):
    load(wards(frame=frame_of(label_1=["A", "B"], ident=["x1", "x2"])), name_column="LABEL_1", code_column="ident")
    assert set(Area.objects.values_list("code", "name")) == {("x1", "A"), ("x2", "B")}


def test_areas_without_a_code_take_one_from_their_name(wards):
    load(wards(frame=frame_of(Name=["North patch", "South patch"])), kind="patch")
    assert set(Area.objects.values_list("code", flat=True)) == {"patch:North patch", "patch:South patch"}


def test_rows_of_one_code_are_one_area(wards):
    load(wards(frame=frame_of(code=["i", "i"], name=["Islands", "Islands"])))
    assert read_shape(Area.objects.get().shape).area == pytest.approx(WEST.area + EAST.area, rel=1e-3)


def test_a_national_file_gives_only_our_councils_wards(wards):
    frame = frame_of(WD24CD=["E05000001", "E05000002"], WD24NM=["West", "East"], LAD24CD=["E06000034", "E07000109"])
    load(wards(frame=frame))
    assert Area.objects.get().code == "E05000001"
    load(wards(frame=frame), council=["E07000109"])
    assert Area.objects.get(code="E05000002").parent_code == "E07000109"


def test_loading_twice_changes_nothing_and_keeps_addresses(wards, capsys):
    load(wards())
    before = list(Area.objects.order_by("code").values("code", "slug", "shape", "name"))
    load(wards())
    assert list(Area.objects.order_by("code").values("code", "slug", "shape", "name")) == before
    assert before[1]["slug"] == "east"
    assert "0 areas made, 2 written over" in capsys.readouterr().out


def test_two_areas_of_one_name_have_two_addresses(wards):
    make_area(code="x", name="West", slug="west")
    load(wards())
    assert Area.objects.get(code="E05000001").slug == "west-ward"


def test_an_outline_that_crosses_itself_is_mended(wards):
    bow = shapely.Polygon([(0.2, 51.4), (0.3, 51.5), (0.3, 51.4), (0.2, 51.5)])
    load(wards(frame=geopandas.GeoDataFrame({"code": ["b"], "name": ["Bow"]}, geometry=[bow], crs=4326)))
    assert read_shape(Area.objects.get().shape).is_valid


def test_a_missing_column_is_answered_with_those_there_are(wards):
    with pytest.raises(CommandError, match=r"There is no column WARD\. The columns are: WD24CD, WD24NM\."):
        load(wards(), name_column="WARD")
    with pytest.raises(CommandError, match=r"give --name-column\. The columns are: colour"):
        load(wards(frame=frame_of(colour=["red", "blue"])))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.geojson", b"", "could not be read"),
        ("a.geojson", b"{", "could not be read"),
        ("a.csv", b"name,code\nx,y\n", "without shapes"),
        ("a.zip", b"PK\x03\x04nonsense", "could not be read"),
        ("a.geojson", b'{"type":"FeatureCollection","features":[]}', "without shapes"),
    ],
)
def test_a_wrong_file_gets_a_sentence(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError, match=said):
        load(tmp_path / name)


def test_lines_are_not_areas(wards):
    line = geopandas.GeoDataFrame({"name": ["A13"]}, geometry=[shapely.LineString([(0, 51), (1, 51)])], crs=4326)
    load(wards(frame=line))
    assert not Area.objects.exists()


# --- Names -----------------------------------------------------------------------------------------------------------


def open_names_row(name, local_type, east, north, second="", council="Thurrock"):
    row = [""] * OPEN_NAMES_COLUMNS
    row[2], row[4], row[6], row[7], row[8], row[9] = name, second, "populatedPlace", local_type, str(east), str(north)
    row[24] = council
    return row


def open_names_zip(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("Data/TQ66.csv", "\ufeff" + text.getvalue())
        archive.writestr("Doc/OS_Open_Names_Header.csv", "ID,NAMES_URI\n")
    return made.getvalue()


def test_open_names_is_read_as_published(tmp_path, data_dir):
    road = open_names_row("Dock Road", "Named Road", 564000, 176000)
    road[6] = "transportNetwork"
    rows = [open_names_row("Tilbury", "Town", 564000, 176000), road]
    rows += [open_names_row("Cardiff", "City", 318000, 176000, "Caerdydd", "Cardiff")]
    (tmp_path / "opname.zip").write_bytes(open_names_zip(rows))
    call_command("load_places", str(tmp_path / "opname.zip"), quiet=True)
    assert set(NamedPlace.objects.values_list("name", "kind", "council_code")) == {
        ("Tilbury", "town", "E06000034"),
        ("Cardiff", "city", "W06000015"),
        ("Caerdydd", "city", "W06000015"),
    }
    tilbury = NamedPlace.objects.get(name="Tilbury")
    assert (tilbury.latitude, tilbury.longitude) == pytest.approx((51.461, 0.361), abs=0.002)


def test_a_place_whose_council_is_not_named_takes_that_of_its_nearest_street(tmp_path, data_dir):
    make_gazetteer(data_dir)
    (tmp_path / "p.csv").write_text("name,kind,lat,lon\nTilbury,town,51.461,0.361\nNowhere,village,57.0,-3.0\n")
    call_command("load_places", str(tmp_path / "p.csv"), quiet=True)
    assert NamedPlace.objects.get(name="Tilbury").council_name == "Thurrock"
    assert NamedPlace.objects.get(name="Nowhere").council_code == ""


def test_the_demo_names_the_places_of_thurrock(data_dir):
    call_command("load_places", demo=True, quiet=True)
    assert NamedPlace.objects.filter(council_code="E06000034").count() == len(list(read_places(DEMO, None))) > 30
    assert not NamedPlace.objects.exclude(council_code="E06000034").exists()


def test_loading_names_twice_makes_no_second(data_dir):
    for _ in range(2):
        call_command("load_places", demo=True, quiet=True)
    assert NamedPlace.objects.filter(folded="tilbury").count() == 1


def test_names_that_a_list_lacks_stay(data_dir):
    make_place("Coalhouse Fort", latitude=51.4645, longitude=0.4325)
    call_command("load_places", demo=True, quiet=True)
    assert NamedPlace.objects.filter(name="Coalhouse Fort").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"name,lat\nx,1\n",
        b"name,lat,lon\nx,north,east\n",
        b"\xff\xfe\x00",
        b"name,lat,lon\n",
        b"PK\x03\x04",
    ],
)
def test_a_list_that_is_none_gets_a_sentence(tmp_path, data_dir, content):
    (tmp_path / "p.csv").write_bytes(content)
    with pytest.raises(CommandError, match="Expected OS Open Names"):
        call_command("load_places", str(tmp_path / "p.csv"), quiet=True)


def test_every_council_of_the_country_has_a_name():
    names = council_names()
    assert len(names) > 345
    assert (names["E06000034"], names["S12000036"], council_name("X")) == ("Thurrock", "Edinburgh", "")
    assert all(code[0] in "EWS" and len(code) == 9 and name.strip() for code, name in names.items())


# --- Neighbourhoods from postcodes alone ---------------------------------------------------------


def town(outcode, sector, west, south, district="E06000034", rows=6):
    """A square grid of streets."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return [
        (f"{outcode} {sector}{letters[x]}{letters[y]}", south + y * 0.002, west + x * 0.003, district, "", "")
        for x in range(rows)
        for y in range(rows)
    ]


@pytest.fixture
def two_towns(data_dir):
    office = [(f"RM18 9{a}A", 51.4601, 0.3601, "E06000034", "", "") for a in "ABDEFGHJLN"]
    over_there = town("DA12", 2, 0.35, 51.43, "E07000109")
    streets = [*town("RM18", 7, 0.340, 51.460), *town("RM18", 8, 0.358, 51.460), *office, *over_there]
    return make_gazetteer(data_dir, streets)


def test_neighbourhoods_are_drawn_and_named_from_postcodes(two_towns):
    make_place("Tilbury", latitude=51.465, longitude=0.348)
    make_place("Chadwell", kind="village", latitude=51.465, longitude=0.368)
    call_command("build_sector_areas", verbosity=0)
    assert list(Area.objects.order_by("code").values_list("code", "name", "kind", "parent_code")) == [
        ("E06000034", "Thurrock", "council", ""),
        ("sector:RM18 7", "Tilbury (RM18 7)", "neighbourhood", "E06000034"),
        ("sector:RM18 8", "Chadwell (RM18 8)", "neighbourhood", "E06000034"),
    ]
    assert Area.objects.get(code="sector:RM18 7").slug == "tilbury-rm18-7"


def test_neighbours_meet_without_gap_or_overlap_and_make_up_the_council(two_towns):
    call_command("build_sector_areas", verbosity=0)
    shapes = {area.code: read_shape(area.shape) for area in Area.objects.all()}
    council = shapes.pop("E06000034")
    assert shapely.union_all(list(shapes.values())).symmetric_difference(council).area < 1e-9
    assert sum(shape.area for shape in shapes.values()) == pytest.approx(council.area, rel=1e-6)


def test_every_street_is_in_its_own_sector_and_none_of_the_next_councils_is(two_towns):
    call_command("build_sector_areas", verbosity=0)
    for postcode, lat, lon, district, *_ in town("RM18", 7, 0.340, 51.460) + town("DA12", 2, 0.35, 51.43, "E07000109"):
        expected = {"E06000034", "sector:RM18 7"} if district == "E06000034" else set()
        assert area_index().codes_at(Point(lat, lon)) == expected, postcode


def test_a_councils_own_outline_is_kept_and_filled(two_towns):
    whole = [[0.30, 51.44], [0.42, 51.44], [0.42, 51.50], [0.30, 51.50], [0.30, 51.44]]
    own = make_area(
        code="E06000034", name="Thurrock", kind="council", shape={"type": "Polygon", "coordinates": [whole]}
    )
    call_command("build_sector_areas", verbosity=0)
    own.refresh_from_db()
    assert own.shape["coordinates"] == [whole]
    sectors = [read_shape(area.shape) for area in Area.objects.filter(kind="neighbourhood")]
    assert shapely.union_all(sectors).area == pytest.approx(read_shape(own.shape).area, rel=0.001)


def test_drawing_again_changes_nothing(two_towns):
    call_command("build_sector_areas", verbosity=0)
    codes = set(Area.objects.values_list("code", "slug"))
    call_command("build_sector_areas", verbosity=0)
    assert set(Area.objects.values_list("code", "slug")) == codes


def test_a_council_without_postcodes_gets_a_sentence(two_towns):
    with pytest.raises(CommandError, match="No postcode is known in E06000099"):
        call_command("build_sector_areas", council=["E06000099"])


def test_without_postcodes_there_is_nothing_to_draw(data_dir):
    with pytest.raises(CommandError, match="Load postcodes first"):
        call_command("build_sector_areas")


def test_the_demo_barrier_is_a_line_of_plain_geojson():
    from assets_map.management.commands.load_barriers import DEMO as RIVER

    drawn = json.loads(RIVER.read_text())
    assert drawn["features"][0]["geometry"]["type"] == "LineString"
