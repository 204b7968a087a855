"""A listing's times as a calendar (RFC 5545), for a phone or a mail program.

Bank holidays, dates out and school holidays are EXDATEs, as far as dates are followed (`directory.dates.FURTHEST`).
Every rule ends there too: a calendar that nobody fetches again must not promise for ever.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from directory.choices import Reach, Repeats
from directory.dates import Terms, candidate_dates, happens_on

if TYPE_CHECKING:
    from directory.models import Asset, Session

ZONE = "Europe/London"
LONGEST_LINE = 75
NO_END = dt.timedelta(hours=1)
# The rules of British clocks since 1996: the last Sundays of March and October, at 1am UTC.
VTIMEZONE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0100",
    "TZNAME:BST",
    "DTSTART:19960331T010000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0000",
    "TZNAME:GMT",
    "DTSTART:19961027T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def calendar(asset: "Asset", *, on: dt.date, address: str = "", host: str = "hereabouts", terms: Terms = ()) -> str:
    """The whole file, with CRLF. `address` is the listing's full web address; `host` makes its UIDs the site's own."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hereabouts//Directory//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(asset.name)}", f"X-WR-TIMEZONE:{ZONE}", *VTIMEZONE]
    for session in asset.sessions.all():
        lines += event(asset, session, on=on, address=address, host=host, terms=terms)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def event(
    asset: "Asset", session: "Session", *, on: dt.date, address: str = "", host: str = "hereabouts", terms: Terms = ()
) -> list[str]:
    """One session as a VEVENT, unfolded; none when it does not happen from `on` for two years."""
    dates = list(candidate_dates(session, start=on))
    happening = [day for day in dates if happens_on(session, day, terms=terms)]
    if not happening:
        return []
    # DTSTART counts as a date of its own in every reader, so it must be one that happens.
    first = happening[0]
    lines = [
        "BEGIN:VEVENT",
        f"UID:{asset.reference or asset.pk}-{session.pk}@{one_line(host)}",
        f"DTSTAMP:{on:%Y%m%d}T000000Z",
        f"SUMMARY:{escaped(asset.name)}",
        *_times(session, first),
    ]
    if session.repeats != Repeats.ONCE:
        lines.append(f"RRULE:{_rule(session, until=dates[-1])}")
        lines += [f"EXDATE;TZID={ZONE}:{_local(day, session.starts_at)}" for day in _left_out(dates, happening)]
    lines += _about(asset, session, address)
    return [*lines, "END:VEVENT"]


def _rule(session: "Session", *, until: dt.date) -> str:
    """The session's own rule with an end: in UTC, as RFC 5545 asks where DTSTART has a zone."""
    rule = session.rrule.partition(";UNTIL=")[0]
    # The end of the last day, in either offset.
    return f"{rule};UNTIL={until:%Y%m%d}T235959Z"


def _left_out(dates: Iterable[dt.date], happening: list[dt.date]) -> Iterator[dt.date]:
    kept = set(happening)
    return (day for day in dates if day > happening[0] and day not in kept)


def _times(session: "Session", first: dt.date) -> list[str]:
    lines = [f"DTSTART;TZID={ZONE}:{_local(first, session.starts_at)}"]
    if session.ends_at is None:
        return lines
    last = first if session.ends_at > session.starts_at else first + dt.timedelta(days=1)
    return [*lines, f"DTEND;TZID={ZONE}:{_local(last, session.ends_at)}"]


def _local(day: dt.date, at: dt.time) -> str:
    return f"{day:%Y%m%d}T{at:%H%M%S}"


def _about(asset: "Asset", session: "Session", address: str) -> list[str]:
    venue = session.venue or asset.venue
    hidden = venue is not None and venue.hidden
    # A note on what happens at a hidden venue might say where that is.
    told = "\n".join(part for part in (asset.summary, asset.phone, "" if hidden else session.note) if part)
    lines = [f"DESCRIPTION:{escaped(told)}"] if told else []
    if venue is not None and not hidden and Reach.AT_VENUE in asset.reach:
        lines.append(f"LOCATION:{escaped(', '.join([venue.name, *venue.address_lines]))}")
        if venue.point is not None:
            lines.append(f"GEO:{venue.point.lat:.6f};{venue.point.lon:.6f}")
    if address:
        lines.append(f"URL:{one_line(address)}")
    return lines


def escaped(text: str) -> str:
    """Text as RFC 5545 has it (3.3.11), without characters that it forbids."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    safe = "".join(one for one in lines if one in "\n\t" or (one >= " " and one != "\x7f" and not _lone(one)))
    return safe.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _lone(one: str) -> bool:
    """Half of a surrogate pair, which no encoding can write."""
    return "\ud800" <= one <= "\udfff"


def one_line(text: str) -> str:
    """A value that is not text (an address): nothing that could start another line."""
    return "".join(one for one in text if one > " " and one != "\x7f" and not _lone(one))


def folded(line: str) -> str:
    """Lines of at most 75 octets, broken between characters (3.1)."""
    if len(line) <= LONGEST_LINE and line.isascii():
        return line
    pieces, piece, size = [], "", 0
    for one in line:
        octets = len(one.encode())
        if size + octets > LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + one, size + octets
    return "\r\n".join([*pieces, piece])
