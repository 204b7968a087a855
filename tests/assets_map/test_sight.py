"""What a barrier hides, held against drawing every line."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from assets_map.distance import Point
from assets_map.sight import Sight, plainly

numbers = st.floats(-1, 1).map(lambda number: round(number, 3))
corners = st.lists(st.tuples(numbers, numbers), min_size=2, max_size=12, unique=True)
shapes = st.one_of(
    corners.map(shapely.LineString), st.lists(corners, min_size=1, max_size=4).map(shapely.MultiLineString)
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(shapes, st.tuples(numbers, numbers), st.integers(0, 1000))
def test_it_hides_what_a_line_drawn_to_it_would_cross(shape, at, seed):
    here = Point(*at)
    # Off the grid of the corners: what only touches one is a matter of rounding.
    lats, lons = np.random.default_rng(seed).uniform(-1.2, 1.2, (2, 200))
    assert Sight(here, shape).hides(shape, lats, lons).tolist() == plainly(here, shape, lats, lons).tolist()


@pytest.mark.parametrize(("lat", "hidden"), [(51.44, True), (51.47, False)])
def test_the_far_bank_is_hidden_and_this_bank_is_not(lat, hidden):
    river = shapely.LineString([(0.2, 51.455), (0.5, 51.455)])
    assert Sight(Point(51.46, 0.36), river).hides(river, np.array([lat]), np.array([0.37])).tolist() == [hidden]


def test_who_stands_on_it_sees_nothing():
    river = shapely.LineString([(0.2, 51.455), (0.5, 51.455)])
    assert Sight(Point(51.455, 0.36), river).hides(river, np.array([51.47]), np.array([0.37])).tolist() == [True]
