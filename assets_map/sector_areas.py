"""Neighbourhood shapes from postcodes alone, for a council with no boundary file at hand.

Every postcode's cell (all ground that is nearer to it than to any other) goes to its sector, and the cells of a sector
are joined. So neighbours meet without a gap, and the edge against the next council runs half-way between the last
street on each side. For loaders only: it imports pyproj.
"""

from pathlib import Path

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from assets_map.areas import SECTOR
from assets_map.councils import council_name
from assets_map.distance import Point
from assets_map.gazetteer import DEGREE, IN_A_SECTOR, Gazetteer
from assets_map.loading import AreaRow, NotLoadable
from assets_map.models import NamedPlace
from assets_map.names import closest_name
from assets_map.shape_files import DEGREES, GRID, polygonal, simplified

# How far beyond its outermost streets a council's ground is taken to reach.
BEYOND_METRES = 1_500.0
# A sector with fewer streets than this is a sorting office or a sliver; its ground goes to its neighbours.
FEWEST_POSTCODES = 8
FEWEST_SPOTS = 3
# A part of a sector smaller than this, away from the rest, is a street or two that kept an old postcode.
CRUMB_SQUARE_METRES = 200_000.0
CLOSED = Path(__file__).parent / "data" / "closed_sectors.txt"


def sector_areas(known: Gazetteer, council: str, outline: BaseGeometry | None = None) -> list[AreaRow]:
    """The sectors of a council as areas named "Tilbury (RM18 8)", then the council itself; raises `NotLoadable`.

    Within the council's `outline` (in degrees) when there is one; otherwise as far as its streets reach.
    """
    own = known.in_district(council)
    if not own.size:
        raise NotLoadable(f"No postcode is known in {council}. Is that the code of a council, such as E06000034?")
    labels = _sectors(known, own)
    keep = _worth_drawing(known, labels, _metres(known, own))
    if not keep.any():
        raise NotLoadable(f"{council} has too few postcodes to draw neighbourhoods from.")
    own, labels = own[keep], labels[keep]
    names = [str(sector) for sector in np.unique(labels)]
    shapes = simplified(_drawn(known, own, labels, council, outline))
    rows = [
        AreaRow(SECTOR + sector, _name(known, own[labels == sector], sector, council), shape, council)
        for sector, shape in zip(names, shapes, strict=True)
        if not shape.is_empty
    ]
    whole = shapely.union_all([row.shape for row in rows])
    return [*rows, AreaRow(council, council_name(council) or council, whole)]


def _drawn(
    known: Gazetteer, own: np.ndarray, labels: np.ndarray, council: str, outline: BaseGeometry | None
) -> np.ndarray:
    """The shape of each sector in metres, by name."""
    own_xy = _metres(known, own)
    others = np.empty((0, 2)) if outline else _metres(known, _around(known, own_xy, council))
    ground = _in_metres(outline) if outline else _ground(own_xy)
    cells = _cells(own_xy, others, ground)
    joined = [shapely.coverage_union_all(cells[labels == sector]) for sector in np.unique(labels)]
    return _tidy(shapely.intersection(np.array(_crumbs_given_away(joined), dtype=object), ground))


def _sectors(known: Gazetteer, rows: np.ndarray) -> np.ndarray:
    outcode = np.searchsorted(known.starts, rows, side="right") - 1
    digit = known.column("inward")[rows] // IN_A_SECTOR
    return np.array([f"{known.outcodes[at]} {number}" for at, number in zip(outcode, digit, strict=True)])


def _metres(known: Gazetteer, rows: np.ndarray) -> np.ndarray:
    turn = Transformer.from_crs(DEGREES, GRID, always_xy=True).transform
    return np.column_stack(turn(known.column("lon")[rows] / DEGREE, known.column("lat")[rows] / DEGREE))


def _around(known: Gazetteer, own_xy: np.ndarray, council: str) -> np.ndarray:
    """The rows of other councils' live postcodes that could share an edge with ours."""
    turn = Transformer.from_crs(GRID, DEGREES, always_xy=True).transform
    low, high = own_xy.min(axis=0) - 2 * BEYOND_METRES, own_xy.max(axis=0) + 2 * BEYOND_METRES
    (west, south), (east, north) = turn(*low), turn(*high)
    lat, lon = known.column("lat") / DEGREE, known.column("lon") / DEGREE
    inside = (lat > south) & (lat < north) & (lon > west) & (lon < east) & (known.column("ended") == 0)
    number = known.codes("district").index(council)
    return np.flatnonzero(inside & (known.column("district") != number))


def _worth_drawing(known: Gazetteer, labels: np.ndarray, xy: np.ndarray) -> np.ndarray:
    """Which postcodes are of a sector that is in use and is more than a sorting office."""
    keep = np.zeros(len(labels), bool)
    for sector in np.unique(labels):
        of_it = labels == sector
        if of_it.sum() >= FEWEST_POSTCODES and len(np.unique(xy[of_it].round(), axis=0)) >= FEWEST_SPOTS:
            keep |= of_it
    if known.about["live"] == len(known):
        # Streets whose postcodes were all changed would otherwise lie like confetti over those that they have now.
        keep &= ~np.isin(labels, list(closed_sectors()))
    return keep


def closed_sectors() -> set[str]:
    """Sectors that were out of use in November 2025, for postcodes that no product has yet said are closed."""
    lines = (line.split() for line in CLOSED.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {f"{outcode} {digit}" for outcode, digits in lines for digit in digits}


def _cells(own: np.ndarray, others: np.ndarray, ground: BaseGeometry) -> np.ndarray:
    """The cell of each of our postcodes; those that share a spot share its cell, given to the first and empty after."""
    spots, first, which = np.unique(np.vstack([own, others]).round(1), axis=0, return_index=True, return_inverse=True)
    drawn = shapely.voronoi_polygons(shapely.multipoints(spots), extend_to=ground, ordered=True)
    cells = np.array(shapely.get_parts(drawn), dtype=object)[which.ravel()[: len(own)]]
    cells[first[which.ravel()[: len(own)]] != np.arange(len(own))] = shapely.Polygon()
    return cells


def _ground(xy: np.ndarray) -> BaseGeometry:
    """What lies within reach of some street, without holes."""
    near = shapely.union_all(shapely.buffer(shapely.points(xy), BEYOND_METRES, quad_segs=4))
    return shapely.union_all([shapely.Polygon(part.exterior) for part in shapely.get_parts(near)])


def _in_metres(outline: BaseGeometry) -> BaseGeometry:
    turn = Transformer.from_crs(DEGREES, GRID, always_xy=True).transform
    return shapely.make_valid(shapely.transform(outline, lambda xy: np.column_stack(turn(xy[:, 0], xy[:, 1]))))


def _crumbs_given_away(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """The shapes with each small part that lies apart given to the neighbour that it shares most edge with."""
    crumbs: list[tuple[int, BaseGeometry]] = []
    bodies = []
    for at, shape in enumerate(shapes):
        parts = sorted(shapely.get_parts(shape), key=shapely.area, reverse=True)
        crumbs += [(at, part) for part in parts[1:] if part.area < CRUMB_SQUARE_METRES]
        bodies.append(
            shapely.union_all([part for part in parts if part is parts[0] or part.area >= CRUMB_SQUARE_METRES])
        )
    for at, crumb in sorted(crumbs, key=lambda one: -one[1].area):
        edges = shapely.length(shapely.intersection(np.array(bodies, dtype=object), crumb.exterior))
        taker = int(np.argmax(edges)) if edges.any() else at
        bodies[taker] = shapely.union(bodies[taker], crumb)
    return bodies


def _tidy(shapes: np.ndarray) -> np.ndarray:
    """Edges put on a common grid of a metre, so that neighbours fit each other exactly."""
    plain = [polygonal(shape) for shape in shapely.set_precision(shapes, 1.0)]
    return shapely.coverage_clean(np.array(plain, dtype=object), snapping_distance=1.0)


def _name(known: Gazetteer, rows: np.ndarray, sector: str, council: str) -> str:
    lat, lon = (float(np.median(known.column(name)[rows])) / DEGREE for name in ("lat", "lon"))
    name = closest_name(Point(lat, lon), NamedPlace.objects.filter(council_code=council))
    return f"{name} ({sector})" if name else sector
