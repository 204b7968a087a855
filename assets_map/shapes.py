"""Shapes as they are kept: GeoJSON geometries in WGS 84."""

from typing import Any

from shapely.errors import GEOSException
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

AREAS = frozenset({"Polygon", "MultiPolygon"})
LINES = frozenset({"LineString", "MultiLineString", "Polygon", "MultiPolygon"})
MOST_POINTS = 200_000


class NotAShape(ValueError):
    """What was given is not a shape that can be used; the message says why."""


def read_shape(value: Any, *, kinds: frozenset[str] = AREAS) -> BaseGeometry:
    """A GeoJSON geometry (or a Feature, or a collection of one) as a shapely shape in degrees; else `NotAShape`."""
    geometry = _geometry(value)
    if not isinstance(geometry, dict) or str(geometry.get("type")) not in kinds:
        raise NotAShape(f"A shape must be a GeoJSON {' or '.join(sorted(kinds))}.")
    try:
        found = shape(geometry)
    except (GEOSException, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise NotAShape("The shape's list of points cannot be read.") from error
    if found.is_empty:
        raise NotAShape("The shape has no points.")
    west, south, east, north = found.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise NotAShape("The points must be longitude and latitude in degrees, in that order.")
    if kinds == AREAS and not found.is_valid:
        raise NotAShape("The shape's outline crosses itself.")
    return found


def _geometry(value: Any) -> Any:
    if isinstance(value, dict) and value.get("type") == "FeatureCollection":
        features = value.get("features")
        value = features[0] if isinstance(features, list) and len(features) == 1 else None
    if isinstance(value, dict) and value.get("type") == "Feature":
        return value.get("geometry")
    return value


def to_geojson(found: BaseGeometry, *, digits: int = 5) -> dict[str, Any]:
    """A GeoJSON geometry with coordinates to about a metre."""

    def rounded(part: Any) -> Any:
        return round(part, digits) if isinstance(part, float) else [rounded(one) for one in part]

    plain = mapping(found)
    return {"type": plain["type"], "coordinates": rounded(plain["coordinates"])}
