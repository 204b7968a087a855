import datetime as dt

import pytest

from importers.errors import Unreadable
from importers.times import read_date, read_days, read_sessions


def clock(text):
    return dt.time.fromisoformat(text)


def test_a_weekly_session_has_its_day_and_its_times():
    (session,) = read_sessions("Every Tuesday 11.30am to 2pm")
    assert (session.weekday, session.starts_at, session.ends_at) == (1, clock("11:30"), clock("14:00"))
    assert session.repeats == "weekly"


def test_several_days_are_several_sessions():
    sessions = read_sessions("Every Monday, Wednesday and Friday 9am to 12.30pm")
    assert [session.weekday for session in sessions] == [0, 2, 4]
    assert {session.ends_at for session in sessions} == {clock("12:30")}


def test_a_lunch_break_makes_two_sessions_of_a_day():
    sessions = read_sessions("Mon-Tue 10:00-13:00, 14:00-17:00")
    assert [(one.weekday, one.starts_at.hour) for one in sessions] == [(0, 10), (0, 14), (1, 10), (1, 14)]


def test_a_fortnight_is_counted_from_its_first_date():
    (session,) = read_sessions("Every other Thursday 10am to 12pm from 5 November 2026")
    assert (session.repeats, session.first_on) == ("fortnightly", dt.date(2026, 11, 5))


def test_two_days_of_a_fortnight_fall_in_the_same_week():
    sessions = read_sessions("Every other Monday and Wednesday 10am to 12pm from 2 November 2026")
    assert [session.first_on.day for session in sessions] == [2, 4]


def test_one_weekday_of_the_month():
    sessions = read_sessions("Second and fourth Friday of the month 7pm to 9pm; Last Saturday of the month 10am to 1pm")
    assert [(one.weekday, one.nth) for one in sessions] == [(4, 2), (4, 4), (5, -1)]


def test_a_session_may_be_at_another_venue():
    (session,) = read_sessions("First Monday of the month 2pm to 4pm at St Bede's Hall, Grays")
    assert session.place == "St Bede's Hall, Grays"


def test_dates_may_stand_before_or_after_the_venue():
    for text in (
        "Tuesday 10am to 2pm from 3 Nov 2026 at Quay Hall",
        "Tuesday 10am to 2pm at Quay Hall from 3 Nov 2026",
    ):
        (session,) = read_sessions(text)
        assert (session.place, session.first_on) == ("Quay Hall", dt.date(2026, 11, 3))


def test_something_that_happens_once():
    (session,) = read_sessions("12 December 2026 10am to 3pm")
    assert (session.repeats, session.first_on, session.weekday) == ("once", dt.date(2026, 12, 12), 5)


def test_words_in_brackets_are_a_note():
    (session,) = read_sessions("Tuesdays 2-4pm (bring a cup)")
    assert (session.starts_at, session.note) == (clock("14:00"), "bring a cup")


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("10am to 12 noon", "10:00", "12:00"),
        ("10 to 2pm", "10:00", "14:00"),
        ("2 to 4pm", "14:00", "16:00"),
        ("12 to 2pm", "12:00", "14:00"),
        ("12noon - 1.30pm", "12:00", "13:30"),
        ("09:00–17:30", "09:00", "17:30"),
        ("7pm to midnight", "19:00", "23:59"),
        ("noon until 3 p.m.", "12:00", "15:00"),
    ],
)
def test_times_are_read_as_people_write_them(written, start, end):
    (session,) = read_sessions(f"Every Monday {written}")
    assert (session.starts_at, session.ends_at) == (clock(start), clock(end))


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("whenever", "has no times"),
        ("Every Tuesday", "has no times"),
        ("Every Tuesday 2 to 4", "say am or pm"),
        ("Every Tuesday 4pm to 2pm", "ends before it starts"),
        ("Every Tuesday 25:00-26:00", "not a time of day"),
        ("Every Tuesday 13pm to 2pm", "not a time of day"),
        ("Every Bluesday 2pm to 4pm", "is not understood"),
        ("Every other Thursday 10am to 12pm", "every other week: add a date"),
        ("Every other Thursday 10am to 12pm from 6 November 2026", "6 November 2026 is a Friday, not a Thursday"),
        ("Monday of the month 2pm to 4pm", "which one of the month"),
        ("Tuesday 2pm to 4pm in the garden", "“in the garden” is not understood"),
        ("31 February 2026 2pm to 4pm", "is not a date"),
        ("1 January 2999 2pm to 4pm", "too far away"),
        ("; ".join(["Every day 9am to 10am"] * 9), "more than 60 times"),
    ],
)
def test_what_cannot_be_read_says_why(written, why):
    with pytest.raises(Unreadable, match=why):
        read_sessions(written)


def test_dates_are_day_first():
    assert read_date("05/11/2026") == read_date("5th Nov 2026") == read_date("2026-11-05") == dt.date(2026, 11, 5)


def test_days_run_on_over_the_weekend():
    assert read_days("Friday to Monday") == [4, 5, 6, 0]
    assert read_days("weekdays") == [0, 1, 2, 3, 4]
