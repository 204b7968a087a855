import datetime as dt

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from directory.dates import (
    FURTHEST,
    bank_holidays,
    candidate_dates,
    happens_on,
    next_dates,
    open_at,
    still_running,
)
from directory.models import Session

TUESDAY = dt.date(2026, 11, 24)
MORNING = dt.datetime(2026, 11, 24, 9)
AUTUMN = (dt.date(2026, 9, 2), dt.date(2026, 12, 18))


def session(**overrides):
    given = {"weekday": 1, "starts_at": dt.time(11, 30), "ends_at": dt.time(14), "repeats": "weekly"}
    return Session(**{**given, **overrides})


def days(*sessions, after=MORNING, n=3, **options):
    return [one.on for one in next_dates(sessions, after=after, n=n, **options)]


def test_a_weekly_session_starts_today_and_goes_on_each_week():
    assert days(session()) == [TUESDAY, dt.date(2026, 12, 1), dt.date(2026, 12, 8)]


def test_what_is_over_for_today_is_left_out_at_the_minute_it_ends():
    assert days(session(), after=dt.datetime(2026, 11, 24, 13, 59), n=1) == [TUESDAY]
    assert days(session(), after=dt.datetime(2026, 11, 24, 14), n=1) == [dt.date(2026, 12, 1)]


def test_a_session_without_an_end_counts_all_day():
    assert days(session(ends_at=None), after=dt.datetime(2026, 11, 24, 20), n=1) == [TUESDAY]


def test_sessions_are_told_soonest_first_whatever_their_order():
    found = next_dates([session(weekday=3), session(), session(starts_at=dt.time(9))], after=MORNING, n=4)
    assert [(one.on.day, one.starts_at.hour) for one in found] == [(24, 9), (24, 11), (26, 11), (1, 9)]


@pytest.mark.parametrize("n", [0, -1])
def test_asking_for_no_dates_gives_none(n):
    assert days(session(), n=n) == []


def test_a_night_session_belongs_to_the_evening_on_which_it_starts():
    night = session(starts_at=dt.time(21), ends_at=dt.time(7))
    assert days(night, n=1) == [TUESDAY]
    assert days(night, after=dt.datetime(2026, 11, 25, 3), n=2) == [TUESDAY, dt.date(2026, 12, 1)]
    assert days(night, after=dt.datetime(2026, 11, 25, 7), n=1) == [dt.date(2026, 12, 1)]


def test_a_night_session_is_open_after_midnight_and_not_the_evening_before():
    night = session(starts_at=dt.time(21), ends_at=dt.time(7))
    assert open_at([night], dt.datetime(2026, 11, 24, 22))
    assert open_at([night], dt.datetime(2026, 11, 25, 6, 59))
    assert not open_at([night], dt.datetime(2026, 11, 25, 7))
    assert not open_at([night], dt.datetime(2026, 11, 24, 6))


@pytest.mark.parametrize(
    ("when", "is_open"),
    [((24, 11, 29), False), ((24, 11, 30), True), ((24, 13, 59), True), ((24, 14, 0), False), ((25, 12, 0), False)],
)
def test_it_is_open_from_its_first_minute_until_its_last(when, is_open):
    day, hour, minute = when
    assert open_at([session()], dt.datetime(2026, 11, day, hour, minute)) is is_open


def test_a_bank_holiday_is_taken_out_with_its_substitute():
    friday, monday = dt.date(2026, 12, 25), dt.date(2026, 12, 28)
    assert days(session(weekday=4), after=dt.datetime(2026, 12, 19), n=2) == [dt.date(2027, 1, 8), dt.date(2027, 1, 15)]
    assert friday in bank_holidays(2026)
    assert monday not in days(session(weekday=0), after=dt.datetime(2026, 12, 22), n=1)


def test_a_bank_holiday_stays_where_it_is_open_then():
    open_then = session(weekday=4, open_on_bank_holidays=True)
    assert days(open_then, after=dt.datetime(2026, 12, 19), n=1) == [dt.date(2026, 12, 25)]


def test_something_that_happens_once_may_fall_on_a_bank_holiday():
    christmas = dt.date(2026, 12, 25)
    assert days(session(repeats="once", weekday=4, first_on=christmas)) == [christmas]


def test_something_that_happened_once_is_past():
    assert days(session(repeats="once", first_on=dt.date(2026, 11, 17))) == []


def test_wales_and_scotland_keep_their_own_holidays():
    assert dt.date(2026, 11, 30) in bank_holidays(2026, "SCT")
    assert dt.date(2026, 11, 30) not in bank_holidays(2026)


@pytest.mark.parametrize("nothing_out", [None, []])
def test_dates_out_are_left_out_and_may_be_missing(nothing_out):
    assert days(session(dates_out=["2026-11-24", "2026-12-08", "not a date"])) == [
        dt.date(2026, 12, 1),
        dt.date(2026, 12, 15),
        dt.date(2026, 12, 22),
    ]
    assert days(session(dates_out=nothing_out), n=1) == [TUESDAY]


def test_term_time_leaves_holidays_out_once_terms_are_known():
    schooled = session(term_time_only=True)
    after = dt.datetime(2026, 12, 9)
    assert days(schooled, after=after, n=2) == [dt.date(2026, 12, 15), dt.date(2026, 12, 22)]
    assert days(schooled, after=after, n=2, terms=(AUTUMN,)) == [dt.date(2026, 12, 15)]


def test_both_days_of_a_term_are_in_it():
    wednesday, friday = session(weekday=2, term_time_only=True), session(weekday=4, term_time_only=True)
    assert happens_on(wednesday, AUTUMN[0], terms=(AUTUMN,))
    assert happens_on(friday, AUTUMN[1], terms=(AUTUMN,))
    assert not happens_on(friday, AUTUMN[1] + dt.timedelta(days=7), terms=(AUTUMN,))


def test_every_other_week_counts_from_the_first_date():
    assert days(session(repeats="fortnightly", first_on=dt.date(2026, 11, 17))) == [
        dt.date(2026, 12, 1),
        dt.date(2026, 12, 15),
        dt.date(2026, 12, 29),
    ]


def test_every_other_week_keeps_its_weeks_when_the_first_date_is_another_weekday():
    odd = session(repeats="fortnightly", first_on=dt.date(2026, 11, 12))
    found = {days(odd, after=dt.datetime(2026, 12, 1) - dt.timedelta(days=back), n=1)[0] for back in range(14)}
    assert found == {dt.date(2026, 12, 1)}


def test_the_last_tuesday_is_the_fourth_or_the_fifth():
    assert days(session(repeats="monthly", nth=-1)) == [TUESDAY, dt.date(2026, 12, 29), dt.date(2027, 1, 26)]


def test_a_month_without_such_a_day_is_passed_over_rather_than_guessed():
    assert days(session(repeats="monthly", nth=None)) == []


def test_first_and_last_dates_are_both_included():
    short = session(first_on=dt.date(2026, 12, 1), last_on=dt.date(2026, 12, 8))
    assert days(short, n=9) == [dt.date(2026, 12, 1), dt.date(2026, 12, 8)]


def test_a_rule_is_followed_for_two_years_at_most():
    every = list(candidate_dates(session(), start=TUESDAY))
    assert len(every) == 105
    assert every[-1] <= TUESDAY + FURTHEST


@pytest.mark.parametrize("day", [dt.date.min, dt.date(1752, 9, 3), dt.date(9999, 12, 1), dt.date.max])
@pytest.mark.parametrize("repeats", ["weekly", "fortnightly", "monthly", "once"])
def test_the_ends_of_the_calendar_break_nothing(day, repeats):
    far = session(repeats=repeats, nth=1, first_on=day, starts_at=dt.time(22), ends_at=dt.time(2))
    found = days(far, after=dt.datetime.combine(day, dt.time(23)), n=3)
    assert len(found) <= 3
    assert open_at([session()], dt.datetime.combine(day, dt.time(12))) in {True, False}


def test_a_session_that_has_come_to_its_end_is_not_running_still():
    past, today, once = (
        session(last_on=dt.date(2026, 11, 17)),
        session(last_on=TUESDAY),
        session(repeats="once", first_on=dt.date(2026, 3, 3)),
    )
    assert still_running([past, today, once, session()], on=TUESDAY)[0] is today
    assert len(still_running([past, today, once, session()], on=TUESDAY)) == 2


@given(
    repeats=st.sampled_from(["weekly", "fortnightly", "monthly"]),
    weekday=st.integers(0, 6),
    nth=st.sampled_from([1, 2, 3, 4, -1]),
    first_week=st.integers(0, 60),
    ahead=st.integers(0, 400),
)
def test_dates_are_those_of_the_rfc_5545_rule(repeats, weekday, nth, first_week, ahead):
    monday = dt.date(2026, 1, 5) + dt.timedelta(weeks=first_week)
    first_on = monday + dt.timedelta(days=weekday)
    one = session(repeats=repeats, weekday=weekday, nth=nth, first_on=first_on)
    start = first_on + dt.timedelta(days=ahead)
    rule = rrulestr(one.rrule, dtstart=dt.datetime.combine(first_on, dt.time()))
    expected = rule.between(
        dt.datetime.combine(start, dt.time()), dt.datetime.combine(start + FURTHEST, dt.time()), inc=True
    )
    assert list(candidate_dates(one, start=start)) == [when.date() for when in expected]
