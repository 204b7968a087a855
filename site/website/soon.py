"""What happens next."""

import datetime as dt
import heapq
from typing import NamedTuple

from directory.choices import Kind
from directory.dates import Occurrence, next_dates
from directory.models import Asset, TermTime, Venue
from directory.words import occurrence_in_words


class Coming(NamedTuple):
    """One date of a listing, with where it is; no venue when that must stay hidden."""

    asset: Asset
    when: Occurrence
    venue: Venue | None
    words: str


def next_talking_shops(*, after: dt.datetime, n: int = 3) -> list[Coming]:
    """The next `n` talking shops, soonest first. `after` is local, without a zone."""
    terms = tuple(TermTime.objects.values_list("starts_on", "ends_on"))
    found = []
    for asset in Asset.objects.live().filter(kind=Kind.TALKING_SHOP).as_listings():
        for when in next_dates(asset.sessions.all(), after=after, n=n, terms=terms):
            found.append((when, asset))
    soonest = heapq.nsmallest(n, found, key=lambda one: (one[0].on, one[0].starts_at, one[1].pk))
    return [
        Coming(asset, when, shown_venue(asset, when), occurrence_in_words(when, today=after.date()))
        for when, asset in soonest
    ]


def shown_venue(asset: Asset, when: Occurrence) -> Venue | None:
    """Where it is, unless that must stay hidden."""
    venue = when.venue or asset.venue
    return None if venue is None or venue.hidden else venue
