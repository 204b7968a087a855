"""A shadow holds exactly what the line-crossing test calls across."""

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString, Polygon

from assets_map.barriers import Drawn, crossed_many
from assets_map.distance import METRES_A_MILE, Point, metres_between
from assets_map.shadows import circle, polygons, shadow

HERE = Point(51.4628, 0.3607)
MILES = 10 * METRES_A_MILE
BENDS = LineString([(0.15 + bend / 100, 51.455 + np.sin(bend) / 100) for bend in range(60)])
SHAPES = {
    "a straight river": LineString([(-10, 51.455), (10, 51.455)]),
    "a river of sixty bends": BENDS,
    "a short stretch of motorway": LineString([(0.34, 51.47), (0.37, 51.48), (0.40, 51.47)]),
    "a hook that bends back": LineString([(0.33, 51.46), (0.40, 51.47), (0.37, 51.47), (0.41, 51.44)]),
    "two stretches": MultiLineString([[(0.30, 51.40), (0.35, 51.45)], [(0.38, 51.50), (0.45, 51.46)]]),
    "a river and a motorway that crosses it": MultiLineString(
        [[(0.2, 51.455), (0.5, 51.455)], [(0.30, 51.40), (0.40, 51.52)], [(0.31, 51.50), (0.42, 51.48)]]
    ),
    "due west, where bearings begin anew": LineString([(0.34, 51.50), (0.33, HERE.lat), (0.34, 51.42)]),
    "a lake": Polygon([(0.38, 51.46), (0.42, 51.46), (0.42, 51.48), (0.38, 51.48)]),
}


def crossed(monkeypatch, shape, lats, lons):
    shapely.prepare(shape)
    monkeypatch.setattr("assets_map.barriers.barriers", lambda: (Drawn("it", shape),))
    return np.array([found is not None for found in crossed_many(HERE, lats, lons)])


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_points_are_in_the_shadow_exactly_when_the_line_to_them_crosses(monkeypatch, shape):
    chance = np.random.default_rng(4)
    lats, lons = chance.uniform(51.35, 51.58, 4_000), chance.uniform(0.16, 0.56, 4_000)
    dark = shadow(HERE, [shape], circle(HERE, MILES))
    inside = shapely.contains_xy(dark, lons, lats)
    across = crossed(monkeypatch, shape, lats, lons)
    reach = shapely.contains_xy(circle(HERE, MILES), lons, lats)
    assert across[reach].any()
    assert not across[reach].all()
    # Upon the very edge rounding decides.
    doubtful = shapely.distance(dark.boundary, shapely.points(lons, lats)) < 1e-9
    assert (inside == across)[reach & ~doubtful].all()


def test_on_a_barrier_everything_lies_across():
    assert shadow(HERE, [LineString([(0.3, HERE.lat), (0.4, HERE.lat)])], circle(HERE, MILES)).equals(
        circle(HERE, MILES)
    )


def test_a_barrier_beyond_reach_throws_no_shadow():
    assert shadow(HERE, [LineString([(0, 53), (1, 53)])], circle(HERE, MILES)).is_empty


def test_a_circle_holds_all_within_and_hardly_more():
    ring = np.array(circle(HERE, 5_000).exterior.coords)
    distances = [metres_between(HERE, Point(lat, lon)) for lon, lat in ring]
    middles = [metres_between(HERE, Point(*((ring[n] + ring[n + 1]) / 2)[::-1])) for n in range(len(ring) - 1)]
    assert max(distances) < 5_000 * 1.001
    assert min(middles) > 5_000 * 0.9999


def test_what_cutting_leaves_is_no_place():
    speck = Polygon([(0, 0), (1e-7, 0), (0, 1e-7)])
    kept = polygons(shapely.union_all([speck, Polygon([(1, 1), (2, 1), (1, 2)]), LineString([(5, 5), (6, 6)])]))
    assert len(kept.geoms) == 1
