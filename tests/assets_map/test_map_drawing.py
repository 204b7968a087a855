import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from assets_map.forms import ShapeField
from assets_map.models import Area, Barrier, NamedPlace
from assets_map.shapes import LINES
from tests.factories.assets_map import box, make_area

TRIANGLE = {"type": "Polygon", "coordinates": [[[0.3, 51.4], [0.4, 51.4], [0.4, 51.5], [0.3, 51.4]]]}


def said_about(typed, **options):
    field = ShapeField(**options)
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    return refused.value.messages[0]


def test_a_polygon_is_kept_to_about_a_metre():
    long = {"type": "Polygon", "coordinates": [[[0.30000049, 51.4], [0.4, 51.4], [0.4, 51.5], [0.30000049, 51.4]]]}
    assert ShapeField().clean(json.dumps(long))["coordinates"][0][0] == [0.3, 51.4]


def test_a_feature_and_a_collection_of_one_are_taken_for_their_geometry():
    feature = {"type": "Feature", "properties": {}, "geometry": TRIANGLE}
    assert ShapeField().clean(json.dumps(feature)) == TRIANGLE
    assert ShapeField().clean(json.dumps({"type": "FeatureCollection", "features": [feature]})) == TRIANGLE


@pytest.mark.parametrize(
    "typed",
    ["{", "Tilbury", "[" * 100_000, '{"type": ' + "9" * 5000 + "}", "{'type': 'Polygon'}", "\x00", "<gml:Polygon/>"],
)
def test_what_is_not_json_is_said_to_be_so(typed):
    assert said_about(typed).startswith("This is not GeoJSON.")


@pytest.mark.parametrize(
    "typed",
    [
        "1",
        '"Polygon"',
        "[]",
        "{}",
        '{"type": "Polygon"}',
        '{"type": "Polygon", "coordinates": []}',
        '{"type": "Polygon", "coordinates": [[[0.3, 51.4]]]}',
        '{"type": "Polygon", "coordinates": [[["a", "b"], ["c", "d"], ["e", "f"], ["a", "b"]]]}',
        '{"type": "Polygon", "coordinates": [[[NaN, 51.4], [0.4, 51.4], [0.4, 51.5], [NaN, 51.4]]]}',
        '{"type": "Polygon", "coordinates": [[[1e999, 51.4], [0.4, 51.4], [0.4, 51.5], [1e999, 51.4]]]}',
        '{"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1], [1, 0], [0, 0]]]}',
        '{"type": "Polygon", "coordinates": {"a": 1}}',
        '{"type": "Point", "coordinates": [0.3, 51.4]}',
        '{"type": "Polygon", "coordinates": [[[562000, 176000], [563000, 176000], [563000, 177000]]]}',
        '{"type": "FeatureCollection", "features": []}',
        '{"type": "Feature", "geometry": null}',
        '{"type": ["Polygon"], "coordinates": []}',
        '{"type": "Polygon", "coordinates": [null]}',
        '{"type": "MultiPolygon", "coordinates": [[[[0.3, 51.4, 1, 2, 3]]]]}',
    ],
)
def test_json_that_is_no_shape_is_refused_with_a_sentence(typed):
    said = said_about(typed)
    assert said[0].isupper()
    assert said.endswith(".")


def test_a_barrier_is_a_line():
    line = {"type": "LineString", "coordinates": [[0.2, 51.45], [0.4, 51.46]]}
    assert ShapeField(kinds=LINES).clean(json.dumps(line)) == line
    assert "GeoJSON" in said_about(json.dumps(line))


@pytest.fixture
def staff(client, db):
    client.force_login(get_user_model().objects.create_superuser("ed", "ed@example.org", "long enough to pass"))
    return client


def add_address(model):
    return reverse(model.snippet_viewset.get_url_name("add"))


def area_form(**given):
    return {"name": "Tilbury", "kind": "drawn", "code": "T1", "parent_code": "", "slug": "", **given}


def test_staff_can_draw_an_area(staff):
    response = staff.post(add_address(Area), area_form(shape=json.dumps(TRIANGLE)))
    assert response.status_code == 302
    area = Area.objects.get(code="T1")
    assert (area.shape, area.west, area.north, area.slug) == (TRIANGLE, 0.3, 51.5, "tilbury-t1")


def test_the_box_is_empty_where_nothing_is_drawn_yet(staff):
    page = staff.get(add_address(Area)).content.decode()
    assert re.search(r"<textarea[^>]*>\s*</textarea>", page)


def test_an_error_keeps_what_was_typed(staff):
    response = staff.post(add_address(Area), area_form(shape='{"type": "Poligon"'))
    assert response.status_code == 200
    assert b"This is not GeoJSON" in response.content
    assert b"Poligon" in response.content


@pytest.mark.parametrize("shape", ["", "null", "[" * 50_000, "{}", "9" * 5000, json.dumps({"type": "Point"})])
def test_no_shape_is_a_server_error(staff, shape):
    response = staff.post(add_address(Area), area_form(shape=shape))
    assert response.status_code == 200
    assert not Area.objects.exists()


def test_two_areas_cannot_have_one_address(staff):
    make_area(code="T-1", name="Tilbury")
    taken = Area.objects.get().slug
    response = staff.post(add_address(Area), area_form(code="T 1", slug="", shape=json.dumps(TRIANGLE)))
    assert response.status_code == 200
    assert f"Another area has the address “{taken}”" in response.content.decode()


def test_a_name_without_letters_needs_an_address_of_its_own(staff):
    response = staff.post(add_address(Area), area_form(name="!!!", code="???", shape=json.dumps(TRIANGLE)))
    assert response.status_code == 200
    assert "Give this area an address" in response.content.decode()


def test_an_area_that_was_drawn_can_be_changed(staff):
    area = make_area()
    address = reverse(Area.snippet_viewset.get_url_name("edit"), args=[area.pk])
    page = staff.get(address).content.decode()
    assert "leaflet.draw" in page
    assert "51.45" in page
    given = area_form(name="Tilbury", code=area.code, slug=area.slug, shape=json.dumps(box(0.3, 51.4, 0.5, 51.5)))
    assert staff.post(address, given).status_code == 302
    assert Area.objects.get().east == 0.5


def test_staff_can_draw_a_barrier(staff):
    line = {"type": "LineString", "coordinates": [[0.2, 51.45], [0.4, 51.46]]}
    given = {"name": "River Thames", "shape": json.dumps(line), "crossing_note": "", "active": "on"}
    assert staff.post(add_address(Barrier), given).status_code == 302
    assert Barrier.objects.get().shape == line


def test_a_place_name_is_kept_once_for_a_spot(staff):
    given = {"name": "Tilbury", "kind": "Town", "latitude": "51.46", "longitude": "0.36"}
    address = add_address(NamedPlace)
    assert staff.post(address, given).status_code == 302
    again = staff.post(address, given | {"name": "TILBURY"})
    assert again.status_code == 200
    assert "There is a place of this name at this spot already." in again.content.decode()


@pytest.mark.parametrize("latitude", ["91", "nan", "inf", "north", "", "1e400"])
def test_a_latitude_that_is_nowhere_is_refused(staff, latitude):
    given = {"name": "Tilbury", "kind": "Town", "latitude": latitude, "longitude": "0.36"}
    assert staff.post(add_address(NamedPlace), given).status_code == 200
    assert not NamedPlace.objects.exists()


@pytest.mark.parametrize("model", [Area, Barrier, NamedPlace])
def test_lists_can_be_searched_and_filtered(staff, model):
    make_area()
    address = reverse(model.snippet_viewset.get_url_name("list"))
    assert staff.get(address, MultiValueDict({"q": ["Til"]})).status_code == 200
    assert staff.get(address, {"kind": "nonsense", "active": "perhaps", "p": "x"}).status_code == 200


def test_the_places_menu_is_for_those_who_may_change_them(client, db):
    plain = get_user_model().objects.create_user("vi", "vi@example.org", "long enough to pass")
    client.force_login(plain)
    assert client.get(add_address(Area)).status_code == 404
