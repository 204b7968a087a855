import json

import pytest
from django.core.cache import cache
from django.test import Client

from assets_map.models import Area
from assets_map.outlines import forget_outlines, known_outlines, read_kinds, simplify
from assets_map.shapes import read_shape
from tests.factories.assets_map import make_area, make_barrier

pytestmark = pytest.mark.django_db
ADDRESS = "/map/areas.json"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()
    forget_outlines()
    yield
    forget_outlines()


@pytest.fixture
def tilbury():
    make_area(code="E06000034", name="Thurrock", kind=Area.Kind.COUNCIL, corners=(0.2, 51.44, 0.55, 51.57))
    make_area()
    make_area(code="E05002246", name="Tilbury St Chads", kind=Area.Kind.WARD)
    make_barrier()


def names(response):
    return sorted(feature["properties"]["name"] for feature in response.json()["features"])


def test_the_base_map_has_the_council_its_finest_division_and_the_barriers(client, tilbury):
    assert names(client.get(ADDRESS)) == ["River Thames", "Thurrock", "Tilbury"]


def test_wards_are_the_base_where_there_are_no_neighbourhoods(client):
    make_area(code="E05002246", name="Tilbury St Chads", kind=Area.Kind.WARD)
    assert names(client.get(ADDRESS)) == ["Tilbury St Chads"]


def test_a_kind_can_be_asked_for_and_two_can(client, tilbury):
    assert names(client.get(ADDRESS, {"kind": "ward"})) == ["Tilbury St Chads"]
    assert names(client.get(ADDRESS, {"kind": ["ward", "barrier"]})) == ["River Thames", "Tilbury St Chads"]


def test_a_barrier_out_of_use_is_not_drawn(client):
    make_barrier(active=False)
    assert names(client.get(ADDRESS, {"kind": "barrier"})) == []


def test_an_area_carries_where_its_name_fits(client, tilbury):
    (area,) = client.get(ADDRESS, {"kind": "neighbourhood"}).json()["features"]
    lon, lat = area["properties"]["label"]
    assert 0.33 < lon < 0.38
    assert 51.45 < lat < 51.47
    assert area["properties"]["code"] == "RM18-8"


def test_nothing_drawn_yet_is_an_empty_map(client):
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response.json() == {"type": "FeatureCollection", "features": []}


def test_todays_version_is_kept_for_a_year_and_any_other_for_minutes(client, tilbury):
    lasting = client.get(ADDRESS, {"v": known_outlines().version})
    assert "immutable" in lasting["Cache-Control"]
    assert "max-age=31536000" in lasting["Cache-Control"]
    assert "max-age=300" in client.get(ADDRESS, {"v": "older"})["Cache-Control"]


def test_a_browser_that_has_it_is_told_so_until_an_area_changes(client, tilbury):
    etag = client.get(ADDRESS)["ETag"]
    unchanged = client.get(ADDRESS, headers={"if-none-match": etag})
    assert unchanged.status_code == 304
    assert unchanged.content == b""
    Area.objects.get(code="RM18-8").save()
    forget_outlines()
    assert client.get(ADDRESS, headers={"if-none-match": etag}).status_code == 200


def test_the_version_changes_when_an_area_goes(tilbury):
    before = known_outlines().version
    Area.objects.get(code="RM18-8").delete()
    forget_outlines()
    assert known_outlines().version != before


def test_it_is_compressed_for_those_who_ask(client):
    for number in range(40):
        make_area(code=f"N{number}", name=f"Patch {number}")
    response = client.get(ADDRESS, headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    "word",
    ["", "Council", "wards", "'; DROP TABLE", "\x00", "../etc/passwd", "<script>", "ward,council", "9" * 5000, "вард"],
)
def test_a_kind_that_there_is_not_is_answered_with_a_sentence(client, tilbury, word):
    response = client.get(ADDRESS, {"kind": word})
    assert response.status_code == 400
    assert response.json()["message"].startswith("There is no kind of area called “")
    assert len(response.json()["message"]) < 200


@pytest.mark.parametrize(
    "query",
    ["kind=%ff%fe", "v=%00", "kind=ward&" * 500, "bbox=1,2,3", "%", "kind[]=ward", "v=" + "9" * 3000, "kind=%E0%A4%A"],
)
def test_no_query_is_a_server_error(tilbury, query):
    response = Client(raise_request_exception=False).get(f"{ADDRESS}?{query}")
    assert response.status_code in {200, 400}


@pytest.mark.parametrize("etag", ["*", '"', "W/", '"a", "b"', "\\", "x" * 4000])
def test_no_header_is_a_server_error(tilbury, etag):
    client = Client(raise_request_exception=False)
    assert client.get(ADDRESS, headers={"if-none-match": etag}).status_code in {200, 304}
    assert client.get(ADDRESS, headers={"if-match": etag}).status_code in {200, 412}


def test_it_can_only_be_read(client):
    assert client.post(ADDRESS).status_code == 405


def test_an_area_whose_shape_was_spoilt_is_left_out_and_the_others_stay(client, tilbury):
    Area.objects.filter(code="RM18-8").update(shape={"type": "Polygon", "coordinates": "lost"})
    assert names(client.get(ADDRESS, {"kind": "neighbourhood"})) == []
    assert names(client.get(ADDRESS)) == ["River Thames", "Thurrock"]


def test_neighbours_still_share_their_edge_when_simplified():
    wavy = [[0.3, 51.45 + step / 1000] for step in range(11)]
    for step, corner in enumerate(wavy):
        corner[0] += 0.00005 * (step % 2)
    west = {"type": "Polygon", "coordinates": [[[0.2, 51.45], *wavy, [0.2, 51.46], [0.2, 51.45]]]}
    east = {"type": "Polygon", "coordinates": [[[0.4, 51.45], *wavy, [0.4, 51.46], [0.4, 51.45]]]}
    left, right = simplify([read_shape(west), read_shape(east)], side_by_side=True)
    assert len(left.exterior.coords) < 8
    assert left.intersection(right).area == 0
    assert left.union(right).area == pytest.approx(left.area + right.area)
    assert left.union(right).geom_type == "Polygon"


def test_a_coast_of_many_corners_is_made_light(client, monkeypatch):
    monkeypatch.setattr("assets_map.outlines.MOST_CORNERS", 100)
    coast = [[0.2 + step / 20_000, 51.5 + 0.002 * (step % 2)] for step in range(2_000)]
    make_area(shape={"type": "Polygon", "coordinates": [[[0.2, 51.4], *coast, [0.3, 51.4], [0.2, 51.4]]]})
    (area,) = client.get(ADDRESS, {"kind": "neighbourhood"}).json()["features"]
    assert len(json.dumps(area)) < 5_000


def test_asking_for_nothing_is_no_kind():
    assert read_kinds([]) == frozenset()


def test_the_second_reader_costs_no_query(client, tilbury, django_assert_num_queries):
    client.get(ADDRESS)
    with django_assert_num_queries(0):
        client.get(ADDRESS)
