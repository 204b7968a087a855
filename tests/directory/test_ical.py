import datetime as dt

import pytest
from dateutil.rrule import rrulestr

from directory.dates import next_dates
from directory.ical import calendar, escaped, folded
from directory.models import Session
from tests.factories.directory import make_asset, make_session, make_venue

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 24)


def lines_of(text):
    """Unfolded content lines, as a reader sees them."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def values(lines, name):
    return [line.partition(":")[2] for line in lines if line.split(":")[0].split(";")[0] == name]


def events(asset, **options):
    lines = lines_of(calendar(asset, on=ON, **options))
    return lines[lines.index("END:VTIMEZONE") + 1 : -1]


def dates_read(lines):
    """The dates that a calendar program would show for one event."""
    start = dt.datetime.strptime(values(lines, "DTSTART")[0], "%Y%m%dT%H%M%S")
    rule = values(lines, "RRULE")[0].replace("T235959Z", "T235959")
    out = {dt.datetime.strptime(value, "%Y%m%dT%H%M%S") for value in values(lines, "EXDATE")}
    return [when.date() for when in rrulestr(rule, dtstart=start) if when not in out]


@pytest.mark.parametrize(
    "overrides",
    [
        {},
        {"weekday": 4},
        {"weekday": 4, "open_on_bank_holidays": True},
        {"repeats": "fortnightly", "first_on": dt.date(2026, 11, 17)},
        {"repeats": "monthly", "nth": -1, "weekday": 0},
        {"dates_out": ["2026-11-24", "2027-01-05"]},
        {"last_on": dt.date(2027, 3, 2)},
        {"term_time_only": True},
    ],
)
def test_a_calendar_program_shows_the_dates_that_the_directory_gives(overrides):
    asset = make_asset()
    make_session(asset, **overrides)
    terms = ((dt.date(2026, 9, 2), dt.date(2026, 12, 18)), (dt.date(2027, 1, 4), dt.date(2027, 2, 12)))
    expected = next_dates(asset.sessions.all(), after=dt.datetime.combine(ON, dt.time()), n=500, terms=terms)
    assert dates_read(events(asset, terms=terms)) == [one.on for one in expected]


def test_the_file_is_a_calendar_with_its_time_zone():
    asset = make_asset(sessions=[1])
    lines = lines_of(calendar(asset, on=ON))
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hereabouts//Directory//EN"]
    assert lines[-1] == "END:VCALENDAR"
    assert "TZID:Europe/London" in lines
    assert values(events(asset), "DTSTART") == ["20261124T113000"]
    assert values(events(asset), "DTEND") == ["20261124T140000"]


def test_the_identifier_of_an_event_stays_the_same():
    asset = make_asset(sessions=[1])
    (later,) = values(lines_of(calendar(asset, on=ON + dt.timedelta(days=90), host="h.example.org")), "UID")
    assert values(events(asset, host="h.example.org"), "UID") == [later]
    assert later == f"{asset.reference}-{asset.sessions.get().pk}@h.example.org"


def test_the_first_date_of_an_event_is_one_on_which_it_happens():
    asset = make_asset()
    make_session(asset, dates_out=["2026-11-24"])
    assert values(events(asset), "DTSTART") == ["20261201T113000"]


def test_something_once_has_no_rule_and_a_night_ends_the_next_day():
    asset = make_asset()
    make_session(
        asset, repeats="once", weekday=5, first_on=dt.date(2026, 12, 5), starts_at=dt.time(21), ends_at=dt.time(7)
    )
    lines = events(asset)
    assert values(lines, "RRULE") == []
    assert values(lines, "DTEND") == ["20261206T070000"]


def test_what_is_over_is_not_in_the_calendar():
    asset = make_asset()
    make_session(asset, last_on=dt.date(2026, 11, 17))
    assert events(asset) == []


def test_a_listing_without_sessions_is_an_empty_calendar():
    assert "BEGIN:VEVENT" not in calendar(make_asset(), on=ON)


def test_where_it_is_comes_with_its_point():
    asset = make_asset(sessions=[1], venue=make_venue(address="Civic Square\nFirst floor"))
    assert values(events(asset), "LOCATION") == [
        r"Civic Square Hall\, Civic Square\, First floor\, Tilbury\, RM18 8AD",
    ]
    assert values(events(asset), "GEO") == ["51.462800;0.360700"]


@pytest.mark.parametrize("kept_by", ["asset", "session"])
def test_a_hidden_venue_is_nowhere_in_a_calendar(kept_by):
    refuge = make_venue(name="Refuge House", address="9 Secret Lane", postcode="RM17 6ZZ", hidden=True)
    asset = make_asset(venue=refuge) if kept_by == "asset" else make_asset()
    make_session(asset, venue=refuge if kept_by == "session" else None, note="Ring at 9 Secret Lane")
    text = calendar(asset, on=ON).replace("\r\n ", "")
    assert "Refuge" not in text
    assert "Secret" not in text
    assert "RM17 6ZZ" not in text
    assert "GEO" not in text
    assert "LOCATION" not in text


def test_an_office_that_nobody_visits_is_not_a_place_to_go():
    asset = make_asset(reach=["comes-to-you"], venue=make_venue(), sessions=[1])
    assert values(events(asset), "LOCATION") == []


HOSTILE = [
    "Tea; cake, \\ and talk",
    "Line\r\nBEGIN:VEVENT\r\nUID:evil",
    "Line\rSUMMARY:evil",
    "Nul\x00 bell\x07",
    "é" * 160,
    "👨‍👩‍👧" * 20,
    "\ud800 half",
    "\u202eright to left",
    "\x85\u2028",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    asset = make_asset(sessions=[1])
    asset.name = text
    made = calendar(asset, on=ON, address=f"https://example.org/{text}")
    assert all(len(line.encode()) <= 75 for line in made.split("\r\n"))
    assert sum(line == "BEGIN:VEVENT" for line in lines_of(made)) == 1
    assert len(values(lines_of(made), "UID")) == 1
    assert not any(ord(one) < 32 and one not in "\r\n\t" for one in made)


def test_text_is_escaped_as_the_standard_says():
    assert escaped("a;b,c\\d\ne") == "a\\;b\\,c\\\\d\\ne"


def test_long_lines_are_folded_between_characters():
    line = "SUMMARY:" + "é" * 200
    assert folded(line).replace("\r\n ", "") == line
    assert max(len(one.encode()) for one in folded(line).split("\r\n")) <= 75


def test_the_rule_of_a_session_is_part_of_its_event():
    asset = make_asset(sessions=[1])
    rule = Session.objects.get().rrule
    assert values(events(asset), "RRULE")[0].startswith(f"{rule};UNTIL=2028")
