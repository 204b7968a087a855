"""Reads when something happens, as people write it: “Every Tuesday 11.30am to 2pm; First Friday of the month …”."""

import datetime as dt
import itertools
import re
from dataclasses import replace
from typing import NamedTuple

from django.utils.translation import gettext as _

from directory.choices import Nth, Repeats, Weekday
from importers.errors import Unreadable
from importers.records import SessionRecord

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NTHS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}
MONTHS: tuple[str, ...] = ("january", "february", "march", "april", "may", "june", "july")
MONTHS += ("august", "september", "october", "november", "december")
EXAMPLE = "Every Tuesday 11.30am to 2pm"
MOST_SESSIONS = 60
DAY = r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?"
CLOCK = r"(?:\d{1,2}(?:[.:]\d{2})?\s*(?:[ap]\.?m\.?|noon|midnight)?|noon|midday|midnight)"
STRETCH = re.compile(rf"(?<![\w.:])({CLOCK})\s*(?:to|until|till|-|–|—)\s*({CLOCK})(?![\w:])", re.IGNORECASE)
DATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})", re.IGNORECASE)
WRITTEN_DATE = rf"(?:{DAY},?\s+)?(?:{DATE.pattern}|\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}/\d{{4}})"
LIMIT = re.compile(rf"[\s,]+(from|starting|until|till|to)\s+({WRITTEN_DATE})\s*$", re.IGNORECASE)


class Stretch(NamedTuple):
    starts_at: dt.time
    ends_at: dt.time


def read_sessions(text: str) -> tuple[SessionRecord, ...]:
    """Sessions in the order written, parted by semicolons or line breaks; raises `Unreadable`."""
    parts = [part.strip(" .") for part in re.split(r"[;\n]", text)]
    found = [session for part in parts if part for session in _read_one(part)]
    if len(found) > MOST_SESSIONS:
        raise Unreadable(_("There are more than %(n)s times. Say the pattern instead.") % {"n": MOST_SESSIONS})
    return tuple(found)


def _read_one(text: str) -> list[SessionRecord]:
    """One part: a day or days, one or more stretches of time, then perhaps dates, a place and a note."""
    rest, note = _split_note(text)
    rest, after = _split_limits(rest)
    rest, place = _split_place(rest)
    rest, before = _split_limits(rest)
    limits = before | after
    stretches = _stretches(rest, text)
    when = rest[: stretches[0].start()].strip(" ,:")
    hours = [read_stretch(found.group(0)) for found in stretches]
    days = _days_of(when, limits.get("from"), text)
    last_on = limits.get("until")
    return [
        replace(day, starts_at=one.starts_at, ends_at=one.ends_at, last_on=last_on, place=place, note=note)
        for day in days
        for one in hours
    ]


def _stretches(rest: str, text: str) -> list[re.Match[str]]:
    """The stretches of time that a part ends with; raises `Unreadable` when there are none, or words after them."""
    stretches = list(STRETCH.finditer(rest))
    if not stretches:
        raise Unreadable(_("“%(text)s” has no times. Write it like: %(example)s.") % _said(text))
    gaps = [rest[one.end() : two.start()] for one, two in itertools.pairwise(stretches)]
    for words in [*gaps, rest[stretches[-1].end() :]]:
        if words.strip(" ,&.") not in {"", "and"}:
            raise Unreadable(
                _("“%(words)s” is not understood in “%(text)s”. Write it like: %(example)s.")
                % {"words": words.strip(" ,"), **_said(text)}
            )
    return stretches


def _split_limits(text: str) -> tuple[str, dict[str, dt.date]]:
    """Takes “from 5 November 2026” and “until 10 December 2026” off the end."""
    limits: dict[str, dt.date] = {}
    while found := LIMIT.search(text):
        text = text[: found.start()]
        limits["from" if found.group(1).casefold() in {"from", "starting"} else "until"] = read_date(found.group(2))
    return text, limits


def _split_note(text: str) -> tuple[str, str]:
    found = re.search(r"\s*\(([^()]*)\)\s*$", text)
    return (text[: found.start()], found.group(1).strip()[:120]) if found else (text, "")


def _split_place(text: str) -> tuple[str, str]:
    """What stands after “ at ”, unless that is a time (“Mondays at 10am to 12 noon”)."""
    for found in re.finditer(r"\s+at\s+(?=\S)", text, re.IGNORECASE):
        place = text[found.end() :].strip()
        if not re.match(CLOCK + r"\s*(?:to|until|-|–|—)", place, re.IGNORECASE):
            return text[: found.start()], place
    return re.sub(r"\s+at\s+", " ", text, flags=re.IGNORECASE), ""


def _days_of(when: str, first_on: dt.date | None, text: str) -> list[SessionRecord]:
    """The days a pattern names, as sessions whose times are still to be filled in."""
    words = re.sub(r"\s+", " ", when.casefold()).strip()
    if on := _one_date(words):
        return [_day(on.weekday(), Repeats.ONCE, first_on=on)]
    if words.endswith(("of the month", "of every month", "of each month", "monthly")):
        return _monthly(words, text, first_on)
    fortnightly = re.match(r"(?:every (?:other|second)|alternate|fortnightly(?: on)?) ", words)
    days = read_days(words[fortnightly.end() :] if fortnightly else re.sub(r"^(?:every|each|on) ", "", words), text)
    if not fortnightly:
        return [_day(day, Repeats.WEEKLY, first_on=_on_or_after(first_on, day)) for day in days]
    if first_on is None:
        raise Unreadable(
            _("“%(text)s” happens every other week: add a date that it does happen, like “from 5 November 2026”.")
            % {"text": text}
        )
    if len(days) == 1 and first_on.weekday() != days[0]:
        raise Unreadable(
            _("%(date)s is a %(is)s, not a %(not)s.")
            % {"date": in_words(first_on), "is": Weekday(first_on.weekday()).label, "not": Weekday(days[0]).label}
        )
    return [_day(day, Repeats.FORTNIGHTLY, first_on=_on_or_after(first_on, day)) for day in days]


def _day(weekday: int, repeats: Repeats, *, first_on: dt.date | None = None, nth: int | None = None) -> SessionRecord:
    return SessionRecord(weekday, dt.time.min, None, repeats.value, nth, first_on)


def _on_or_after(on: dt.date | None, weekday: int) -> dt.date | None:
    return on and on + dt.timedelta(days=(weekday - on.weekday()) % 7)


def _one_date(words: str) -> dt.date | None:
    words = re.sub(rf"^(?:on )?(?:{DAY},? )?", "", words)
    return read_date(words) if DATE.fullmatch(words) or re.fullmatch(r"\d{4}-\d\d-\d\d", words) else None


def _monthly(words: str, text: str, first_on: dt.date | None) -> list[SessionRecord]:
    words = re.sub(r"\s*(?:of (?:the|every|each) month|monthly)$", "", words)
    words = re.sub(r"^(?:every|each|on)?\s*(?:the )?", "", words)
    *which, day = re.split(r"\s*,\s*|\s+and\s+|\s+", words)
    nths = [NTHS[one] for one in which if one in NTHS]
    if not nths or len(nths) != len(which):
        raise Unreadable(
            _("“%(text)s”: say which one of the month, like “First Monday of the month 2pm to 4pm”.") % {"text": text}
        )
    (weekday,) = read_days(day, text)[:1]
    return [
        _day(weekday, Repeats.MONTHLY, nth=Nth(nth).value, first_on=_on_or_after(first_on, weekday)) for nth in nths
    ]


def read_days(words: str, text: str = "") -> list[int]:
    """Weekdays, Monday being 0, in the order written: “Monday to Friday”, “Mon, Wed and Fri”, “weekdays”."""
    words = words.casefold().strip(" ,:")
    if words in {"day", "daily", "every day", "seven days a week", "days"}:
        return list(range(7))
    if words in {"weekday", "weekdays"}:
        return list(range(5))
    if words in {"weekend", "weekends"}:
        return [5, 6]
    days: list[int] = []
    for part in re.split(r"\s*(?:,|&|/|\band\b)\s*", words):
        ends = re.split(r"\s*(?:\bto\b|-|–|—)\s*", part)
        numbers = [_weekday(end, text or words) for end in ends]
        if len(numbers) == 2:
            length = (numbers[1] - numbers[0]) % 7
            numbers = [(numbers[0] + step) % 7 for step in range(length + 1)]
        elif len(numbers) > 2:
            raise Unreadable(_("“%(text)s” is not understood. Write it like: %(example)s.") % _said(text))
        days += [one for one in numbers if one not in days]
    return days


def _weekday(word: str, text: str) -> int:
    if re.fullmatch(DAY, word):
        return next(number for number, day in enumerate(DAYS) if day.startswith(word[:3]))
    raise Unreadable(_("“%(text)s” is not understood. Write it like: %(example)s.") % _said(text))


def _said(text: str) -> dict[str, str]:
    return {"text": text, "example": EXAMPLE}


def read_hours(text: str, weekday: int, *, note: str = "") -> list[SessionRecord]:
    """One weekday's hours, “10:00-13:00,14:00-17:00”, as sessions; raises `Unreadable`."""
    parts = [part.strip() for part in re.split(r"[,;&]|\band\b", text) if part.strip()]
    stretches = [read_stretch(part) for part in parts]
    return [SessionRecord(weekday, one.starts_at, one.ends_at, note=note) for one in stretches]


def read_stretch(text: str) -> Stretch:
    """“11.30am to 2pm”, “14:00-17:00”; raises `Unreadable` when it does not run forwards within one day."""
    found = STRETCH.fullmatch(text.strip())
    if found is None:
        raise Unreadable(_("“%(text)s” is not a time. Write it like 10am to 12 noon, or 14:00-17:00.") % {"text": text})
    start, end = _clock(found.group(1)), _clock(found.group(2))
    if start.half is None and end.half is not None and not start.exact:
        # “2 to 4pm” is in the afternoon; “10 to 2pm” starts in the morning.
        start = start._replace(half="p" if end.half == "p" and start.hour % 12 < end.hour % 12 else "a")
    ends_at = end.time(text)
    if ends_at == dt.time.min:
        ends_at = dt.time(23, 59) if end.half == "midnight" else ends_at
    starts_at = start.time(text)
    if ends_at <= starts_at:
        raise Unreadable(_("“%(text)s” ends before it starts.") % {"text": text})
    return Stretch(starts_at, ends_at)


class _Clock(NamedTuple):
    """A time as written: `half` is a, p, noon or midnight; `exact` when it reads as a 24-hour clock."""

    hour: int
    minute: int
    half: str | None
    exact: bool

    def time(self, text: str) -> dt.time:
        hour = self.hour
        if self.half in {"a", "p"}:
            if not 1 <= hour <= 12:
                raise Unreadable(_("“%(text)s” is not a time of day.") % {"text": text})
            hour = hour % 12 + (12 if self.half == "p" else 0)
        elif self.half is None and not self.exact and hour < 7:
            raise Unreadable(_("“%(text)s”: say am or pm.") % {"text": text})
        if hour > 23 or self.minute > 59:
            raise Unreadable(_("“%(text)s” is not a time of day.") % {"text": text})
        return dt.time(hour, self.minute)


def _clock(text: str) -> _Clock:
    found = re.fullmatch(r"(\d{1,2})?(?:([.:])(\d{2}))?\s*([a-z.]*)", text.strip().casefold())
    if found is None:
        raise Unreadable(_("“%(text)s” is not a time of day.") % {"text": text})
    hour, mark, minute, half = found.groups()
    if half in {"noon", "midday"}:
        return _Clock(12, 0, "noon", exact=True)
    if half == "midnight":
        return _Clock(0, 0, "midnight", exact=True)
    exact = mark == ":" or (hour or "").startswith("0")
    return _Clock(int(hour or 0), int(minute or 0), half[:1] or None, exact and not half)


def read_date(text: str) -> dt.date:
    """“5 November 2026”, “5th Nov 2026”, “05/11/2026”, “2026-11-05”; raises `Unreadable`."""
    words = text.strip(" .,")
    try:
        if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?: 00:00(?::00)?)?", words):
            year, month, day = (int(part) for part in found.groups())
        elif found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", words):
            day, month, year = (int(part) for part in found.groups())
        elif found := DATE.fullmatch(re.sub(rf"^{DAY},? ", "", words, flags=re.IGNORECASE)):
            day, year = int(found.group(1)), int(found.group(3))
            month = _month(found.group(2))
        else:
            raise ValueError
        on = dt.date(year, month, day)
    except ValueError as error:
        raise Unreadable(_("“%(text)s” is not a date. Write it like 5 November 2026.") % {"text": text}) from error
    if not 1990 <= on.year <= 2060:
        raise Unreadable(_("%(date)s is too far away to be meant.") % {"date": in_words(on)})
    return on


def _month(word: str) -> int:
    folded = word.casefold()
    for number, name in enumerate(MONTHS, start=1):
        if name.startswith(folded) or folded == "sept":
            return 9 if folded == "sept" else number
    raise ValueError(word)


def in_words(on: dt.date) -> str:
    """“5 November 2026”."""
    return f"{on.day} {MONTHS[on.month - 1].capitalize()} {on.year}"
