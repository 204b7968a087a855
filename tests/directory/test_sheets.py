import datetime as dt

import pytest
from django.utils.translation import override

from directory.models import Asset
from directory.sheets import Letterhead, a_size, build_listing_sheet, build_sheet
from tests.factories.directory import make_asset, make_check, make_provider, make_session, make_venue

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 11, 23)
COUNCIL = Letterhead("Thurrock Council", "01632960000", "https://help.example.org")


def read():
    return Asset.objects.live().as_listings().order_by("pk")


def sheet_of(**options):
    return build_sheet(read(), **{"title": "Lunch near Tilbury", "on": ON, **options})


def entry_of(asset, **options):
    return build_sheet([asset], title="One", on=ON, **options).entries[0]


def test_an_entry_says_what_a_person_asks_first():
    asset = make_asset(
        costs=["4.00"],
        sessions=[1],
        taking_new="yes",
        venue=make_venue(address="Civic Square", bus="Bus 99 stops here"),
    )
    make_check(asset)
    (entry,) = sheet_of(reasons={asset.pk: "0.6 miles away, Civic Square Hall"}).entries
    assert entry.contact == "01632 960001"
    assert entry.name == "Riverside Lunch Club"
    assert entry.reason == "0.6 miles away, Civic Square Hall"
    assert entry.where == "Civic Square Hall, Civic Square, Tilbury, RM18 8AD. Bus 99 stops here"
    assert entry.when[0] == "Every Tuesday, 11.30am to 2pm"
    assert entry.when[1].replace("\u00a0", " ") == (
        "Next: Tuesday 24 November, Tuesday 1 December and Tuesday 8 December"
    )
    assert entry.cost == "£4 a visit · just turn up"
    assert entry.taking_new == "Taking new people"
    assert entry.checked == "Checked 2 November"
    assert entry.reference == asset.reference


def test_a_sheet_reads_a_fixed_number_of_queries(django_assert_num_queries):
    for _ in range(3):
        make_asset(costs=["4.00"], sessions=[1, 3], provider=make_provider())
    with django_assert_num_queries(6):
        assert len(sheet_of().entries) == 3


def test_the_order_given_is_the_order_printed():
    first, second = make_asset(name="Zebra"), make_asset(name="Aardvark")
    assert [one.name for one in build_sheet([first, second], title="", on=ON).entries] == ["Zebra", "Aardvark"]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (dt.date(2026, 11, 2), "Checked 2 November"),
        (dt.date(2026, 3, 9), "Not confirmed since March"),
        (dt.date(2025, 1, 9), "Not confirmed since January 2025"),
    ],
)
def test_paper_says_the_day_of_a_check_and_not_how_long_ago(on, said):
    asset = make_asset(checked={"times": on})
    assert entry_of(asset).checked == said


def test_a_check_of_last_year_says_its_year():
    asset = make_asset(checked={"times": dt.date(2026, 12, 2)})
    made = build_sheet([asset], title="", on=dt.date(2027, 1, 4))
    assert made.entries[0].checked == "Checked 2 December 2026"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"phone": "01632960002"}, "01632 960002"),
        ({"phone": "", "text_number": "07700900123"}, "Text 07700 900123"),
        ({"phone": "", "email": "tea@example.org", "website": "https://example.org"}, "tea@example.org"),
        ({"phone": "", "website": "https://example.org"}, "https://example.org"),
        ({"phone": ""}, ""),
    ],
)
def test_without_a_number_the_next_best_way_to_ask_comes_first(given, said):
    assert entry_of(make_asset(**given)).contact == said


def test_sessions_that_are_over_are_not_printed():
    asset = make_asset()
    make_session(asset, last_on=dt.date(2026, 11, 17))
    assert entry_of(asset).when == ("No dates are known yet: ring to ask",)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reach": ["comes-to-you"]}, ("Whenever suits you",)),
        ({"times_note": "Most evenings"}, ("Most evenings",)),
        ({}, ("Ring to ask when",)),
    ],
)
def test_without_sessions_an_entry_still_says_when(given, said):
    assert entry_of(make_asset(**given)).when == said


def test_many_patterns_are_cut_and_say_so():
    asset = make_asset()
    for hour in range(8, 16):
        make_session(asset, weekday=hour % 7, starts_at=dt.time(hour), ends_at=dt.time(hour, 30))
    when = entry_of(asset).when
    assert len(when) == 5
    assert when[3] == "and at other times: ring to ask"


def test_several_venues_are_all_named():
    asset = make_asset()
    make_session(asset, venue=make_venue(name="Grays Library", town="Grays"))
    assert entry_of(asset).where.endswith("; also at Grays Library, Grays")


@pytest.mark.parametrize("kept_by", ["asset", "session"])
@pytest.mark.parametrize("full", [False, True])
def test_a_hidden_venue_is_never_printed(kept_by, full):
    secret = {
        "name": "Refuge House",
        "address": "9 Secret Lane",
        "town": "Aveley",
        "bus": "Bus",
        "notes": "Red door",
    }
    refuge = make_venue(hidden=True, access=["lift"], **secret)
    asset = make_asset(venue=refuge if kept_by == "asset" else None)
    make_session(asset, venue=refuge if kept_by == "session" else None, note="Ring at the red door")
    made = build_listing_sheet(asset, on=ON) if full else sheet_of()
    assert not any(
        word in repr(made) for word in ("Refuge", "Secret", "Aveley", "Bus", "RM18", "Lift", "red door", "Red")
    )


def test_an_office_that_nobody_visits_is_not_printed_as_a_place():
    assert entry_of(make_asset(reach=["by-phone"], venue=make_venue())).where == ""


def test_the_edition_changes_when_an_entry_does_and_only_then():
    asset = make_asset()
    before = sheet_of().edition
    assert sheet_of(size=24).edition == before
    Asset.objects.filter(pk=asset.pk).update(phone="01632 960099")
    assert sheet_of().edition != before
    assert len(before) == 7


def test_the_council_s_number_is_grouped_for_reading():
    assert sheet_of(letterhead=COUNCIL).council_phone == "01632 960000"


@pytest.mark.parametrize(
    ("asked", "size"),
    [(12, 12), ("18", 18), (14, 12), (17, 16), (99, 24), (-5, 12), ("large", 12), (None, 12), ("nan", 12), ("inf", 24)],
)
def test_any_size_asked_for_becomes_one_that_is_printed(asked, size):
    assert a_size(asked) == size


def test_a_listing_s_own_sheet_answers_the_questions_of_its_page():
    asset = make_asset(
        provider=make_provider(since=2019, insurance_seen_on=dt.date(2026, 4, 1), says_dbs=True),
        description="Soup first.\nThen pudding.",
        covers="The meal.",
        does_not_cover="Lifts home.",
        who_for=["older", "lgbtq", "carers"],
        access=["blue-badge", "step-free"],
        age_from=18,
        languages=["Polish"],
        takes_direct_payments=True,
        first_visit="Somebody will see you in.",
        bring_someone="yes",
    )
    made = build_listing_sheet(asset, on=ON, letterhead=COUNCIL, short_address=COUNCIL.address_of("/l/R00012/"))
    told = {part.heading: part.lines for part in made.entries[0].parts}
    assert made.title == "Riverside Lunch Club"
    assert made.short_address == "https://help.example.org/l/R00012/"
    assert told["More about it"] == ("Soup first.", "Then pudding.")
    assert told["Who is it for?"] == (
        "Older people, LGBTQ+ people and carers",
        "Ages: 18 and over",
        "Languages: Polish",
    )
    assert told["What does it cost?"] == ("Ask what it costs", "You can use a direct payment.")
    assert told["What does it cover, and what not?"] == ("The meal.", "It does not cover: Lifts home.")
    assert told["What happens when I walk in?"] == ("Somebody will see you in.", "May I bring someone? Yes")
    assert told["Getting in and around"] == ("Blue Badge parking and step-free entrance",)
    assert told["Who runs it?"] == (
        "Riverside Neighbours",
        "Since 2019",
        "Insurance: seen by us on 1 April 2026",
        "DBS check: they say so",
    )


def test_codes_that_are_not_known_break_nothing():
    asset = make_asset(who_for=["martians"], access=["hover"], bring_someone="huh", door="trapdoor")
    assert build_listing_sheet(asset, on=ON).entries[0].parts


def test_words_can_be_translated():
    with override("cy"):
        assert sheet_of().title == "Lunch near Tilbury"
