import datetime as dt
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy

from directory import words
from directory.dates import Occurrence
from directory.models import Asset, Check, Cost, Session, Venue

TODAY = dt.date(2026, 11, 24)


def session(**overrides):
    return Session(**{"weekday": 1, "starts_at": dt.time(11, 30), "ends_at": dt.time(14), **overrides})


@pytest.mark.parametrize(
    ("given", "said"),
    [([], ""), (["tea"], "tea"), (["tea", "toast"], "tea and toast"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_joined_as_people_say_them(given, said):
    assert words.join(given) == said


def test_words_that_are_translated_late_are_joined_too():
    assert words.join([gettext_lazy("Men"), gettext_lazy("Women")]) == "Men and Women"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ((11, 30), "11.30am"),
        ((14, 0), "2pm"),
        ((12, 0), "12 noon"),
        ((12, 5), "12.05pm"),
        ((0, 0), "midnight"),
        ((0, 30), "12.30am"),
        ((23, 59), "11.59pm"),
        ((1, 0), "1am"),
    ],
)
def test_times_of_day(at, said):
    assert words.time_in_words(dt.time(*at)) == said


def test_a_moment_is_told_by_the_clock_on_the_wall():
    assert words.moment_in_words(dt.datetime(2026, 7, 1, 10, 30, tzinfo=dt.UTC)) == "1 July 2026, 11.30am"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ((9, 0), (17, 0), "9am to 5pm"),
        ((9, 0), None, "from 9am"),
        ((21, 0), (0, 0), "9pm to midnight"),
        ((0, 0), (23, 59), "all day and night"),
        ((0, 0), (0, 0), "all day and night"),
    ],
)
def test_stretches_of_time(start, end, said):
    assert words.times_in_words(dt.time(*start), dt.time(*end) if end else None) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "Today, Tuesday 24 November, 11.30am to 2pm"),
        (1, "Tomorrow, Wednesday 25 November, 11.30am to 2pm"),
        (7, "Tuesday 1 December, 11.30am to 2pm"),
        (364, "Tuesday 23 November 2027, 11.30am to 2pm"),
    ],
)
def test_the_next_time_says_how_soon_and_the_year_only_when_far(days, said):
    one = Occurrence(TODAY + dt.timedelta(days=days), dt.time(11, 30), dt.time(14), None, session())
    assert words.occurrence_in_words(one, today=TODAY) == said


@pytest.mark.parametrize(
    ("weekdays", "said"),
    [
        ([1], "Every Tuesday"),
        ([0, 1], "Monday and Tuesday"),
        ([0, 1, 2, 3, 4], "Monday to Friday"),
        ([0, 2, 4], "Monday, Wednesday and Friday"),
        (range(7), "Every day"),
    ],
)
def test_days_at_the_same_time_are_one_line(weekdays, said):
    assert words.pattern_in_words([session(weekday=day) for day in weekdays]) == [f"{said}, 11.30am to 2pm"]


def test_patterns_follow_the_week_and_say_what_is_special():
    sessions = [
        session(weekday=4, repeats="monthly", nth=3),
        session(weekday=4, repeats="monthly", nth=1),
        session(weekday=4, repeats="monthly", nth=-1),
        session(weekday=2, repeats="fortnightly", first_on=dt.date(2026, 11, 25), note="bring a mug"),
        session(weekday=0, term_time_only=True),
        session(weekday=5, repeats="once", first_on=dt.date(2026, 12, 5)),
    ]
    assert words.pattern_in_words(sessions) == [
        "Every Monday, 11.30am to 2pm, in term time",
        "Every other Wednesday, 11.30am to 2pm (bring a mug)",
        "First, third and last Friday of the month, 11.30am to 2pm",
        "Saturday 5 December 2026, 11.30am to 2pm",
    ]


def test_a_pattern_names_another_venue_unless_it_is_hidden():
    open_hall, refuge = Venue(pk=1, name="Hall"), Venue(pk=2, name="Refuge House", hidden=True)
    assert words.pattern_in_words([session(venue=open_hall)]) == ["Every Tuesday, 11.30am to 2pm at Hall"]
    assert words.pattern_in_words([session(venue=refuge, note="Ring at number 9")]) == ["Every Tuesday, 11.30am to 2pm"]


@pytest.mark.parametrize(
    ("amount", "per", "note", "said"),
    [
        ("4.00", "visit", "with tea", "£4 a visit, with tea"),
        ("3.50", "hour", "", "£3.50 an hour"),
        ("1200", "week", "", "£1,200 a week"),
        ("0.00", "visit", "", "Free"),
        (None, "visit", "", "Give what you can"),
    ],
)
def test_prices(amount, per, note, said):
    assert words.cost_in_words(Cost(amount=Decimal(amount) if amount else None, per=per, note=note)) == said


def test_cost_and_door_in_one_line():
    asset = Asset(door="turn-up")
    asset.costs = [Cost(amount=Decimal(4), per="visit")]
    assert words.cost_and_door(asset) == "£4 a visit · just turn up"


@pytest.mark.parametrize(("door", "said"), [("", "Ask what it costs"), ("trapdoor", "Ask what it costs · trapdoor")])
def test_a_door_that_is_not_known_breaks_nothing(door, said):
    assert words.cost_and_door(Asset(door=door)) == said


@pytest.mark.parametrize(
    ("state", "note", "said"),
    [
        ("yes", "about 6 weeks", "Taking new people"),
        ("waiting", "about 6 weeks", "Waiting list – about 6 weeks"),
        ("full", "", "Full"),
        ("unknown", "", ""),
        ("nonsense", "", ""),
    ],
)
def test_whether_it_takes_new_people(state, note, said):
    assert words.taking_new_in_words(Asset(taking_new=state, waiting_note=note)) == said


def checks(**facts):
    return [Check(fact=fact, how="phone", on=on) for fact, on in facts.items()]


def test_a_listing_nobody_checked_says_so():
    assert words.freshness([], today=TODAY) == ("never", "Not checked yet", None)


def test_a_listing_is_as_fresh_as_its_weakest_fact():
    found = words.freshness(checks(times=dt.date(2026, 11, 3), cost=dt.date(2026, 3, 9)), today=TODAY)
    assert (found.state, found.words) == ("stale", "Not confirmed since March")
    assert words.freshness(checks(times=dt.date(2026, 11, 3)), today=TODAY).words == "Checked 3 weeks ago"


def test_six_months_to_the_day_is_still_fresh():
    assert words.freshness(checks(times=dt.date(2026, 5, 24)), today=TODAY).state == "fresh"
    assert words.freshness(checks(times=dt.date(2026, 5, 23)), today=TODAY).state == "stale"


def test_an_old_check_says_its_year():
    assert words.freshness(checks(times=dt.date(2024, 3, 9)), today=TODAY).words == "Not confirmed since March 2024"


def test_of_two_checks_on_one_day_the_later_one_counts():
    given = [Check(pk=2, fact="times", how="visit", on=TODAY), Check(pk=1, fact="times", how="phone", on=TODAY)]
    assert words.latest_checks(given)["times"].how == "visit"


def test_a_check_of_a_fact_that_is_not_known_is_passed_over():
    assert words.freshness(checks(colour=TODAY), today=TODAY).state == "never"


@pytest.mark.parametrize(
    ("days", "said"),
    [(-3, "today"), (0, "today"), (1, "yesterday"), (13, "13 days ago"), (21, "3 weeks ago"), (70, "2 months ago")],
)
def test_how_long_ago(days, said):
    assert words.ago_in_words(TODAY - dt.timedelta(days=days), today=TODAY) == said


@pytest.mark.parametrize(
    ("number", "said", "link"),
    [
        ("01632960001", "01632 960001", "tel:+441632960001"),
        ("+44 7700 900123", "07700 900123", "tel:+447700900123"),
        ("+48 22 000 00 00", "+48 22 000 00 00", "tel:+48220000000"),
        ("111", "111", "tel:111"),
        ("116 123", "116 123", "tel:116123"),
        ("01632 960001 ext 12", "01632 960001 x12", "tel:+441632960001;ext=12"),
        ("01632 960001 or 07700 900123", "01632 960001 or 07700 900123", ""),
        ("Ask at the desk", "Ask at the desk", ""),
        ("", "", ""),
    ],
)
def test_numbers_are_said_and_rung(number, said, link):
    assert words.phone_in_words(number) == said
    assert words.phone_link(number) == link


@pytest.mark.parametrize(
    ("ages", "said"),
    [((18, None), "18 and over"), ((11, 25), "11 to 25"), ((None, 18), "up to 18"), ((None, None), "")],
)
def test_ages(ages, said):
    assert words.ages_in_words(Asset(age_from=ages[0], age_to=ages[1])) == said
