"""When things happen next. Bounded always: no rule is ever followed for more than two years."""

import datetime as dt
import heapq
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from directory.choices import Repeats

if TYPE_CHECKING:
    from directory.models import Session, Venue

FURTHEST = dt.timedelta(days=730)
WEEK = dt.timedelta(days=7)
DAY_END = dt.time(23, 59)


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


def next_dates(
    sessions: "Iterable[Session]", *, after: dt.datetime, n: int = 3, terms: "tuple[tuple[dt.date, dt.date], ...]" = ()
) -> list[Occurrence]:
    """The next `n` times, soonest first, leaving out what has ended by `after` (local, without a zone).

    `terms` are school terms, both days included; when none is known, term-time sessions keep every date.
    """
    found: list[Occurrence] = []
    for session in sessions:
        found += _first(_occurrences(session, after=after, terms=terms), n)
    return heapq.nsmallest(n, found, key=lambda one: (one.on, one.starts_at))


def _first(occurrences: Iterator[Occurrence], n: int) -> list[Occurrence]:
    return [one for one, _ in zip(occurrences, range(n), strict=False)]


def _occurrences(
    session: "Session", *, after: dt.datetime, terms: tuple[tuple[dt.date, dt.date], ...]
) -> Iterator[Occurrence]:
    for on in candidate_dates(session, start=after.date()):
        if on == after.date() and (session.ends_at or DAY_END) <= after.time():
            continue
        if happens_on(session, on, terms=terms):
            yield Occurrence(on, session.starts_at, session.ends_at, session.venue, session)


def candidate_dates(session: "Session", *, start: dt.date) -> Iterator[dt.date]:
    """Dates that the rule alone gives, from `start` on, for two years at most."""
    first = max(start, session.first_on) if session.first_on else start
    last = min(start + FURTHEST, session.last_on) if session.last_on else start + FURTHEST
    if session.repeats == Repeats.ONCE:
        if session.first_on is not None and first == session.first_on <= last:
            yield session.first_on
        return
    on = first + dt.timedelta(days=(session.weekday - first.weekday()) % 7)
    step = WEEK
    if session.repeats == Repeats.FORTNIGHTLY and session.first_on is not None:
        step = 2 * WEEK
        if (on - session.first_on).days % 14:
            on += WEEK
    while on <= last:
        if session.repeats != Repeats.MONTHLY or _is_nth(on, session.nth):
            yield on
        on += step


def _is_nth(on: dt.date, nth: int | None) -> bool:
    if nth == -1:
        return (on + WEEK).month != on.month
    return (on.day - 1) // 7 + 1 == nth


def happens_on(session: "Session", on: dt.date, *, terms: tuple[tuple[dt.date, dt.date], ...] = ()) -> bool:
    """Whether a date that the rule gives is not taken out by a bank holiday, school holidays or the people who run it."""
    if not session.open_on_bank_holidays and session.repeats != Repeats.ONCE and on in bank_holidays(on.year):
        return False
    if on.isoformat() in session.dates_out:
        return False
    return not (session.term_time_only and terms and not any(first <= on <= last for first, last in terms))


def open_at(sessions: "Iterable[Session]", when: dt.datetime) -> bool:
    """Whether something is happening at a local date and time."""
    day = when.date()
    return any(
        session.starts_at <= when.time() < (session.ends_at or DAY_END)
        and next(candidate_dates(session, start=day), None) == day
        and happens_on(session, day)
        for session in sessions
    )
