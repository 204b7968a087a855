"""What the index holds of a listing: `AssetDocument`, made by `asset_document(s)` from live assets alone.

A hidden venue gives nothing: no name, no point, no town, no access fact.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from directory.choices import Kind, WhoFor
from directory.models import Asset, Category, TermTime, Venue
from search.area_codes import AreaTree
from search.codes import codes_of, comes_without_a_door, slots_of

CHUNK = 500


@dataclass(frozen=True, slots=True)
class VenuePoint:
    """A venue that people go to and that may be shown. No point: not known where."""

    name: str
    town: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class AssetDocument:
    """One listing as search sees it: four texts by weight, codes to filter by, and where it is or whom it covers."""

    asset_id: int
    name: str
    summary: str = ""
    # Category names with those above, the kind, who it is for.
    tags: str = ""
    description: str = ""
    # Provider, venues, towns and covered areas, by name.
    where: str = ""
    # Codes of every field of `search.facets.STORED`.
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # When it is open in the coming week: first and last minute, as `search.clauses.minute` counts.
    slots: tuple[tuple[int, int], ...] = ()
    venues: tuple[VenuePoint, ...] = ()
    # (area code, name) pairs; none serves anyone.
    coverage: tuple[tuple[str, str], ...] = ()
    # The oldest of the latest checks of each fact.
    checked_on: dt.date | None = None
    # Who runs it, by name.
    provider: str = ""
    # The day on which its dates were worked out; none: they hold for ever.
    made_on: dt.date | None = None


def asset_document(asset: Asset, known: "Known | None" = None) -> AssetDocument:
    """What the index holds of one live listing."""
    known = known or Known()
    venues = asset.visited_venues
    categories = known.categories.with_above([category.pk for category in asset.categories.all()])
    coverage = tuple((cover.area_code, cover.name) for cover in asset.coverage.all())
    who_for = [str(WhoFor(code).label) for code in asset.who_for if code in WhoFor.values]
    kind = str(Kind(asset.kind).label) if asset.kind in Kind.values else ""
    provider = asset.provider.name if asset.provider else ""
    places = [part for venue in venues for part in (venue.name, venue.town)]
    told = [asset.description, asset.covers, asset.criteria, asset.first_visit, asset.serves_note]
    languages = map(str, asset.languages if isinstance(asset.languages, list) else ())
    return AssetDocument(
        asset_id=asset.pk,
        name=asset.name,
        summary=asset.summary,
        tags="\n".join([*(category.name for category in categories), kind, *who_for]),
        description="\n".join([*told, *languages]),
        where="\n".join([provider, *places, *(name for _code, name in coverage)]),
        facets=facets_of(asset, venues, [category.slug for category in categories], known),
        slots=slots_of(asset.sessions.all(), known.on, known.terms),
        venues=tuple(venue_point(venue) for venue in venues),
        coverage=coverage,
        checked_on=weakest_check(asset),
        provider=provider,
        made_on=known.on,
    )


def facets_of(asset: Asset, venues: list[Venue], categories: list[str], known: "Known") -> dict[str, tuple[str, ...]]:
    """The codes that a listing is filtered by; a hidden venue adds none."""
    coverage = [cover.area_code for cover in asset.coverage.all()]
    points = [venue.point for venue in venues]
    return codes_of(
        asset,
        categories,
        known.areas.codes(coverage, points, anywhere=comes_without_a_door(asset)),
        dict.fromkeys([*asset.access, *(fact for venue in venues for fact in venue.access)]),
        on=known.on,
        terms=known.terms,
    )


def venue_point(venue: Venue) -> VenuePoint:
    point = venue.point
    return VenuePoint(venue.name, venue.town, *(point or (None, None)))


def weakest_check(asset: Asset) -> dt.date | None:
    """When the fact that has waited longest was last checked; none when nothing ever was."""
    latest: dict[str, dt.date] = {}
    for check in asset.checks.all():
        latest[check.fact] = max(check.on, latest.get(check.fact, check.on))
    return min(latest.values(), default=None)


class Known:
    """What every listing is seen against, read once: categories, areas, school terms, and the day."""

    def __init__(self) -> None:
        self.categories = CategoryTree()
        self.areas = AreaTree()
        self.terms = tuple(TermTime.objects.values_list("starts_on", "ends_on"))
        self.on = timezone.localdate()


class CategoryTree:
    """Every category, read once, so that a listing's own lead to those above them without a query."""

    def __init__(self) -> None:
        self.by_id = {category.pk: category for category in Category.objects.all()}

    def with_above(self, ids: Iterable[int]) -> list[Category]:
        """These categories and all above them, each once."""
        found: dict[int, Category] = {}
        waiting = list(ids)
        while waiting:
            category = self.by_id.get(waiting.pop(0))
            if category is not None and category.pk not in found:
                found[category.pk] = category
                waiting += [category.parent_id] if category.parent_id else []
        return list(found.values())


def asset_documents(ids: Iterable[int] | None = None) -> Iterator[AssetDocument]:
    """Documents of these live listings, or of all, in a fixed number of queries for every 500."""
    known = Known()
    wanted = None if ids is None else sorted(set(ids))
    last = 0
    while True:
        listings = Asset.objects.live().as_listings().order_by("pk")
        if wanted is None:
            chunk = list(listings.filter(pk__gt=last)[:CHUNK])
        else:
            chunk = list(listings.filter(pk__in=wanted[:CHUNK]))
        yield from (asset_document(asset, known) for asset in chunk)
        if wanted is None:
            if not chunk:
                return
            last = chunk[-1].pk
        else:
            wanted = wanted[CHUNK:]
            if not wanted:
                return
