"""Reads boundaries and lines from any file that geopandas reads. For loaders only: geopandas is imported inside."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from assets_map.loading import AreaRow, NotLoadable

if TYPE_CHECKING:
    import geopandas

GRID = 27700
DEGREES = 4326
# Areas are kept to about this many metres: fine for telling which ward a house is in, light enough for a page.
FINE_METRES = 5.0
# Column names of ONS, OS and common exports, the likeliest first; {family} is the ONS's word for the kind.
FAMILIES = {"ward": "wd|ward", "council": "lad|ctyua|utla|ltla|la|lpa", "neighbourhood": "msoa|lsoa|par|bua|ncp"}
CODES = r"(?:{family})\d*cd", r"(?:{family})_?code", r"[a-z]+\d\dcd", r"gss_?code|code|ref|reference|area_?code|id|fid"
NAMES = r"(?:{family})\d*nm", r"(?:{family})_?name", r"[a-z]+\d\dnm", r"name|nm|area_?name|title|label"
COUNCILS = (r"(?:lad|ltla|ctyua|utla)\d*cd",)
LINE_NAMES = r"name|title|label|river|road"
NOTES = r"crossing_?note|note|notes|how_to_cross|crossing"


def read_areas_file(
    path: Path, *, kind: str, name_column: str = "", code_column: str = "", layer: str = "", councils: frozenset[str]
) -> list[AreaRow]:
    """Areas of a boundary file in degrees, neighbours still sharing their edges; raises `NotLoadable`.

    A national file that says which council each area is in gives only those of `councils`, when any is named.
    """
    frame = _read(path, layer)
    names = _column(frame, name_column, NAMES, kind, "name")
    codes = _column(frame, code_column, CODES, kind, "code", needed=bool(code_column))
    council = _column(frame, "", COUNCILS, kind, "council", needed=False) if kind != "council" else ""
    if council and councils:
        frame = frame[frame[council].isin(list(councils))]
    if frame.empty:
        raise NotLoadable(f"{path.name} has no areas in {', '.join(sorted(councils))}.")
    frame = frame.assign(
        _name=frame[names or codes].astype(str).str.strip(),
        _council=frame[council].astype(str) if council else (next(iter(councils)) if len(councils) == 1 else ""),
    )
    frame["_code"] = (
        frame[codes].astype(str).str.strip() if codes else [_made_code(kind, one) for one in frame["_name"]]
    )
    shapes = simplified(_polygons(frame))
    rows = zip(frame["_code"], frame["_name"], shapes, frame["_council"], strict=True)
    return _one_each(
        AreaRow(code, name, shape, "" if kind == "council" else parent)
        for code, name, shape, parent in rows
        if not shape.is_empty
    )


def read_lines_file(path: Path, *, name_column: str = "", layer: str = "") -> list[tuple[str, BaseGeometry, str]]:
    """Barriers of a file as name, line in degrees, and note; raises `NotLoadable`."""
    frame = _read(path, layer).to_crs(DEGREES)
    names = _column(frame, name_column, (LINE_NAMES,), "", "name")
    notes = _column(frame, "", (NOTES,), "", "note", needed=False)
    found: dict[str, tuple[list[BaseGeometry], str]] = {}
    for _at, row in frame.iterrows():
        parts, _note = found.setdefault(str(row[names]).strip(), ([], str(row[notes]) if notes else ""))
        parts += [part for part in shapely.get_parts(row.geometry) if part.geom_type in ("LineString", "Polygon")]
    return [(name, _gathered(parts), note) for name, (parts, note) in found.items() if parts]


def simplified(shapes: np.ndarray) -> np.ndarray:
    """Shapes in metres, with fewer corners and in degrees; where neighbours share an edge they still do."""
    if shapely.coverage_is_valid(shapes):
        plainer = shapely.coverage_simplify(shapes, FINE_METRES * 2)
    else:
        plainer = shapely.simplify(shapes, FINE_METRES)
    return to_degrees(np.array([polygonal(one) for one in plainer], dtype=object))


def to_degrees(shapes: np.ndarray) -> np.ndarray:
    """Shapes on the National Grid as longitude and latitude."""
    from pyproj import Transformer

    transform = Transformer.from_crs(GRID, DEGREES, always_xy=True).transform
    turned = shapely.transform(shapes, lambda xy: np.column_stack(transform(xy[:, 0], xy[:, 1])))
    # Whole numbers of about a metre, so that an edge shared before is shared after.
    return np.array([polygonal(shapely.set_precision(one, 1e-5)) for one in turned], dtype=object)


def _read(path: Path, layer: str) -> "geopandas.GeoDataFrame":
    import geopandas
    from pyogrio.errors import DataLayerError, DataSourceError

    if not path.exists():
        raise NotLoadable(f"There is no file {path}.")
    try:
        frame = geopandas.read_file(path, **({"layer": layer} if layer else {}))
    except (DataSourceError, DataLayerError, ValueError, OSError, RuntimeError) as error:
        raise NotLoadable(
            f"{path.name} could not be read ({error}). It should be GeoJSON, GeoPackage or a zipped Shapefile."
        ) from error
    if not isinstance(frame, geopandas.GeoDataFrame) or frame.geometry.isna().all():
        raise NotLoadable(f"{path.name} is a table without shapes.")
    frame = frame[~frame.geometry.isna()]
    return frame if frame.crs else frame.set_crs(_guessed_crs(frame.total_bounds, path))


def _guessed_crs(bounds: Iterable[float], path: Path) -> int:
    west, south, east, north = bounds
    if -180 <= west <= east <= 180 and -90 <= south <= north <= 90:
        return DEGREES
    if 0 <= west <= east <= 700_000 and 0 <= south <= north <= 1_300_000:
        return GRID
    raise NotLoadable(
        f"{path.name} does not say what its coordinates mean, and they look like neither degrees nor metres."
    )


def _column(frame: Any, asked: str, patterns: Iterable[str], kind: str, what: str, *, needed: bool = True) -> str:
    """The column asked for, or the first that looks like one of the patterns; blank when none is needed or there."""
    columns = [str(one) for one in frame.columns if one != frame.geometry.name]
    there = "The columns are: " + (", ".join(columns) or "none") + "."
    if asked:
        match = next((one for one in columns if one.lower() == asked.lower()), "")
        if not match:
            raise NotLoadable(f"There is no column {asked}. {there}")
        return match
    for pattern in patterns:
        full = pattern.replace("{family}", FAMILIES.get(kind, "nothing"))
        for column in columns:
            if re.fullmatch(full, column.lower()):
                return column
    if needed:
        raise NotLoadable(f"No column looks like the {what}: give --{what}-column. {there}")
    return ""


def _polygons(frame: Any) -> np.ndarray:
    """The frame's shapes in metres, mended, and only what has an area."""
    metric = frame.to_crs(GRID).geometry.make_valid()
    return np.array([polygonal(one) for one in metric], dtype=object)


def polygonal(shape: BaseGeometry) -> BaseGeometry:
    if shape is None or shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape if shape is not None else shapely.Polygon()
    parts = [
        part for part in shapely.get_parts(shape, return_index=False) if part.geom_type in ("Polygon", "MultiPolygon")
    ]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def _gathered(parts: list[BaseGeometry]) -> BaseGeometry:
    if len(parts) == 1:
        return parts[0]
    joined = shapely.union_all(parts)
    return shapely.line_merge(joined) if joined.geom_type == "MultiLineString" else joined


def _made_code(kind: str, name: str) -> str:
    return f"{kind}:{' '.join(name.split())}"[:40]


def _one_each(rows: Iterable[AreaRow]) -> list[AreaRow]:
    """Rows of one code joined into one: islands often come a row each."""
    found: dict[str, list[AreaRow]] = {}
    for row in rows:
        found.setdefault(row.code, []).append(row)
    return [
        same[0]
        if len(same) == 1
        else AreaRow(code, same[0].name, polygonal(shapely.union_all([row.shape for row in same])), same[0].parent_code)
        for code, same in found.items()
    ]
