"""Listings and what belongs to them: valid, fixed, and saved. Everything given overrides a default."""

import datetime as dt
from decimal import Decimal
from itertools import count

from directory.models import Asset, Category, Check, Cost, Coverage, Provider, Session, Venue

numbers = count(1)

TILBURY = (51.4628, 0.3607)
GRAYS = (51.4770, 0.3230)
CHADWELL = (51.4830, 0.3650)
CORRINGHAM = (51.5200, 0.4570)
GRAVESEND = (51.4440, 0.3690)
THURROCK = "E06000034"


def make_provider(**overrides):
    return Provider.objects.create(**{"name": "Riverside Neighbours", "phone": "01632 960001", **overrides})


def make_venue(**overrides):
    lat, lon = overrides.pop("at", TILBURY)
    given = {"name": "Civic Square Hall", "town": "Tilbury", "postcode": "RM18 8AD", "latitude": lat, "longitude": lon}
    return Venue.objects.create(**{**given, **overrides})


def make_category(name="Eating together", **overrides):
    slug = overrides.pop("slug", name.lower().replace(" ", "-"))
    return Category.objects.create(name=name, slug=slug, **overrides)


def make_asset(*, venue="new", categories=(), coverage=(), costs=(), sessions=(), checked=(), at=None, **overrides):
    """A live lunch club at a hall in Tilbury. `coverage`: (code, name) pairs; `costs`: pounds or none; `sessions`:
    weekdays; `checked`: {fact: date}; `at`: where its new venue stands; `venue=None`: nowhere."""
    number = next(numbers)
    if venue == "new":
        venue = make_venue(**({"at": at} if at else {})) if "at-venue" in overrides.get("reach", ["at-venue"]) else None
    given = {
        "name": "Riverside Lunch Club",
        "slug": f"listing-{number}",
        "reference": f"R{number:05}",
        "kind": "group",
        "summary": "A hot meal and company every Tuesday.",
        "reach": ["at-venue"],
        "venue": venue,
        "phone": "01632 960001",
        "door": "turn-up",
        "live": True,
    }
    asset = Asset(**{**given, **overrides})
    asset.categories = list(categories)
    asset.save()
    Coverage.objects.bulk_create(Coverage(asset=asset, area_code=code, name=name) for code, name in coverage)
    Cost.objects.bulk_create(Cost(asset=asset, amount=None if pounds is None else Decimal(pounds)) for pounds in costs)
    for weekday in sessions:
        make_session(asset, weekday=weekday)
    for fact, on in dict(checked).items():
        make_check(asset, fact=fact, on=on)
    return asset


def make_session(asset, **overrides):
    return Session.objects.create(
        asset=asset, **{"weekday": 1, "starts_at": dt.time(11, 30), "ends_at": dt.time(14), **overrides}
    )


def make_check(asset, **overrides):
    given = {"fact": "times", "how": "phone", "on": dt.date(2026, 11, 2)}
    return Check.objects.create(asset=asset, **{**given, **overrides})
