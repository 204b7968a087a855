"""What a page of results shows beside its results: the help strip, listings that are pinned, council business."""

from typing import Any

from django.utils import timezone

from assets_map.places import Place
from directory.models import Asset
from directory.rows import Row, rows
from search import danger

MOST_PINNED = 6


def help_context(text: str, *, place: Place | None, nothing_found: bool) -> dict[str, Any]:
    """`help`, `pinned` and `business` of a page; none of them changes what was found or how many."""
    return {
        "help": danger.strip(text, nothing_found),
        "pinned": pinned_rows(danger.in_danger(text), place),
        "business": danger.business(text),
    }


def pinned_rows(matched: tuple[danger.Matched, ...], place: Place | None) -> list[Row]:
    """The listings pinned to the rules that matched: live, and for people who live there."""
    wanted = list(dict.fromkeys(asset_id for rule in matched for asset_id in rule.pins))
    if not wanted:
        return []
    live = Asset.objects.live().filter(pk__in=wanted)
    serving = live.serving_areas(place.area_codes) if place is not None else live
    shown = set(serving.values_list("pk", flat=True))
    now = timezone.localtime().replace(tzinfo=None)
    return rows([asset_id for asset_id in wanted if asset_id in shown][:MOST_PINNED], now=now)
