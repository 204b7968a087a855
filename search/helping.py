"""What a page of results shows beside its results: the help strip, listings that are pinned, council business."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assets_map.places import Place
from directory import words
from directory.models import Asset
from directory.rows import Row, rows
from directory.sheets import SheetHelp
from search import danger

MOST_PINNED = 6
MOST_ON_PAPER = 4
POLICE = "999"


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


def help_on_paper(text: str, *, nothing_found: bool, council_phone: str) -> list[SheetHelp]:
    """The first lines of the help strip, 999 among them, for a sheet of the same results."""
    strip = danger.strip(text, nothing_found)
    if strip is None:
        return []
    every = [line for line in (*strip.first, *strip.others) if on_paper(line, council_phone)]
    told = every[:MOST_ON_PAPER]
    police = [line for line in every if line.phone == POLICE]
    if police and police[0] not in told:
        told = [police[0], *told[:-1]]
    return [SheetHelp(on_paper(line, council_phone), line.name) for line in told]


def on_paper(line: danger.Line, council_phone: str) -> str:
    """How somebody is reached from paper; empty when they are not."""
    if line.phone:
        return line.phone
    if line.text_number:
        return _("Text %(number)s") % {"number": line.text_number}
    return words.phone_in_words(council_phone) if council_phone else ""
