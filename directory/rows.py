"""A listing in six lines: the same row on a results page, an area's page, a shortlist and a guidance page."""

import datetime as dt
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directory.choices import Kind, TakingNew
from directory.dates import next_dates
from directory.models import Asset, TermTime
from directory.words import Freshness, cost_and_door, freshness, occurrence_in_words, taking_new_in_words

SECONDS_KEPT = 300
ROW_KEPT = dt.timedelta(minutes=1)
MOST_KEPT = 2_000
NOTHING_SAID = SafeString("")


@dataclass(frozen=True, slots=True)
class Row:
    """What a person reads of a listing before opening it. `reason` says why it is there; `number` is its pin's."""

    asset_id: int
    name: str
    url: str
    kind: str | Promise
    summary: str
    next: str
    cost_and_door: str
    taking_new: str
    taking_state: str
    checked: Freshness
    phone: str
    # The lines from the next date on, drawn once for everybody who is shown this row.
    facts: SafeString = NOTHING_SAID
    reason: str = ""
    number: int | None = None
    listed: bool = False
    # What whoever shows the row has to say under it, drawn.
    aside: SafeString = NOTHING_SAID


def row(asset: Asset, *, now: dt.datetime) -> Row:
    """One row, from an asset fetched by `as_rows` or `as_listings`; `now` is local, without a zone."""
    coming = next_dates(asset.sessions.all(), after=now, n=1, terms=terms())
    when = occurrence_in_words(coming[0], today=now.date()) if coming else asset.times_note or _("Whenever suits you")
    if not coming and asset.sessions.all():
        when = asset.times_note or _("No dates planned just now")
    found = Row(
        asset_id=asset.pk,
        name=asset.name,
        url=asset.get_absolute_url(),
        kind=Kind(asset.kind).label,
        summary=asset.summary,
        next=when,
        cost_and_door=cost_and_door(asset),
        taking_new=taking_new_in_words(asset),
        taking_state=TakingNew(asset.taking_new).value,
        checked=freshness(asset.checks.all(), today=now.date()),
        phone=asset.phone,
    )
    return replace(found, facts=render_to_string("directory/_row_facts.html", {"row": found}))


def rows(
    asset_ids: Iterable[int],
    *,
    now: dt.datetime,
    reasons: Mapping[int, str] | None = None,
    listed: Iterable[int] = (),
    first: int = 1,
) -> list[Row]:
    """Rows in the order of their ids, numbered from `first`; those that are not live any more are left out."""
    ids = list(asset_ids)
    found = kept_rows(ids, now=now)
    on_list = set(listed)
    return [
        replace(
            found[asset_id],
            reason=(reasons or {}).get(asset_id, ""),
            number=first + place,
            listed=asset_id in on_list,
        )
        for place, asset_id in enumerate(ids)
        if asset_id in found
    ]


# asset id → (when it was published, when the row was made, the row). A row is made anew after a minute: checks and
# the clock move on, and at once when the listing is published again.
_kept: dict[int, tuple[dt.datetime | None, dt.datetime, Row]] = {}


def kept_rows(ids: list[int], *, now: dt.datetime) -> dict[int, Row]:
    """Rows of those that are live, by id."""
    live = dict(Asset.objects.live().filter(pk__in=ids).values_list("pk", "last_published_at"))
    found, wanted = {}, []
    for asset_id, published in live.items():
        kept = _kept.get(asset_id)
        if kept is not None and kept[0] == published and dt.timedelta() <= now - kept[1] < ROW_KEPT:
            found[asset_id] = kept[2]
        else:
            wanted.append(asset_id)
    if len(_kept) > MOST_KEPT:
        _kept.clear()
    if wanted:
        for asset in Asset.objects.live().filter(pk__in=wanted).as_rows():
            found[asset.pk] = row(asset, now=now)
            _kept[asset.pk] = (live[asset.pk], now, found[asset.pk])
    return found


def forget_rows() -> None:
    """Make every row anew."""
    _kept.clear()


_terms: tuple[float, tuple[tuple[dt.date, dt.date], ...]] | None = None


def terms() -> tuple[tuple[dt.date, dt.date], ...]:
    """School terms, at most five minutes old."""
    global _terms  # noqa: PLW0603  # a few dates, the same for everybody, wanted by every row
    now = time.monotonic()
    if _terms is None or now - _terms[0] > SECONDS_KEPT:
        _terms = (now, tuple(TermTime.objects.values_list("starts_on", "ends_on")))
    return _terms[1]


def forget_terms() -> None:
    """Read the school terms again at the next row."""
    global _terms  # noqa: PLW0603
    _terms = None
