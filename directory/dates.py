"""When things happen next. Bounded always: no rule is ever followed for more than two years."""

import datetime as dt
import heapq
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from directory.choices import Repeats

if TYPE_CHECKING:
    from directory.models import Session, Venue

FURTHEST = dt.timedelta(days=730)
DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)
DAY_END = dt.time(23, 59)

# School terms, both days included.
Terms = tuple[tuple[dt.date, dt.date], ...]


class Occurrence(NamedTuple):
    """One time that a session happens. Times are local to the place."""

    on: dt.date
    starts_at: dt.time
    ends_at: dt.time | None
    venue: "Venue | None"
    session: "Session"


@lru_cache(maxsize=8)
def bank_holidays(year: int, part: str = "ENG") -> frozenset[dt.date]:
    """Bank holidays of a year in England (ENG), Wales (WLS) or Scotland (SCT); source: the `holidays` package."""
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv=part, years=year))


def next_dates(sessions: "Iterable[Session]", *, after: dt.datetime, n: int = 3, terms: Terms = ()) -> list[Occurrence]:
    """The next `n` times, soonest first, leaving out what has ended by `after` (local, without a zone).

    When no school terms are known, term-time sessions keep every date. What runs past midnight belongs to the day on
    which it starts.
    """
    found: list[Occurrence] = []
    for session in sessions:
        found += islice(_occurrences(session, after=after, terms=terms), max(n, 0))
    return heapq.nsmallest(n, found, key=lambda one: (one.on, one.starts_at))


def _occurrences(session: "Session", *, after: dt.datetime, terms: Terms) -> Iterator[Occurrence]:
    start = after.date() - DAY if _runs_past_midnight(session) and after.date() > dt.date.min else after.date()
    for on in candidate_dates(session, start=start):
        if ends(session, on) <= after:
            continue
        if happens_on(session, on, terms=terms):
            yield Occurrence(on, session.starts_at, session.ends_at, session.venue, session)


def ends(session: "Session", on: dt.date) -> dt.datetime:
    """When the session of a date is over: the next morning if it runs past midnight, that day's end if nobody says."""
    if session.ends_at is None:
        return dt.datetime.combine(on, DAY_END)
    day = on + DAY if _runs_past_midnight(session) and on < dt.date.max else on
    return dt.datetime.combine(day, session.ends_at)


def _runs_past_midnight(session: "Session") -> bool:
    return session.ends_at is not None and session.ends_at <= session.starts_at


def still_running(sessions: "Iterable[Session]", *, on: dt.date) -> "list[Session]":
    """Those that have not come to their last date before a day: what a pattern in words should tell."""
    return [session for session in sessions if _last_date(session) is None or _last_date(session) >= on]  # type: ignore[operator]  # none is told first


def _last_date(session: "Session") -> dt.date | None:
    return session.first_on if session.repeats == Repeats.ONCE else session.last_on


def candidate_dates(session: "Session", *, start: dt.date) -> Iterator[dt.date]:
    """Dates that the rule alone gives, from `start` on, for two years at most."""
    first = max(start, session.first_on) if session.first_on else start
    furthest = start + min(FURTHEST, dt.date.max - 4 * WEEK - start)
    last = min(furthest, session.last_on) if session.last_on else furthest
    if first > last:
        return
    if session.repeats == Repeats.ONCE:
        if first == session.first_on:
            yield first
        return
    on = _weekday_from(first, session.weekday)
    step = WEEK
    if session.repeats == Repeats.FORTNIGHTLY and session.first_on is not None:
        step = 2 * WEEK
        # A first date on another weekday is an import's; the right weeks still count from it.
        if (on - _weekday_from(session.first_on, session.weekday)).days % 14:
            on += WEEK
    while on <= last:
        if session.repeats != Repeats.MONTHLY or _is_nth(on, session.nth):
            yield on
        on += step


def _weekday_from(start: dt.date, weekday: int) -> dt.date:
    """The first such weekday on or after a date."""
    return start + dt.timedelta(days=(weekday - start.weekday()) % 7)


def _is_nth(on: dt.date, nth: int | None) -> bool:
    if nth == -1:
        return (on + WEEK).month != on.month
    return (on.day - 1) // 7 + 1 == nth


def happens_on(session: "Session", on: dt.date, *, terms: Terms = ()) -> bool:
    """Whether a date that the rule gives is not taken out by a bank holiday, school holidays or those who run it."""
    if not session.open_on_bank_holidays and session.repeats != Repeats.ONCE and on in bank_holidays(on.year):
        return False
    if on.isoformat() in (session.dates_out or ()):
        return False
    return not (session.term_time_only and terms and not any(first <= on <= last for first, last in terms))


def open_at(sessions: "Iterable[Session]", when: dt.datetime, *, terms: Terms = ()) -> bool:
    """Whether something is happening at a local date and time."""
    return any(
        dt.datetime.combine(day, session.starts_at) <= when < ends(session, day)
        and next(candidate_dates(session, start=day), None) == day
        and happens_on(session, day, terms=terms)
        for session in sessions
        for day in ([when.date(), when.date() - DAY] if _runs_past_midnight(session) else [when.date()])
    )
