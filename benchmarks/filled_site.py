"""Fills a database with made-up listings, in bulk: `HEREABOUTS_DATA=… python -m benchmarks.filled_site COUNT`.

The listings are those of `made_up_listings`, so that figures of pages and of search tell of the same directory.
"""

import datetime as dt
import sys
from itertools import islice
from typing import Any

import django

CHUNK = 1_000
SECTORS = {
    "RM18 8": (51.4628, 0.3607),
    "RM17 6": (51.4746, 0.3256),
    "RM16 4": (51.4830, 0.3650),
    "SS17 7": (51.52, 0.457),
}
AGES = {"18-24": 18, "25-49": 25, "50-64": 50, "65-over": 65}
STARTS = {"morning": dt.time(11, 30), "afternoon": dt.time(14), "evening": dt.time(18)}
ENDS = ("AA", "AB", "AD", "AE", "AF")


def lay_postcodes() -> None:
    """A few postcodes in each sector that is asked for."""
    from assets_map.gazetteer import gazetteer_path
    from assets_map.gazetteer_build import build_gazetteer
    from assets_map.postcode_table import PostcodeTable

    spots = {f"{sector}{end}": point for sector, point in SECTORS.items() for end in ENDS}
    table = PostcodeTable.of_columns(
        list(spots),
        source="made up",
        vintage=None,
        lats=[lat for lat, _lon in spots.values()],
        lons=[lon for _lat, lon in spots.values()],
        districts=["E06000034"] * len(spots),
    )
    build_gazetteer(gazetteer_path(), table)


def lay_listings(count: int) -> None:
    from benchmarks.made_up_listings import listings

    documents = listings(count)
    while chunk := list(islice(documents, CHUNK)):
        lay_chunk(chunk)


def lay_chunk(chunk: list[Any]) -> None:
    from directory.models import Asset, Check, Cost, Coverage, Session, Venue

    venues = {
        one.asset_id: Venue(
            name=place.name, town=place.town, postcode="RM18 8AD", latitude=place.lat, longitude=place.lon
        )
        for one in chunk
        for place in one.venues[:1]
    }
    Venue.objects.bulk_create(venues.values())
    assets = [
        Asset(
            pk=one.asset_id,
            name=one.name,
            slug=f"listing-{one.asset_id}",
            reference=f"M{one.asset_id:06}",
            kind=one.facets["kind"][0],
            summary=one.summary[:200],
            description=one.description,
            reach=list(one.facets["reach"]),
            access=list(one.facets["access"]),
            who_for=list(one.facets["who_for"]),
            age_from=AGES.get(one.facets["age"][0]) if one.facets["age"] else None,
            languages=list(one.facets["language"]),
            taking_new=one.facets["taking_new"][0],
            venue=venues.get(one.asset_id),
            phone="01632 960001",
            live=True,
        )
        for one in chunk
    ]
    Asset.objects.bulk_create(assets)
    coverage = [
        Coverage(asset_id=one.asset_id, area_code=code, name=name) for one in chunk for code, name in one.coverage
    ]
    Coverage.objects.bulk_create(coverage)
    Cost.objects.bulk_create(Cost(asset_id=one.asset_id, amount=one.asset_id % 3) for one in chunk)
    Session.objects.bulk_create(
        Session(asset_id=one.asset_id, weekday=int(code[0]), starts_at=STARTS[code[2:]], ends_at=dt.time(20))
        for one in chunk
        for code in one.facets["week"]
    )
    Check.objects.bulk_create(
        Check(asset_id=one.asset_id, fact=fact, how="phone", on=one.checked_on)
        for one in chunk
        if one.checked_on
        for fact in ("times", "cost")
    )


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    lay_postcodes()
    with transaction.atomic():
        lay_listings(int(sys.argv[1]))
    call_command("build_index", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
