"""What a listing is filtered by, worked out from the listing: codes of every stored field, and when it is open.

`codes_of(asset, categories, areas, access)` and `slots_of(sessions, on, terms)`. Dates are those of `directory.dates`,
with bank holidays and school holidays taken out.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from directory.choices import Reach
from directory.dates import Terms, candidate_dates, ends, happens_on, still_running
from directory.models import Asset, Session
from search.clauses import DAY_MINUTES, minute
from search.facets import WEEK, WEEKS_AHEAD, AgeBand, CostClass, PartOfDay, age_band
from search.languages import language_code

# An index may be a week old before what it says of dates runs out.
DAYS_OLD = 7
DAYS_OF_DATES = WEEKS_AHEAD * 7 + DAYS_OLD
DAYS_OF_SLOTS = DAYS_OLD + 1
OLDEST = 130
PRICES = {
    CostClass.FREE: Decimal(0),
    CostClass.UP_TO_2: Decimal(2),
    CostClass.UP_TO_5: Decimal(5),
    CostClass.UP_TO_10: Decimal(10),
    CostClass.UP_TO_20: Decimal(20),
}
# The minute of the day at which each begins.
STARTS = {PartOfDay.MORNING: 0, PartOfDay.AFTERNOON: 12 * 60, PartOfDay.EVENING: 17 * 60}


class Rule(NamedTuple):
    """What decides on which dates a session happens, so that thousands of sessions share one reckoning."""

    repeats: str
    weekday: int
    nth: int | None
    first_on: dt.date | None
    last_on: dt.date | None
    open_on_bank_holidays: bool
    term_time_only: bool
    dates_out: tuple[str, ...]


def age_codes(asset: Asset) -> tuple[str, ...]:
    """Every band that its ages reach into; none when it says no age."""
    if asset.age_from is None and asset.age_to is None:
        return ()
    youngest = age_band(asset.age_from or 0)
    oldest = age_band(OLDEST if asset.age_to is None else asset.age_to)
    bands = list(AgeBand)
    return tuple(band.value for band in bands[bands.index(youngest) : bands.index(oldest) + 1])


def cost_codes(amounts: Iterable[Decimal | None]) -> tuple[str, ...]:
    """Each price limit that some price of its keeps to. What people can pay is within any of them, and is not free."""
    found: set[str] = set()
    for amount in amounts:
        if amount is None:
            found |= {CostClass.DONATION, *(limit for limit in PRICES if limit != CostClass.FREE)}
        else:
            found |= {limit for limit, most in PRICES.items() if amount <= most} or {CostClass.OVER_20}
    return tuple(code.value for code in CostClass if code in found)


def language_codes(languages: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for one in languages if (code := language_code(str(one)))))


def parts_of(session: Session) -> tuple[str, ...]:
    """The times of day that a session reaches into, on the day on which it starts."""
    start = session.starts_at.hour * 60 + session.starts_at.minute
    end = start + 1
    if session.ends_at is not None:
        end = session.ends_at.hour * 60 + session.ends_at.minute
        end = end if end > start else DAY_MINUTES
    until = [*list(STARTS.values())[1:], DAY_MINUTES]
    return tuple(
        part.value for (part, begins), over in zip(STARTS.items(), until, strict=True) if start < over and end > begins
    )


def week_codes(sessions: Iterable[Session], on: dt.date) -> tuple[str, ...]:
    """ "1-morning": weekdays with times of day, of sessions that have not come to their last date."""
    running = still_running(sessions, on=on)
    return tuple(sorted({f"{session.weekday}-{part}" for session in running for part in parts_of(session)}))


def date_codes(sessions: Iterable[Session], on: dt.date, terms: Terms) -> tuple[str, ...]:
    """ "2026-11-24-morning": the dates from a day on with times of day."""
    found: dict[str, None] = {}
    for session in sessions:
        parts = parts_of(session)
        for day in dates_of(rule_of(session), on, DAYS_OF_DATES, terms):
            found.update(dict.fromkeys(f"{day.isoformat()}-{part}" for part in parts))
    return tuple(found)


def slots_of(sessions: Iterable[Session], on: dt.date, terms: Terms) -> tuple[tuple[int, int], ...]:
    """First and last minute of each time it is open, from the evening before a day until a week after."""
    slots: set[tuple[int, int]] = set()
    for session in sessions:
        for day in dates_of(rule_of(session), on - dt.timedelta(days=1), DAYS_OF_SLOTS + 1, terms):
            slots.add((minute(dt.datetime.combine(day, session.starts_at)), minute(ends(session, day))))
    return tuple(sorted(slots))


def rule_of(session: Session) -> Rule:
    return Rule(
        session.repeats,
        session.weekday,
        session.nth,
        session.first_on,
        session.last_on,
        session.open_on_bank_holidays,
        session.term_time_only,
        tuple(str(day) for day in session.dates_out or ()),
    )


@lru_cache(maxsize=4_096)
def dates_of(rule: Rule, start: dt.date, days: int, terms: Terms) -> tuple[dt.date, ...]:
    """The dates of a rule in so many days."""
    last = start + dt.timedelta(days=days)
    coming: Iterator[dt.date] = takewhile(lambda day: day < last, candidate_dates(rule, start=start))  # type: ignore[arg-type]  # reads as a session does
    return tuple(day for day in coming if happens_on(rule, day, terms=terms))  # type: ignore[arg-type]


def codes_of(
    asset: Asset, categories: Iterable[str], areas: Iterable[str], access: Iterable[str], *, on: dt.date, terms: Terms
) -> dict[str, tuple[str, ...]]:
    """The codes that a listing is filtered by."""
    sessions = list(asset.sessions.all())
    return {
        "kind": (asset.kind,),
        "category": tuple(categories),
        "reach": tuple(asset.reach),
        WEEK: week_codes(sessions, on),
        "date": date_codes(sessions, on, terms),
        "cost": cost_codes(cost.amount for cost in asset.costs.all()),
        "taking_new": (asset.taking_new,),
        "access": tuple(access),
        "who_for": tuple(asset.who_for),
        "age": age_codes(asset),
        "language": language_codes(asset.languages if isinstance(asset.languages, list) else ()),
        "area": tuple(areas),
    }


def comes_without_a_door(asset: Asset) -> bool:
    """Whether it gets to people wherever they are."""
    return bool({Reach.COMES_TO_YOU, Reach.ONLINE, Reach.BY_PHONE} & set(asset.reach))
