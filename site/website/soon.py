"""What happens next."""

import datetime as dt
import heapq
from collections.abc import Iterable
from typing import NamedTuple

from django.core.cache import cache

from directory.choices import Kind
from directory.dates import Occurrence, Terms, next_dates
from directory.models import Asset, Session, TermTime, Venue
from directory.words import occurrence_in_words

A_MINUTE = 60
SPARE = 20


class Coming(NamedTuple):
    """One date of a listing, with where it is; no venue when that must stay hidden."""

    asset: Asset
    when: Occurrence
    venue: Venue | None
    words: str


def next_talking_shops(*, after: dt.datetime, n: int = 3) -> list[Coming]:
    """The next `n` talking shops, soonest first. `after` is local, without a zone."""
    terms = tuple(TermTime.objects.values_list("starts_on", "ends_on"))
    shops = Asset.objects.live().filter(kind=Kind.TALKING_SHOP)
    sessions = Session.objects.filter(asset__in=shops)
    # Dates first, and whole listings only of those that are shown: there may be thousands.
    among = cache.get_or_set(f"soon-{n}-{after:%Y-%m-%d-%H-%M}", lambda: _soonest(sessions, after, n, terms), A_MINUTE)
    dates = [
        (when, session.asset_id)
        for session in sessions.filter(pk__in=among or []).select_related("venue")
        for when in next_dates([session], after=after, n=n, terms=terms)
    ]
    soonest = heapq.nsmallest(n, dates, key=lambda one: (one[0].on, one[0].starts_at, one[1]))
    listed = shops.as_listings().in_bulk({asset_id for _when, asset_id in soonest})
    return [
        Coming(asset, when, shown_venue(asset, when), occurrence_in_words(when, today=after.date()))
        for when, asset in ((when, listed[asset_id]) for when, asset_id in soonest if asset_id in listed)
    ]


def _soonest(sessions: Iterable[Session], after: dt.datetime, n: int, terms: Terms) -> list[int]:
    """Sessions that come first, and some more, should one be withdrawn in the minute for which they are kept."""
    first = ((next_dates([one], after=after, n=1, terms=terms), one.pk) for one in sessions)
    soonest = heapq.nsmallest(SPARE + n, (((when[0].on, when[0].starts_at), pk) for when, pk in first if when))
    return [pk for _when, pk in soonest]


def shown_venue(asset: Asset, when: Occurrence) -> Venue | None:
    """Where it is, unless that must stay hidden."""
    venue = when.venue or asset.venue
    return None if venue is None or venue.hidden else venue
