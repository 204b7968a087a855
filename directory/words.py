"""How the directory says things: plain British English, the same on screen and on paper."""

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import phonenumbers
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.choices import Fact, Nth, Repeats, TakingNew, Weekday
from directory.querysets import fresh_since

if TYPE_CHECKING:
    from directory.dates import Occurrence
    from directory.models import Asset, Check, Cost, Session

# 111, 999, 101, 116 123: the same for everybody, and grouped as they are known.
SHORT_CODE = re.compile(r"1\d\d|999|116 ?\d{3}", re.ASCII)


def join(words: Iterable[str], *, last: str = "") -> str:
    """“Monday, Tuesday and Friday”."""
    listed = [str(word) for word in words]
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {last or _('and')} {listed[-1]}"


def day_in_words(on: dt.date) -> str:
    """“Tuesday 24 November”, with the year only where it is not plain: more than ten months off."""
    return f"{on:%A} {on.day} {on:%B}"


def date_in_words(on: dt.date) -> str:
    """“2 November 2026”."""
    return f"{on.day} {on:%B %Y}"


def time_in_words(at: dt.time) -> str:
    """“11.30am”, “2pm”, “12 noon”."""
    if (at.hour, at.minute) == (12, 0):
        return _("12 noon")
    if (at.hour, at.minute) == (0, 0):
        return _("midnight")
    minutes = f".{at.minute:02}" if at.minute else ""
    return f"{(at.hour - 1) % 12 + 1}{minutes}{'am' if at.hour < 12 else 'pm'}"


def moment_in_words(at: dt.datetime) -> str:
    """“2 November 2026, 11.30am”, by the clock on the wall."""
    here = timezone.localtime(at)
    return f"{date_in_words(here.date())}, {time_in_words(here.time())}"


def times_in_words(starts_at: dt.time, ends_at: dt.time | None) -> str:
    """“11.30am to 2pm”, or “from 11.30am” when nobody says how long."""
    if starts_at == dt.time(0) and ends_at in {dt.time(0), dt.time(23, 59)}:
        return _("all day and night")
    if ends_at is None:
        return _("from %(time)s") % {"time": time_in_words(starts_at)}
    return _("%(start)s to %(end)s") % {"start": time_in_words(starts_at), "end": time_in_words(ends_at)}


def occurrence_in_words(one: "Occurrence", *, today: dt.date) -> str:
    """“Tomorrow, Tuesday 24 November, 11.30am to 2pm”."""
    days = (one.on - today).days
    day = day_in_words(one.on) if days < 300 else f"{day_in_words(one.on)} {one.on.year}"
    soon = {0: _("Today"), 1: _("Tomorrow")}.get(days)
    return ", ".join(part for part in (soon, day, times_in_words(one.starts_at, one.ends_at)) if part)


def pattern_in_words(sessions: "Iterable[Session]") -> list[str]:
    """When an asset happens, one line for each pattern: “Monday to Friday, 9am to 5pm”."""
    ordered = sorted(sessions, key=_pattern_key)
    lines = []
    for _key, group in groupby(ordered, key=_pattern_key):
        alike = list(group)
        lines.append((min(one.weekday for one in alike), alike[0].starts_at, _pattern(alike)))
    return [line for *_, line in sorted(lines, key=lambda one: one[:2])]


def _pattern_key(one: "Session") -> tuple:
    venue = one.venue_id or 0
    monthly = one.weekday if one.repeats != Repeats.WEEKLY else 0
    first = one.first_on if one.repeats in {Repeats.FORTNIGHTLY, Repeats.ONCE} else None
    times = (one.starts_at, one.ends_at or dt.time.max)
    return (one.repeats, monthly, first or dt.date.min, times, venue, one.note, one.term_time_only)


def _pattern(alike: "list[Session]") -> str:
    one = alike[0]
    days = sorted({each.weekday for each in alike})
    when = {
        Repeats.WEEKLY: _weekdays(days),
        Repeats.FORTNIGHTLY: _("Every other %(day)s") % {"day": Weekday(one.weekday).label},
        Repeats.ONCE: day_in_words(one.first_on) + f" {one.first_on.year}" if one.first_on else "",
        Repeats.MONTHLY: _("%(which)s %(day)s of the month")
        % {
            "which": join(
                [str(Nth(n).label) if i == 0 else str(Nth(n).label).lower() for i, n in enumerate(_nths(alike))]
            ),
            "day": Weekday(one.weekday).label,
        },
    }[Repeats(one.repeats)]
    line = f"{when}, {times_in_words(one.starts_at, one.ends_at)}"
    if one.venue is not None and not one.venue.hidden:
        line += " " + _("at %(venue)s") % {"venue": one.venue.name}
    if one.term_time_only:
        line += ", " + _("in term time")
    return f"{line} ({one.note})" if one.note and not _is_hidden(one) else line


def _is_hidden(one: "Session") -> bool:
    """Whether it happens where nobody may know: its note might say where."""
    venue = one.venue or getattr(getattr(one, "asset", None), "venue", None)
    return venue is not None and venue.hidden


def _nths(alike: "list[Session]") -> list[int]:
    return sorted({one.nth for one in alike if one.nth is not None}, key=lambda nth: nth if nth > 0 else 9)


def _weekdays(days: list[int]) -> str:
    if days == list(range(7)):
        return _("Every day")
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return _("%(first)s to %(last)s") % {"first": Weekday(days[0]).label, "last": Weekday(days[-1]).label}
    if len(days) == 1:
        return _("Every %(day)s") % {"day": Weekday(days[0]).label}
    return join(str(Weekday(day).label) for day in days)


def money(amount: Decimal) -> str:
    """“£4”, “£3.50”, “£1,200”."""
    return f"£{amount:,.0f}" if amount == amount.to_integral_value() else f"£{amount:,.2f}"


def cost_in_words(cost: "Cost") -> str:
    """“£4 a visit, with tea”, “Free”, “Give what you can”."""
    if cost.amount is None:
        words = _("Give what you can")
    elif not cost.amount:
        words = _("Free")
    else:
        words = f"{money(cost.amount)} {cost.get_per_display()}"
    return f"{words}, {cost.note}" if cost.note else words


def costs_in_words(asset: "Asset") -> str:
    """Every price in one line; what is not known is said."""
    words = [cost_in_words(cost) for cost in asset.costs.all()]
    return "; ".join([*words, asset.cost_note] if asset.cost_note else words) or _("Ask what it costs")


def cost_and_door(asset: "Asset") -> str:
    """“£4 a visit, with tea · just turn up”."""
    first = next(iter(asset.costs.all()), None)
    cost = cost_in_words(first) if first else asset.cost_note or _("Ask what it costs")
    door = str(asset.get_door_display())
    return f"{cost} · {door[:1].lower()}{door[1:]}" if door else cost


def taking_new_in_words(asset: "Asset") -> str:
    """“Taking new people”, “Waiting list – about 6 weeks”, “Full”; empty when nobody knows."""
    if asset.taking_new not in TakingNew.values or asset.taking_new == TakingNew.UNKNOWN:
        return ""
    words = str(TakingNew(asset.taking_new).label)
    return f"{words} – {asset.waiting_note}" if asset.waiting_note and asset.taking_new != TakingNew.YES else words


class Freshness(NamedTuple):
    """How true a listing is known to be: `state` is fresh, stale or never."""

    state: str
    words: str
    on: dt.date | None


def latest_checks(checks: "Iterable[Check]") -> "dict[Fact, Check]":
    """The latest check of each fact that has one."""
    latest: dict[Fact, Check] = {}
    for check in sorted(checks, key=lambda one: (one.on, one.pk or 0)):
        if check.fact in Fact.values:
            latest[Fact(check.fact)] = check
    return latest


def freshness(checks: "Iterable[Check]", *, today: dt.date) -> Freshness:
    """A listing is as fresh as its weakest fact, among those that anyone has checked."""
    latest = latest_checks(checks)
    if not latest:
        return Freshness("never", _("Not checked yet"), None)
    on = min(check.on for check in latest.values())
    if on < fresh_since(today):
        month = f"{on:%B}" if (today - on).days < 300 else f"{on:%B %Y}"
        return Freshness("stale", _("Not confirmed since %(month)s") % {"month": month}, on)
    return Freshness("fresh", _("Checked %(ago)s") % {"ago": ago_in_words(on, today=today)}, on)


def ago_in_words(on: dt.date, *, today: dt.date) -> str:
    """“today”, “yesterday”, “3 weeks ago”, “2 months ago”."""
    days = (today - on).days
    if days < 2:
        return _("yesterday") if days == 1 else _("today")
    if days < 14:
        return _("%(n)s days ago") % {"n": days}
    if days < 61:
        return _("%(n)s weeks ago") % {"n": days // 7}
    return _("%(n)s months ago") % {"n": days // 30}


def phone_in_words(number: str) -> str:
    """A number grouped as people read it out; a short code, or what is not a number, stays as it was written."""
    if SHORT_CODE.fullmatch(number.strip()):
        return number.strip()
    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, style.NATIONAL if parsed.country_code == 44 else style.INTERNATIONAL)


def phone_link(number: str) -> str:
    """“tel:+441632960123”, “tel:111”; empty when the text is not a number that can be rung."""
    if SHORT_CODE.fullmatch(number.strip()):
        return f"tel:{number.replace(' ', '')}"
    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.RFC3966).replace("-", "")


def ages_in_words(asset: "Asset") -> str:
    """“18 and over”, “11 to 25”, “up to 18”; empty for all ages."""
    if asset.age_from is not None and asset.age_to is not None:
        return _("%(from)s to %(to)s") % {"from": asset.age_from, "to": asset.age_to}
    if asset.age_from is not None:
        return _("%(from)s and over") % {"from": asset.age_from}
    return _("up to %(to)s") % {"to": asset.age_to} if asset.age_to is not None else ""
