"""What chosen filters ask of a listing, the same for every engine: `clauses(filters, now) -> tuple of Clause`.

A listing must keep every clause; it keeps one by any of its needs. Minutes count from the start of 1970, local time.
`changed(filters, facet, code)` is what choosing one more code would make of the filters: counts are held to it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from directory.choices import Weekday
from directory.querysets import fresh_since
from search.facets import DECLARED, STORED, WEEK, Checked, Days, OpenNow, PartOfDay, When

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
    # Worked out once: a question looks its clauses up many times.
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.facets, self.needs, self.everyone)))

    def __hash__(self) -> int:
        return self._hash


def minute(when: dt.datetime) -> int:
    """Whole minutes since the start of 1970, of a local time without a zone."""
    return int((when - EPOCH).total_seconds() // 60)


def clauses(filters: Filters, now: dt.datetime) -> tuple[Clause, ...]:
    """What these filters ask at a local time; facets that do not exist ask nothing."""
    found = [_stored(facet, tuple(codes)) for facet, codes in filters.items() if facet in _PLAIN and codes]
    for facet in ("day", "open", "checked"):
        found += clauses_of(facet, filters, now)
    return tuple(found)


def clauses_of(facet: str, filters: Filters, now: dt.datetime) -> tuple[Clause, ...]:
    """What a facet asks together with those related to it, of those that are more than codes of one field."""
    if facet in WHEN:
        days, times, dates = (tuple(filters.get(one, ())) for one in ("day", "time", "date"))
        return _when(days, times, dates, now.replace(second=0, microsecond=0))
    codes = filters.get(facet, ())
    if not codes:
        return ()
    if facet == "open":
        at = minute(now)
        return (Clause(frozenset({facet}), (Need(span=(at, at + 1)),) if OpenNow.NOW in codes else ()),)
    since = fresh_since(now.date()).toordinal()
    return (Clause(frozenset({facet}), (Need(since=since),) if Checked.SIX_MONTHS in codes else ()),)


def related(facet: str) -> frozenset[str]:
    """The facets that ask something together with this one."""
    return WHEN if facet in WHEN else frozenset({facet})


def changed(filters: Filters, facet: str, code: str) -> dict[str, tuple[str, ...]]:
    """The filters when this code is chosen: beside those chosen where they narrow each other, otherwise alone."""
    kept = filters.get(facet, ()) if DECLARED[facet].every else ()
    return {**filters, facet: tuple(dict.fromkeys([*kept, code]))}


_PLAIN = frozenset(STORED) & frozenset(DECLARED) - WHEN


@lru_cache(maxsize=2_000)
def _stored(facet: str, codes: tuple[str, ...]) -> Clause:
    declared = DECLARED[facet]
    return Clause(frozenset({facet}), (Need(facet, codes, declared.every),), declared.everyone)


@lru_cache(maxsize=2_000)
def _when(
    days: tuple[str, ...], times: tuple[str, ...], dates: tuple[str, ...], now: dt.datetime
) -> tuple[Clause, ...]:
    """Days and dates, each at the times of day that are asked; times alone on any day."""
    parts = times or PARTS
    also = frozenset({"time"}) if times else frozenset()
    found = []
    if days:
        each = dict.fromkeys(one for day in days for one in SEVERAL_DAYS.get(day, (day,)))
        found.append(Clause(also | {"day"}, (Need(WEEK, joined(each, parts)),)))
    if dates:
        found.append(Clause(also | {"date"}, tuple(_on_dates(dates, parts, now))))
    if times and not (days or dates):
        found.append(Clause(also, (Need(WEEK, joined(DAYS, parts)),)))
    return tuple(found)


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
