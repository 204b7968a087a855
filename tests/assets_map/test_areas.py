import time

import pytest
import shapely
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import mapping

from assets_map import areas as areas_module
from assets_map.areas import AreaIndex, KnownArea, area_index, forget_areas
from assets_map.distance import Point, box_around, metres_between, metres_to_many, miles_between
from assets_map.models import Area
from tests.factories.assets_map import box, make_area, make_place

TILBURY = Point(51.4618, 0.3652)
spots = st.builds(Point, st.floats(50, 58), st.floats(-6, 1.7))


@pytest.mark.django_db
def test_a_point_is_in_the_areas_that_hold_it():
    make_area(code="a", slug="a")
    make_area(code="b", slug="b", corners=(0.0, 51.0, 1.0, 52.0), kind=Area.Kind.COUNCIL)
    make_area(code="c", slug="c", corners=(1.0, 51.0, 2.0, 52.0))
    assert area_index().codes_at(TILBURY) == {"a", "b"}
    assert area_index().codes_at(Point(51.5, 1.0)) == {"b", "c"}
    assert area_index().codes_at(Point(60.0, -1.0)) == frozenset()


@pytest.mark.django_db
def test_with_no_areas_a_point_is_in_none():
    assert area_index().codes_at(TILBURY) == frozenset()


@pytest.mark.django_db
def test_a_change_of_an_area_is_seen():
    area = make_area(code="a", slug="a")
    assert area_index().codes_at(TILBURY) == {"a"}
    area.shape = box(1.0, 51.0, 2.0, 52.0)
    area.save()
    assert area_index().codes_at(TILBURY) == frozenset()
    area.delete()
    assert len(area_index()) == 0


@pytest.mark.django_db(transaction=True)
def test_areas_are_not_asked_of_the_database_at_every_question(django_assert_num_queries):
    make_area(code="a", slug="a")
    forget_areas()
    area_index()
    with django_assert_num_queries(0):
        for _ in range(100):
            area_index().codes_at(TILBURY)


@pytest.mark.django_db(transaction=True)
def test_another_process_sees_a_change_within_seconds(monkeypatch):
    make_area(code="a", slug="a")
    forget_areas()
    assert area_index().codes_at(TILBURY) == {"a"}
    make_area(code="b", slug="b")
    later = time.monotonic() + areas_module.SECONDS_KEPT
    monkeypatch.setattr(areas_module.time, "monotonic", lambda: later)
    assert area_index().codes_at(TILBURY) == {"a", "b"}


def test_an_outline_is_exact_not_its_box():
    triangle = shapely.Polygon([(0, 51), (1, 51), (0, 52)])
    index = AreaIndex([(KnownArea("t", "Triangle", "drawn"), triangle)])
    assert index.codes_at(Point(51.2, 0.2)) == {"t"}
    assert index.codes_at(Point(51.9, 0.9)) == frozenset()
    assert triangle.contains(shapely.Point(index.inside("t")[::-1]))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "shape",
    [
        None, {}, [], "x", 5, {"type": "Point", "coordinates": [0, 51]}, {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []}, {"type": "Polygon", "coordinates": [[[0, 51], [1, 51]]]},
        {"type": "Polygon", "coordinates": "all of it"}, {"type": "Polygon", "coordinates": [[["a", "b"]] * 4]},
        mapping(shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])), box(500000, 170000, 600000, 180000),
        {"type": "FeatureCollection", "features": []}, {"type": "Feature", "geometry": None},
    ],
)  # fmt: skip
def test_what_is_not_a_shape_is_refused_with_words(shape):
    with pytest.raises(ValidationError) as problem:
        make_area(shape=shape)
    assert problem.value.message_dict["shape"]


@pytest.mark.django_db
def test_an_area_keeps_its_box():
    area = make_area(corners=(0.33, 51.45, 0.38, 51.47))
    assert (area.west, area.south, area.east, area.north) == (0.33, 51.45, 0.38, 51.47)


@pytest.mark.django_db
def test_the_database_refuses_a_box_inside_out():
    area = make_area()
    with pytest.raises(IntegrityError, match="area_box_is_a_box"), transaction.atomic():
        Area.objects.filter(pk=area.pk).update(south=60)


@pytest.mark.django_db
def test_the_database_refuses_a_place_off_the_earth():
    with pytest.raises(IntegrityError, match="place_is_on_earth"), transaction.atomic():
        make_place(latitude=91)


def test_tilbury_and_gravesend_are_a_mile_apart():
    assert miles_between(Point(51.4612, 0.3655), Point(51.4430, 0.3700)) == pytest.approx(1.27, abs=0.02)


@given(spots, spots)
def test_distance_is_the_same_there_and_back_and_in_bulk(a, b):
    assert metres_between(a, b) == pytest.approx(metres_between(b, a))
    assert metres_to_many(a, [b.lat], [b.lon])[0] == pytest.approx(metres_between(a, b), abs=0.01)


@given(spots, spots, st.floats(10, 50_000))
def test_nothing_within_reach_lies_outside_the_box(a, b, metres):
    south, north, west, east = box_around(a, metres)
    if metres_between(a, b) <= metres:
        assert south <= b.lat <= north
        assert west <= b.lon <= east
