"""What chosen filters ask of a listing, the same for every engine: `clauses(filters, now) -> tuple of Clause`.

A listing must keep every clause; it keeps one by any of its needs. Minutes count from the start of 1970, local time.
`changed(filters, facet, code)` is what choosing one more code would make of the filters: counts are held to it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from directory.choices import Weekday
from directory.querysets import fresh_since
from search.facets import DECLARED, STORED, WEEK, Days, PartOfDay, When

Filters = Mapping[str, tuple[str, ...]]
DAY_MINUTES = 24 * 60
EPOCH = dt.datetime(1970, 1, 1)
DAYS = tuple(str(day) for day in Weekday.values)
SEVERAL_DAYS = {Days.WEEKDAYS.value: DAYS[:5], Days.WEEKEND.value: DAYS[5:]}
PARTS = tuple(str(part) for part in PartOfDay.values)
WHEN = frozenset({"day", "time", "date"})


@dataclass(frozen=True, slots=True)
class Need:
    """One way to keep a clause: all that is said here holds."""

    # A stored field, and the codes of which a listing holds one, or all.
    field: str = ""
    codes: tuple[str, ...] = ()
    every: bool = False
    # It is open for some of the minutes from the first up to the second.
    span: tuple[int, int] | None = None
    # The day number of its weakest check is this or later.
    since: int = 0


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition, and the facets whose choice it comes from."""

    facets: frozenset[str]
    needs: tuple[Need, ...]
    # A listing that holds no code of the field is open to everyone, and keeps it.
    everyone: bool = False


def minute(when: dt.datetime) -> int:
    """Whole minutes since the start of 1970, of a local time without a zone."""
    return int((when - EPOCH).total_seconds() // 60)


def clauses(filters: Filters, now: dt.datetime) -> tuple[Clause, ...]:
    """What these filters ask at a local time; facets that do not exist ask nothing."""
    found = [_stored(facet, codes) for facet, codes in filters.items() if facet in _PLAIN and codes]
    found += _when(filters, now)
    if filters.get("open"):
        at = minute(now)
        known = "now" in filters["open"]
        found.append(Clause(frozenset({"open"}), (Need(span=(at, at + 1)),) if known else ()))
    if filters.get("checked"):
        known = "six-months" in filters["checked"]
        since = fresh_since(now.date()).toordinal()
        found.append(Clause(frozenset({"checked"}), (Need(since=since),) if known else ()))
    return tuple(found)


def changed(filters: Filters, facet: str, code: str) -> dict[str, tuple[str, ...]]:
    """The filters when this code is chosen: beside those chosen where they narrow each other, otherwise alone."""
    kept = filters.get(facet, ()) if DECLARED[facet].every else ()
    return {**filters, facet: tuple(dict.fromkeys([*kept, code]))}


_PLAIN = frozenset(STORED) & frozenset(DECLARED) - WHEN


def _stored(facet: str, codes: tuple[str, ...]) -> Clause:
    declared = DECLARED[facet]
    return Clause(frozenset({facet}), (Need(facet, codes, declared.every),), declared.everyone)


def _when(filters: Filters, now: dt.datetime) -> Iterator[Clause]:
    """Days and dates, each at the times of day that are asked; times alone on any day."""
    days, times, dates = (filters.get(facet, ()) for facet in ("day", "time", "date"))
    parts = times or PARTS
    also = frozenset({"time"}) if times else frozenset()
    if days:
        each = dict.fromkeys(one for day in days for one in SEVERAL_DAYS.get(day, (day,)))
        yield Clause(also | {"day"}, (Need(WEEK, joined(each, parts)),))
    if dates:
        yield Clause(also | {"date"}, tuple(_on_dates(dates, parts, now)))
    if times and not (days or dates):
        yield Clause(also, (Need(WEEK, joined(DAYS, parts)),))


def joined(days: Iterable[str], parts: Iterable[str]) -> tuple[str, ...]:
    """Codes of days or dates at times of day, as they are stored."""
    parts = tuple(parts)
    return tuple(f"{day}-{part}" for day in days for part in parts)


def _on_dates(codes: tuple[str, ...], parts: tuple[str, ...], now: dt.datetime) -> Iterator[Need]:
    """On any of these dates; today, only while it is not over."""
    today = now.date().isoformat()
    dates = dict.fromkeys(day for code in codes for day in dates_meant(code, now.date()))
    later = [day for day in dates if day != today]
    if later:
        yield Need("date", joined(later, parts))
    if today in dates:
        midnight = minute(dt.datetime.combine(now.date(), dt.time(0))) + DAY_MINUTES
        yield Need("date", joined([today], parts), span=(minute(now), midnight))


def dates_meant(code: str, today: dt.date) -> tuple[str, ...]:
    """The dates that a code of the facet means; a weekend that has begun is what is left of it."""
    if code == When.TODAY:
        return (today.isoformat(),)
    if code == When.TOMORROW:
        return ((today + dt.timedelta(days=1)).isoformat(),)
    if code == When.WEEKEND:
        sunday = today + dt.timedelta(days=6 - today.weekday())
        days = {max(today, sunday - dt.timedelta(days=1)), sunday}
        return tuple(sorted(day.isoformat() for day in days))
    return (code,)
