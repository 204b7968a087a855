"""From listings to a sheet: every word that is printed is chosen here."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import blake2b
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from directory import words
from directory.choices import Reach
from directory.dates import Occurrence, Terms, next_dates, still_running
from directory.sheets.listing_parts import listing_parts
from directory.sheets.sheet import PLAIN, Letterhead, Sheet, SheetEntry, SheetHelp, a_size

if TYPE_CHECKING:
    from directory.models import Asset

NO_REASONS: Mapping[int, str] = MappingProxyType({})
DATES_SHOWN = 3
PATTERNS_SHOWN = 4
NO_BREAK = "\u00a0"
# Letters and digits that are not mistaken for one another when read out.
EDITION_LETTERS = "234679ACDEFGHJKMNPRTWXYZ"


def build_sheet(
    assets: "Iterable[Asset]",
    *,
    title: str,
    on: dt.date,
    size: int = 12,
    reasons: Mapping[int, str] = NO_REASONS,
    letterhead: Letterhead = PLAIN,
    short_address: str = "",
    note: str = "",
    edition: str = "",
    terms: Terms = (),
    help: Iterable[SheetHelp] = (),  # noqa: A002
) -> Sheet:
    """A list on paper, in the order given: `assets` come from `as_listings()`; `reasons` says by id why each is there.

    `short_address` is a whole web address, printed without its scheme. `edition` is the entries' own unless given.
    """
    entries = tuple(entry_for(asset, on=on, reason=reasons.get(asset.pk, ""), terms=terms) for asset in assets)
    return Sheet(
        title=title,
        printed_on=on,
        entries=entries,
        size=a_size(size),
        council=letterhead.council,
        council_phone=words.phone_in_words(letterhead.phone) if letterhead.phone else "",
        edition=edition or edition_of(entries),
        short_address=short_address,
        note=note,
        help=tuple(help),
    )


def build_listing_sheet(
    asset: "Asset",
    *,
    on: dt.date,
    size: int = 12,
    letterhead: Letterhead = PLAIN,
    short_address: str = "",
    terms: Terms = (),
) -> Sheet:
    """One listing on paper, with everything that a person asks before a first visit."""
    sheet = build_sheet(
        [asset],
        title=asset.name,
        on=on,
        size=size,
        letterhead=letterhead,
        short_address=short_address,
        terms=terms,
    )
    entries = (replace(sheet.entries[0], parts=listing_parts(asset)),)
    return replace(sheet, entries=entries, edition=edition_of(entries))


def edition_of(entries: tuple[SheetEntry, ...]) -> str:
    """ "7K3-QXA": the same for the same entries, so that two sheets can be told apart over the phone."""
    number = int.from_bytes(blake2b(repr(entries).encode("utf-8", "replace"), digest_size=8).digest())
    letters = ""
    for _place in range(6):
        number, letter = divmod(number, len(EDITION_LETTERS))
        letters += EDITION_LETTERS[letter]
    return f"{letters[:3]}-{letters[3:]}"


def entry_for(asset: "Asset", *, on: dt.date, reason: str = "", terms: Terms = ()) -> SheetEntry:
    """One listing as an entry."""
    return SheetEntry(
        contact=contact_in_words(asset),
        name=asset.name,
        sentence=asset.summary,
        reason=reason,
        where=where_in_words(asset),
        when=when_in_words(asset, on=on, terms=terms),
        cost=words.cost_and_door(asset),
        taking_new=words.taking_new_in_words(asset),
        checked=checked_in_words(asset, on=on),
        reference=asset.reference,
    )


def contact_in_words(asset: "Asset") -> str:
    """The number to ring; failing that, the next best way to ask."""
    if asset.phone:
        return words.phone_in_words(asset.phone)
    if asset.text_number:
        return _("Text %(number)s") % {"number": words.phone_in_words(asset.text_number)}
    return asset.email or asset.website


def where_in_words(asset: "Asset") -> str:
    """“Civic Square Hall, Civic Square, Tilbury, RM18 8AD. Bus 99 stops outside.”; empty when nobody goes there."""
    venues = asset.visited_venues
    if not venues:
        return ""
    first = venues[0]
    lines = [line for line in first.address_lines if line.casefold() != first.name.casefold()]
    address = ", ".join([first.name, *lines])
    bus = f"{address}. {first.bus}" if first.bus else address
    if len(venues) == 1:
        return bus
    return _("%(where)s; also at %(others)s") % {"where": bus.rstrip("."), "others": words.join(map(str, venues[1:]))}


def when_in_words(asset: "Asset", *, on: dt.date, terms: Terms = ()) -> tuple[str, ...]:
    """The pattern, then the next dates; in the asset's own words where it has no sessions."""
    sessions = list(asset.sessions.all())
    lines = words.pattern_in_words(still_running(sessions, on=on))
    if len(lines) > PATTERNS_SHOWN:
        lines = [*lines[: PATTERNS_SHOWN - 1], _("and at other times: ring to ask")]
    if asset.times_note:
        lines.append(asset.times_note)
    coming = next_dates(sessions, after=dt.datetime.combine(on, dt.time.min), n=DATES_SHOWN, terms=terms)
    if coming:
        lines.append(_("Next: %(dates)s") % {"dates": dates_in_words(coming, on=on)})
    elif sessions:
        lines.append(_("No dates are known yet: ring to ask"))
    elif not lines:
        lines.append(_("Ring to ask when") if Reach.AT_VENUE in asset.reach else _("Whenever suits you"))
    return tuple(lines)


def dates_in_words(coming: Iterable[Occurrence], *, on: dt.date) -> str:
    """“Tuesday 24 November and Tuesday 1 December”, each on one line: paper says no “tomorrow”."""
    days = sorted({one.on for one in coming})
    said = (words.day_in_words(day) + (f" {day.year}" if (day - on).days >= 300 else "") for day in days)
    return words.join(day.replace(" ", NO_BREAK) for day in said)


def checked_in_words(asset: "Asset", *, on: dt.date) -> str:
    """“Checked 2 November”: paper says when, not how long ago."""
    fresh = words.freshness(asset.checks.all(), today=on)
    if fresh.state != "fresh" or fresh.on is None:
        return fresh.words
    day = f"{fresh.on.day} {fresh.on:%B}"
    return _("Checked %(date)s") % {"date": day if fresh.on.year == on.year else f"{day} {fresh.on.year}"}
