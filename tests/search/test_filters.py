"""The contract of filters, kept by every engine: who is let through, and what stands beside each choice."""

import datetime as dt

import pytest
from django.utils import timezone

from directory.dates import open_at
from directory.models import Asset
from search.query import AssetQuery
from tests.factories.assets_map import make_area
from tests.factories.directory import GRAYS, TILBURY, make_asset, make_session, make_venue

TODAY = timezone.localdate


def ids(results):
    return {hit.asset_id for hit in results.hits}


def found(search, made, **filters):
    """The letters of what is let through; what is said beside the choice is checked on the way."""
    chosen = {facet: (codes,) if isinstance(codes, str) else tuple(codes) for facet, codes in filters.items()}
    results = search(AssetQuery(filters=chosen))
    if len(chosen) == 1 and all(len(codes) == 1 for codes in chosen.values()):
        facet, (code,) = next(iter(chosen.items()))
        beside = search(AssetQuery()).facets[facet].get(code, 0)
        assert beside == results.total or (beside == 0 and facet in {"date", "area"})
    return "".join(letter for letter, asset in made.items() if asset.pk in ids(results))


def once(asset, on, starts, ends):
    make_session(asset, repeats="once", weekday=on.weekday(), first_on=on, starts_at=starts, ends_at=ends)
    return asset


def test_a_listing_that_says_nobody_is_open_to_everybody(search):
    made = {
        "a": make_asset(who_for=["carers"]),
        "b": make_asset(who_for=[]),
        "c": make_asset(who_for=["men"]),
    }
    assert found(search, made, who_for="carers") == "ab"
    assert found(search, made, who_for=("carers", "men")) == "abc"
    assert found(search, made, who_for="veterans") == "b"
    assert search(AssetQuery()).facets["who_for"]["veterans"] == 1


@pytest.mark.parametrize(
    ("band", "letters"),
    [("under-5", "ad"), ("5-11", "ad"), ("12-17", "acd"), ("18-24", "ac"), ("25-49", "a"), ("65-over", "ab")],
)
def test_ages_reach_into_bands(search, band, letters):
    made = {
        "a": make_asset(),
        "b": make_asset(age_from=60),
        "c": make_asset(age_from=14, age_to=18),
        "d": make_asset(age_to=12),
    }
    assert found(search, made, age=band) == letters


@pytest.mark.parametrize(
    ("limit", "letters"),
    [
        ("free", "a"), ("up-to-2", "ac"), ("up-to-5", "abc"), ("up-to-10", "abc"), ("up-to-20", "abcd"),
        ("over-20", "de"), ("donation", "c"),
    ],
)  # fmt: skip
def test_a_price_keeps_to_every_limit_above_it(search, limit, letters):
    made = {
        "a": make_asset(costs=["0"]),
        "b": make_asset(costs=["3"]),
        "c": make_asset(costs=[None]),
        "d": make_asset(costs=["12.50", "40"]),
        "e": make_asset(costs=["20.01"]),
        "f": make_asset(),
    }
    assert found(search, made, cost=limit) == letters


def test_a_language_is_one_however_it_is_written(search):
    made = {
        "a": make_asset(languages=["Polish", "BSL"]),
        "b": make_asset(languages=["polish ", "English"]),
        "c": make_asset(languages=["British Sign Language"]),
        "d": make_asset(languages=["Klingon"]),
        "e": make_asset(languages=[]),
    }
    assert found(search, made, language="polish") == "ab"
    assert found(search, made, language="british-sign-language") == "ac"
    assert found(search, made, language="other") == "d"
    assert search(AssetQuery()).facets["language"] == {"polish": 2, "british-sign-language": 2, "other": 1}


def test_a_language_is_a_word_too(search):
    asset = make_asset(languages=["Klingon"])
    make_asset()
    assert ids(search(AssetQuery(text="klingon"))) == {asset.pk}


def test_a_day_and_a_time_are_of_the_same_session(search):
    made = {"a": make_asset(), "b": make_asset(), "c": make_asset()}
    make_session(made["a"], weekday=3, starts_at=dt.time(10), ends_at=dt.time(12))
    make_session(made["a"], weekday=1, starts_at=dt.time(18), ends_at=dt.time(20))
    make_session(made["b"], weekday=3, starts_at=dt.time(16), ends_at=dt.time(18))
    assert found(search, made, day="3") == "ab"
    assert found(search, made, time="evening") == "ab"
    assert found(search, made, day="3", time="evening") == "b"
    assert found(search, made, time="afternoon") == "b"
    chosen = search(AssetQuery(filters={"time": ("evening",)}))
    assert chosen.facets["day"] == {"1": 1, "3": 1, "weekdays": 2}
    assert chosen.facets["time"] == {"morning": 1, "afternoon": 1, "evening": 2}


@pytest.mark.parametrize(
    ("starts", "ends", "parts"),
    [
        ((9, 0), (12, 0), {"morning"}),
        ((9, 0), (12, 30), {"morning", "afternoon"}),
        ((12, 0), (17, 0), {"afternoon"}),
        ((17, 0), None, {"evening"}),
        ((10, 0), None, {"morning"}),
        ((22, 0), (7, 0), {"evening"}),
        ((0, 0), (0, 0), {"morning", "afternoon", "evening"}),
    ],
)
def test_a_session_counts_at_every_time_of_day_that_it_reaches(search, starts, ends, parts):
    make_session(make_asset(), starts_at=dt.time(*starts), ends_at=dt.time(*ends) if ends else None)
    assert set(search(AssetQuery()).facets["time"]) == parts


def test_what_has_come_to_its_last_date_is_on_no_day(search):
    make_session(make_asset(), last_on=TODAY() - dt.timedelta(days=1))
    assert search(AssetQuery()).facets["day"] == {}


def test_dates_leave_out_what_is_not_on(search):
    made = {letter: make_asset() for letter in "abcd"}
    on = TODAY() + dt.timedelta(days=10)
    for letter, changed in (
        ("a", {}),
        ("b", {"dates_out": [on.isoformat()]}),
        ("c", {"repeats": "fortnightly", "first_on": on - dt.timedelta(days=7)}),
        ("d", {"first_on": on + dt.timedelta(days=7)}),
    ):
        make_session(made[letter], weekday=on.weekday(), open_on_bank_holidays=True, **changed)
    assert found(search, made, date=on.isoformat()) == "a"
    assert found(search, made, date=(on + dt.timedelta(days=7)).isoformat()) == "abcd"
    assert found(search, made, date=on.isoformat(), time="evening") == ""


def test_tomorrow_and_the_weekend_are_dates(search):
    tomorrow = TODAY() + dt.timedelta(days=1)
    sunday = TODAY() + dt.timedelta(days=6 - TODAY().weekday())
    made = {
        "a": once(make_asset(), tomorrow, dt.time(9), dt.time(10)),
        "b": once(make_asset(), sunday, dt.time(0), dt.time(23, 59)),
    }
    assert "a" in found(search, made, date="tomorrow")
    assert "b" in found(search, made, date="weekend")
    assert found(search, made, date=tomorrow.isoformat()) == found(search, made, date="tomorrow")


def test_today_is_what_is_not_over_and_open_now_what_has_begun(search):
    all_day = once(make_asset(), TODAY(), dt.time(0), dt.time(0))
    made = {"a": all_day, "b": make_asset()}
    assert found(search, made, date="today") == "a"
    assert found(search, made, open="now") == "a"


def test_areas_are_those_that_it_stands_in_or_covers_and_all_within_and_around_them(search):
    council = make_area(code="E06000034", name="Thurrock", kind="council", corners=(0.20, 51.40, 0.60, 51.60))
    ward = make_area(code="E05002246", name="Tilbury", corners=(0.34, 51.45, 0.38, 51.47), parent_code=council.code)
    other = make_area(code="E05002230", name="Grays", corners=(0.31, 51.472, 0.33, 51.482), parent_code=council.code)
    made = {
        "a": make_asset(at=TILBURY),
        "b": make_asset(at=GRAYS),
        "c": make_asset(at=GRAYS, coverage=[(ward.code, "Tilbury")]),
        "d": make_asset(reach=["comes-to-you"], coverage=[(council.code, "Thurrock")]),
        "e": make_asset(reach=["by-phone"]),
        "f": make_asset(at=(53.4, -2.3)),
        "g": make_asset(venue=make_venue(at=TILBURY, hidden=True), reach=["at-venue"]),
    }
    assert found(search, made, area=ward.code) == "acde"
    assert found(search, made, area=other.code) == "bcde"
    assert found(search, made, area=council.code) == "abcde"


def test_checked_is_of_the_weakest_fact(search):
    today = TODAY()
    made = {
        "a": make_asset(checked={"times": today, "cost": today - dt.timedelta(days=100)}),
        "b": make_asset(checked={"times": today, "cost": today - dt.timedelta(days=300)}),
        "c": make_asset(),
    }
    assert found(search, made, checked="six-months") == "a"


@pytest.mark.parametrize("facet", ["open", "checked", "date", "time", "age", "language", "area"])
@pytest.mark.parametrize("code", ["nonsense", "", "\0", "2026-13-45", "x" * 10_000, "today'--"])
def test_codes_that_nobody_knows_break_nothing(search, facet, code):
    make_asset(who_for=["carers"], reach=["by-phone"], sessions=[1])
    assert search(AssetQuery(filters={facet: (code,)})).total in (0, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("hour", [0, 1, 7, 9, 11, 13, 16, 18, 21, 23])
@pytest.mark.parametrize("ahead", [0, 1, 3, 6])
def test_open_now_is_what_the_calendar_says(hour, ahead):
    import numpy as np

    from search.documents import asset_documents
    from search.facts import facts_of
    from search.filtering import Filtering

    for number in range(7):
        asset = make_asset()
        make_session(asset, weekday=number, starts_at=dt.time(9), ends_at=dt.time(13, 30))
        make_session(asset, weekday=(number + 1) % 7, starts_at=dt.time(21), ends_at=dt.time(2))
        make_session(asset, weekday=(number + 2) % 7, starts_at=dt.time(18), ends_at=None, term_time_only=True)
    now = dt.datetime.combine(TODAY() + dt.timedelta(days=ahead), dt.time(hour, 0))
    facts = facts_of(asset_documents())
    filtering = Filtering(facts, {"open": ("now",)}, np.arange(facts.rows), now)
    ours = set(facts.ids[filtering.through].tolist())
    assert ours == {one.pk for one in Asset.objects.all() if open_at(one.sessions.all(), now)}
