"""Rows as pins."""

from typing import Any

from django.urls import reverse

from assets_map.distance import Point
from assets_map.features import Pin, feature_collection
from directory.models import Asset
from search.query import Results


def points(results: Results) -> dict[str, Any]:
    """The rows that have a place to go to, as GeoJSON."""
    return feature_collection(pins(results))


def pins(results: Results) -> list[Pin]:
    """One pin for each row that has a place to go to, checked again against what is live."""
    ids = [one.asset_id for one in results.points]
    known = {
        asset_id: (name, slug)
        for asset_id, name, slug in Asset.objects.live().filter(pk__in=ids).values_list("pk", "name", "slug")
    }
    reasons = {hit.asset_id: hit.reason for hit in results.hits}
    return [
        Pin(
            Point(one.lat, one.lon),
            known[one.asset_id][0],
            reverse("directory:listing", args=[known[one.asset_id][1]]),
            one.number,
            reasons.get(one.asset_id, ""),
            str(one.asset_id),
        )
        for one in results.points
        if one.asset_id in known
    ]
