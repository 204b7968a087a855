import json
import re

import pytest
from django.template import Context, Template
from django.test import override_settings

from assets_map.distance import Point
from assets_map.features import Pin
from assets_map.models import Area
from assets_map.outlines import forget_outlines
from assets_map.places import Place
from tests.factories.assets_map import make_area, make_barrier

pytestmark = pytest.mark.django_db
LUNCH = Pin(Point(51.4641, 0.3590), "Lunch </script><script>alert(1)</script>", "/l/", 1, "0.2 miles away", "a1")
HOME = Place(label="RM18 8", point=Point(51.462341, 0.361234), approximate=False, shareable="RM18 8")


@pytest.fixture(autouse=True)
def fresh():
    forget_outlines()
    yield
    forget_outlines()


def drawn(tag, **context):
    return Template("{% load assets_map %}" + tag).render(Context(context))


def data_of(page):
    return json.loads(re.search(r'<script id="map-1-data" type="application/json">(.*?)</script>', page)[1])


def test_without_javascript_there_is_no_empty_box():
    assert re.search(r"<section [^>]*\bhidden>", drawn("{% assets_map points=points %}", points=[LUNCH]))


def test_the_only_scripts_are_files_and_data():
    page = drawn("{% assets_map_head %}{% assets_map points=points %}", points=[LUNCH])
    for script in re.findall(r"<script[^>]*>", page):
        assert 'type="application/json"' in script or 'src="/static/' in script
    assert "style=" not in page
    assert "alert(1)" not in re.sub(r"\\u003C.*", "", page)


def test_nothing_is_fetched_from_elsewhere():
    page = drawn("{% assets_map_head %}{% assets_map points=points %}", points=[LUNCH])
    assert not re.search(r"https?:|//[a-z]", page)


def test_nothing_to_show_is_no_map():
    assert drawn("{% assets_map points=points %}", points=[]).strip() == ""
    assert drawn("{% assets_map %}").strip() == ""


def test_points_may_come_from_an_address():
    data = data_of(drawn("{% assets_map points_url='/find/points.json?place=RM18+8' %}"))
    assert data["pointsUrl"] == "/find/points.json?place=RM18+8"


def test_where_a_search_started_is_rounded_so_that_no_page_carries_a_home():
    place = data_of(drawn("{% assets_map points=points place=place %}", points=[LUNCH], place=HOME))["place"]
    assert (place["lat"], place["lon"]) == (51.462, 0.361)
    assert "51.46234" not in drawn("{% assets_map place=place %}", place=HOME)


def test_an_approximate_place_has_a_wider_circle():
    sector = Place(label="RM18 8", point=HOME.point, approximate=True, shareable="RM18 8")
    rounds = [
        data_of(drawn("{% assets_map place=place %}", place=place))["place"]["metres"] for place in (HOME, sector)
    ]
    assert rounds == [200, 1000]


def test_two_maps_on_a_page_have_names_of_their_own():
    page = drawn("{% assets_map points=points %}{% assets_map points=points size='small' %}", points=[LUNCH])
    assert 'id="map-1-data"' in page
    assert 'id="map-2-data"' in page
    assert len(re.findall(r' id="([^"]+)"', page)) == len(set(re.findall(r' id="([^"]+)"', page)))


def test_outlines_are_asked_for_by_kind_and_version():
    make_area()
    make_barrier()
    url = data_of(drawn("{% assets_map points=points %}", points=[LUNCH]))["shapesUrl"]
    assert re.fullmatch(r"/map/areas\.json\?kind=barrier&kind=neighbourhood&v=[0-9a-f]{12}", url)


def test_a_page_may_choose_its_kinds_and_the_areas_to_shade():
    make_area(kind=Area.Kind.WARD)
    data = data_of(drawn("{% assets_map areas='ward' covered=codes %}", codes=["RM18-8"]))
    assert "kind=ward" in data["shapesUrl"]
    assert data["covered"] == ["RM18-8"]


def test_tiles_are_the_operators_and_credited_only_when_there_are_any():
    with override_settings(MAP_TILES_URL="", MAP_TILES_CREDIT="© Tile Makers"):
        page = drawn("{% assets_map points=points %}", points=[LUNCH])
        assert data_of(page)["tilesUrl"] == ""
        assert "Tile Makers" not in page
    with override_settings(MAP_TILES_URL="https://tiles.example.org/{z}/{x}/{y}.png", MAP_TILES_CREDIT="© Tile Makers"):
        page = drawn("{% assets_map points=points %}", points=[LUNCH])
        assert data_of(page)["tilesUrl"] == "https://tiles.example.org/{z}/{x}/{y}.png"
        assert "© Tile Makers" in page


def test_ordnance_survey_royal_mail_and_ons_are_credited():
    page = drawn("{% assets_map points=points %}", points=[LUNCH])
    assert "Contains OS data © Crown copyright" in page
    assert "Royal Mail data" in page
    assert "National Statistics data" in page
