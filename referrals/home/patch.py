"""What is new, changed, full, closed or thin among the listings on somebody's patches; a minute old at most."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

import shapely
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from assets_map.areas import area_index
from assets_map.models import Area
from directory.choices import Kind, Reach, TakingNew
from directory.dates import next_dates
from directory.models import Asset, Check, Cost, Coverage, Session
from directory.querysets import fresh_since
from directory.rows import terms
from directory.words import join, occurrence_in_words

A_MINUTE = 60
LATELY = dt.timedelta(days=28)
A_WEEK = dt.timedelta(days=7)
# More than any patch has in a week.
MOST_SHOPS = 30


class Line(NamedTuple):
    """A listing, and what there is to say of it. Closed ones have no page."""

    name: str
    url: str
    words: str = ""
    late: bool = False


class Patch(NamedTuple):
    """What somebody's patches are called, and the listings there: those that are new, and so on."""

    names: str = ""
    new: tuple[Line, ...] = ()
    changed: tuple[Line, ...] = ()
    full: tuple[Line, ...] = ()
    closed: tuple[Line, ...] = ()
    thin: tuple[Line, ...] = ()
    talking_shops: tuple[Line, ...] = ()


def patch_of(numbers: Iterable[int], *, now: dt.datetime) -> Patch:
    """Of these areas, by their numbers. `now` is local, without a zone."""
    areas = list(Area.objects.filter(pk__in=numbers).defer("shape"))
    if not areas:
        return Patch()
    stamp = "-".join(f"{area.pk}.{area.changed_at.timestamp():.0f}" for area in areas)
    kept: Patch | None = cache.get(f"patch-{stamp}")
    if kept is None:
        kept = read_patch(areas, now=now)
        cache.set(f"patch-{stamp}", kept, A_MINUTE)
    return kept


def read_patch(areas: Iterable[Area], *, now: dt.datetime) -> Patch:
    known = [area for area in areas if area.code in area_index().by_code]
    ids = listings_on(known)
    live = list(_with_facts(Asset.objects.live().filter(pk__in=ids), on=now.date()))
    lately = timezone.now() - LATELY
    new = [one for one in live if one.first_published_at and one.first_published_at >= lately]
    changed = [one for one in live if one not in new and one.last_published_at and one.last_published_at >= lately]
    thin = [(one, missing) for one in live if (missing := what_is_missing(one))]
    return Patch(
        names=join(area.name for area in known),
        new=tuple(_line(one) for one in _newest(new, "first_published_at")),
        changed=tuple(_line(one) for one in _newest(changed, "last_published_at")),
        full=tuple(_line(one, taking_in_words(one)) for one in live if one.taking_new in FULL),
        closed=tuple(Line(one.name, "", one.withdrawn_because) for one in closed_lately(ids)),
        thin=tuple(_line(one, _("No %(facts)s") % {"facts": join(words, last=_("or"))}) for one, words in thin),
        talking_shops=tuple(talking_shops(ids, now=now)),
    )


FULL = frozenset({TakingNew.FULL, TakingNew.WAITING})


def taking_in_words(asset: Asset) -> str:
    return asset.waiting_note or str(asset.get_taking_new_display())


def listings_on(areas: Iterable[Area]) -> set[int]:
    """Listings with a venue in these areas, or that cover one of them or an area within."""
    known = list(areas)
    found = {number for area in known for number in _with_a_venue_in(area)}
    codes = {code for area in known for code in codes_within(area)}
    return found | set(Coverage.objects.filter(area_code__in=codes).values_list("asset", flat=True))


def codes_within(area: Area) -> set[str]:
    """Its own code, and those of the smaller areas whose middle lies in it."""
    index = area_index()
    touching = Area.objects.exclude(kind=Area.Kind.COUNCIL).filter(
        south__lt=area.north, north__gt=area.south, west__lt=area.east, east__gt=area.west
    )
    codes = [code for code in touching.values_list("code", flat=True) if code in index.by_code]
    middles = [index.inside(code) for code in codes]
    lats, lons = [spot.lat for spot in middles], [spot.lon for spot in middles]
    inside = shapely.contains_xy(index.outline(area.code), lons, lats)
    return {area.code} | {code for code, within in zip(codes, inside, strict=True) if within}


def _with_a_venue_in(area: Area) -> set[int]:
    box = {"latitude__range": (area.south, area.north), "longitude__range": (area.west, area.east), "hidden": False}
    where = {f"venue__{name}": value for name, value in box.items()}
    spots = [
        *Asset.objects.filter(**where).values_list("pk", "venue__latitude", "venue__longitude"),
        *Session.objects.filter(**where).values_list("asset", "venue__latitude", "venue__longitude"),
    ]
    inside = shapely.contains_xy(area_index().outline(area.code), [one[2] for one in spots], [one[1] for one in spots])
    return {spot[0] for spot, within in zip(spots, inside, strict=True) if within}


def _with_facts(assets: "QuerySet[Asset]", *, on: dt.date) -> "QuerySet[Asset]":
    said = ("name", "slug", "reach", "phone", "email", "website", "times_note", "cost_note", "taking_new")
    return assets.only(*said, "waiting_note", "first_published_at", "last_published_at").annotate(
        has_times=Exists(Session.objects.filter(asset=OuterRef("pk"))),
        has_cost=Exists(Cost.objects.filter(asset=OuterRef("pk"))),
        is_fresh=Exists(Check.objects.filter(asset=OuterRef("pk"), on__gte=fresh_since(on))),
    )


def what_is_missing(asset: Any) -> list[str]:
    """What somebody would have to ask before they sent a person there."""
    facts = (
        (asset.phone or asset.email or asset.website, _("way to get in touch")),
        (asset.has_times or asset.times_note or Reach.AT_VENUE not in asset.reach, _("times")),
        (asset.has_cost or asset.cost_note, _("cost")),
        (asset.is_fresh, _("check in six months")),
    )
    return [words for there, words in facts if not there]


def closed_lately(ids: set[int]) -> list[Asset]:
    """Those that were taken out in the last weeks, the latest first."""
    withdrawn = Asset.objects.filter(live=False, pk__in=ids)
    gone = {one.pk: one for one in withdrawn.only("name", "withdrawn_because", "last_published_at")}
    taken_out = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Asset),
        action="wagtail.unpublish",
        object_id__in=[str(number) for number in gone],
        timestamp__gte=timezone.now() - LATELY,
    )
    by_staff = [int(number) for number in taken_out.order_by("-timestamp").values_list("object_id", flat=True)]
    by_file = [number for number, one in gone.items() if _ended_by_file(one)]
    return [gone[number] for number in dict.fromkeys([*by_staff, *by_file])]


def _ended_by_file(asset: Asset) -> bool:
    """A file that says that something has ended writes no history of its own."""
    published = asset.last_published_at
    return bool(asset.withdrawn_because and published and published >= timezone.now() - LATELY)


def talking_shops(ids: set[int], *, now: dt.datetime) -> list[Line]:
    """Those of the next seven days, the soonest first."""
    sessions = Session.objects.filter(asset__in=ids, asset__kind=Kind.TALKING_SHOP, asset__live=True)
    coming = next_dates(sessions.select_related("asset__venue", "venue"), after=now, n=MOST_SHOPS, terms=terms())
    week = [one for one in coming if one.on < now.date() + A_WEEK]
    return [_shop(one.session.asset, occurrence_in_words(one, today=now.date()), one.venue) for one in week]


def _shop(asset: Asset, when: str, venue: Any) -> Line:
    where = venue or asset.venue
    return _line(asset, when if where is None or where.hidden else f"{when}, {where}")


def _line(asset: Asset, words: str = "") -> Line:
    return Line(asset.name, asset.get_absolute_url(), words)


def _newest(assets: list[Asset], at: str) -> list[Asset]:
    return sorted(assets, key=lambda asset: getattr(asset, at), reverse=True)
