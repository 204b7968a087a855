"""The outlines of our own areas and barriers, light enough to lie under a map."""

import hashlib
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from django.core.cache import cache
from django.db import DatabaseError
from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from assets_map.models import Area, Barrier
from assets_map.shapes import AREAS, LINES, NotAShape, read_shape, to_geojson

BARRIER = "barrier"
KINDS = frozenset({*Area.Kind.values, BARRIER})
# These lie side by side and share their edges; patches and drawn shapes may lie over one another.
SIDE_BY_SIDE = frozenset({Area.Kind.COUNCIL, Area.Kind.WARD, Area.Kind.NEIGHBOURHOOD})
FINEST_DEGREES = 0.0002
COARSEST_DEGREES = 0.05
MOST_CORNERS = 40_000
SECONDS_KEPT = 5
SECONDS_CACHED = 24 * 3600


class NotAKind(ValueError):
    """A kind of area that there is not; the message is a sentence for a person."""


@dataclass(frozen=True)
class Known:
    """Which kinds of area there are, where they lie (south, west, north, east), and a word that changes with them."""

    version: str = "0"
    kinds: frozenset[str] = frozenset()
    box: tuple[float, float, float, float] = (49.8, -8.7, 60.9, 1.8)

    @property
    def base_kinds(self) -> list[str]:
        """What lies under a map that asks for nothing else: never two divisions of the same ground."""
        divisions = [Area.Kind.NEIGHBOURHOOD, Area.Kind.WARD]
        finest = next((kind.value for kind in divisions if kind in self.kinds), None)
        return [kind for kind in (Area.Kind.COUNCIL.value, finest, BARRIER) if kind and kind in self.kinds]


def known_outlines() -> Known:
    """What can be drawn, at most some seconds old; nothing when the database cannot say, so that a list still shows."""
    try:
        return _known(int(time.monotonic() / SECONDS_KEPT))
    except DatabaseError:
        return Known()


def forget_outlines() -> None:
    """Look again at the next question."""
    _known.cache_clear()


@lru_cache(maxsize=1)
def _known(_until: int) -> Known:
    rows = list(
        Area.objects.order_by("kind")
        .values_list("kind")
        .annotate(Count("pk"), Max("changed_at"), Min("south"), Min("west"), Max("north"), Max("east"))
    )
    barriers = Barrier.objects.filter(active=True).aggregate(Count("pk"), Max("changed_at"))
    kinds = {row[0] for row in rows} | ({BARRIER} if barriers["pk__count"] else set())
    version = hashlib.sha256(repr((rows, barriers)).encode()).hexdigest()[:12]
    if not rows:
        return Known(version, frozenset(kinds))
    souths, wests, norths, easts = zip(*(row[3:] for row in rows), strict=True)
    return Known(version, frozenset(kinds), (min(souths), min(wests), max(norths), max(easts)))


def read_kinds(words: Iterable[str]) -> frozenset[str]:
    """The kinds that were asked for, or `NotAKind` with the ones there are."""
    asked = frozenset(words)
    unknown = sorted(asked - KINDS)
    if unknown:
        raise NotAKind(
            _("There is no kind of area called “%(word)s”. There are: %(kinds)s.")
            % {"word": unknown[0][:40], "kinds": ", ".join(sorted(KINDS))}
        )
    return asked


def outlines(kinds: frozenset[str]) -> bytes:
    """A GeoJSON FeatureCollection of every outline of those kinds, as UTF-8, kept until an area changes."""
    key = f"assets_map.outlines.{known_outlines().version}.{'-'.join(sorted(kinds))}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = _drawn(kinds)
        cache.set(key, kept, SECONDS_CACHED)
    return kept


def _drawn(kinds: frozenset[str]) -> bytes:
    features = [feature for kind in sorted(kinds - {BARRIER}) for feature in _areas(kind)]
    if BARRIER in kinds:
        features += _barriers()
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def _areas(kind: str) -> list[dict[str, Any]]:
    rows, shapes = [], []
    for code, name, kept in Area.objects.filter(kind=kind).order_by("code").values_list("code", "name", "shape"):
        try:
            shapes.append(read_shape(kept, kinds=AREAS))
        except NotAShape:
            continue
        rows.append((code, name))
    plainer = simplify(shapes, side_by_side=kind in SIDE_BY_SIDE)
    return [
        _feature(shape, kind=kind, code=code, name=name, label=_middle(shape))
        for (code, name), shape in zip(rows, plainer, strict=True)
        if not shape.is_empty
    ]


def _barriers() -> list[dict[str, Any]]:
    features = []
    for name, note, kept in Barrier.objects.filter(active=True).values_list("name", "crossing_note", "shape"):
        try:
            line = read_shape(kept, kinds=LINES)
        except NotAShape:
            continue
        features.append(_feature(simplify([line], side_by_side=False)[0], kind=BARRIER, name=name, note=note))
    return features


def _feature(shape: BaseGeometry, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": to_geojson(shape, digits=5), "properties": properties}


def simplify(shapes: list[BaseGeometry], *, side_by_side: bool) -> list[BaseGeometry]:
    """The shapes with fewer corners: as fine as stays under `MOST_CORNERS`; neighbours keep their shared edges."""
    degrees = FINEST_DEGREES
    plainer = _simplified(shapes, degrees, side_by_side=side_by_side)
    while degrees < COARSEST_DEGREES and sum(map(shapely.get_num_coordinates, plainer)) > MOST_CORNERS:
        degrees *= 2
        plainer = _simplified(shapes, degrees, side_by_side=side_by_side)
    return plainer


def _simplified(shapes: list[BaseGeometry], degrees: float, *, side_by_side: bool) -> list[BaseGeometry]:
    if side_by_side:
        try:
            # The tolerance is the root of the area of what may be cut off.
            return list(shapely.coverage_simplify(np.array(shapes, dtype=object), degrees * 2))
        except GEOSException:
            pass  # A boundary file whose neighbours overlap: simplified one by one, as below.
    return list(shapely.simplify(np.array(shapes, dtype=object), degrees))


def _middle(shape: BaseGeometry) -> list[float]:
    """Where a name fits best: the middle of the widest circle inside the largest part, longitude first."""
    largest = max(shapely.get_parts(shape), key=shapely.area)
    try:
        lon, lat = shapely.maximum_inscribed_circle(largest, tolerance=0.0005).coords[0]
    except GEOSException:
        lon, lat = largest.representative_point().coords[0]
    return [round(lon, 5), round(lat, 5)]
