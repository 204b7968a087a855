"""`{% assets_map_head %}` once in the page's head, and `{% assets_map points=… %}` beside the list."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from assets_map.features import MapPoint, feature_collection
from assets_map.outlines import BARRIER, KINDS, Known, known_outlines
from assets_map.places import Place

register = template.Library()

SIZES = frozenset({"full", "small"})
VENDOR = "assets_map/vendor/leaflet.markercluster-1.5.3"
# About 100 m: a map says "about here", and no page carries a home to the metre.
PLACE_DIGITS = 3
EXACT_METRES = 200
APPROXIMATE_METRES = 1_000


@register.inclusion_tag("assets_map/_head.html")
def assets_map_head() -> dict[str, Any]:
    """The small script and sheet that show a map when it is wanted; neither fetches Leaflet by itself."""
    return {}


@register.inclusion_tag("assets_map/_map.html", takes_context=True)
def assets_map(
    context: template.Context,
    *,
    points: Iterable[MapPoint] = (),
    areas: str | Iterable[str] = "",
    place: Place | None = None,
    points_url: str = "",
    covered: Iterable[str] = (),
    size: str = "full",
) -> dict[str, Any]:
    """A map of `points`, or of what `points_url` answers, over our own outlines.

    `areas`: kinds of outline, as words ("council ward"); none: the base map's. `covered`: codes of areas to shade.
    """
    known = known_outlines()
    given: dict[str, Any] = {
        "points": feature_collection(points or ()),
        "pointsUrl": points_url,
        "place": _place(place),
        "covered": sorted(str(code) for code in covered or ()),
        "shapesUrl": _shapes_url(known, areas),
    }
    if not (given["points"]["features"] or points_url or place or covered or areas):
        return {"shown": False}
    name = _next_name(context)
    return {
        "shown": True,
        "data": {**given, **_setting(known)},
        "name": name,
        "data_id": f"{name}-data",
        "size": size if size in SIZES else "full",
        "tiles_credit": settings.MAP_TILES_CREDIT if settings.MAP_TILES_URL else "",
    }


def _setting(known: Known) -> dict[str, Any]:
    south, west, north, east = known.box
    return {
        "centre": [(south + north) / 2, (west + east) / 2],
        "tilesUrl": settings.MAP_TILES_URL,
        "files": _files(),
        "words": _words(),
    }


def _next_name(context: template.Context) -> str:
    kept = context.render_context
    count = int(kept.get("assets_map_count") or 0) + 1
    kept["assets_map_count"] = count
    return f"map-{count}"


def _place(place: Place | None) -> dict[str, Any] | None:
    if not place:
        return None
    return {
        "lat": round(place.point.lat, PLACE_DIGITS),
        "lon": round(place.point.lon, PLACE_DIGITS),
        "metres": APPROXIMATE_METRES if place.approximate else EXACT_METRES,
    }


def _shapes_url(known: Known, areas: str | Iterable[str]) -> str:
    words = areas.split() if isinstance(areas, str) else [str(word) for word in areas]
    asked = frozenset(words) & KINDS
    kinds = sorted((asked | ({BARRIER} & known.kinds)) if asked else known.base_kinds)
    if not kinds:
        return ""
    query = urlencode([("kind", kind) for kind in kinds] + [("v", known.version)])
    return f"{reverse('assets_map:shapes')}?{query}"


def _files() -> dict[str, Any]:
    return {
        "styles": [static("leaflet/leaflet.css"), static(f"{VENDOR}/MarkerCluster.css")],
        "leaflet": static("leaflet/leaflet.js"),
        "clusters": static(f"{VENDOR}/leaflet.markercluster.js"),
        "base": static("assets_map/map-base.js"),
        "pins": static("assets_map/map-pins.js"),
    }


def _words() -> dict[str, str]:
    return {
        "show": _("Show these on a map"),
        "hide": _("Hide the map"),
        "canvas": _("Map. Arrow keys move it; plus and minus zoom."),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "here": _("You are about here"),
        "places": _("{count} places"),
        "cluster": _("{count} places, zoom in"),
        "oneSpot": _("{count} places in one spot, show each"),
        "opened": _("{count} places, now apart."),
        "number": _("Number {number} on the map."),
        "inList": _("Go to it in the list"),
        "close": _("Close"),
        "failed": _("The map could not be shown. Everything is in the list."),
        "noOutlines": _("The outlines of the areas could not be shown."),
    }
