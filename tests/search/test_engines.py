"""The contract that every engine keeps; written so that another engine is one more parameter in conftest."""

import datetime as dt

import pytest

from search.facets import FACETS
from search.matches import FEW
from search.query import AssetQuery
from tests.factories.directory import (
    CORRINGHAM,
    GRAYS,
    make_asset,
    make_category,
    make_check,
    make_provider,
    make_session,
    make_venue,
)


def ids(results):
    return [hit.asset_id for hit in results.hits]


@pytest.mark.parametrize(
    "text", ["lunch", "LUNCH", "  lunch ", "the lunch", "lunch, please!", "riverside lunch", "Civic Square"]
)
def test_words_of_name_and_venue_are_found_however_they_are_written(search, text):
    asset = make_asset()
    make_asset(name="Dock Road Choir", summary="Singing.", venue=None)
    assert ids(search(AssetQuery(text=text))) == [asset.pk]


def test_all_words_are_wanted_first(search):
    make_asset(name="Yoga", summary="Hard.")
    both = make_asset(name="Chair Yoga Group", summary="Gentle.")
    assert ids(search(AssetQuery(text="chair yoga")))[0] == both.pk


def test_where_many_have_all_words_none_is_shown_that_has_some(search):
    both = {make_asset(name=f"Chair Yoga {number}", summary="Gentle.").pk for number in range(FEW)}
    make_asset(name="Yoga", summary="Hard.")
    assert set(ids(search(AssetQuery(text="chair yoga")))) == both


def test_a_sentence_goes_by_its_words_while_no_listing_has_a_vector(search):
    asset = make_asset(name="Dock Road Choir", summary="Singing.")
    found = search(AssetQuery(text="my mother misses singing at church so badly"))
    assert ids(found) == ([] if found.engine == "database" else [asset.pk])
    assert not any(hit.by_meaning for hit in found.hits)


def test_accents_and_apostrophes_do_not_matter(search):
    asset = make_asset(name="Mens Shed", summary="Tea at the cafe.")
    assert ids(search(AssetQuery(text="men’s shed"))) == [asset.pk]


def test_only_stop_words_are_still_looked_for(search):
    asset = make_asset(name="The Who Are You Group", summary="Music.")
    assert ids(search(AssetQuery(text="who are you"))) == [asset.pk]


def test_category_kind_and_people_are_words_too(search):
    asset = make_asset(
        name="Tuesdays", categories=[make_category("Eating together")], who_for=["carers"], kind="carers-network"
    )
    make_asset(name="Wednesdays")
    assert ids(search(AssetQuery(text="eating"))) == [asset.pk]
    assert ids(search(AssetQuery(text="carers"))) == [asset.pk]


def test_a_category_above_finds_what_stands_under_it(tantivy):
    food = make_category("Food")
    asset = make_asset(name="Tuesdays", summary="Warm.", categories=[make_category("Lunches", parent=food)])
    assert ids(tantivy(AssetQuery(text="food"))) == [asset.pk]
    assert ids(tantivy(AssetQuery(filters={"category": ("food",)}))) == [asset.pk]


def test_the_exact_name_comes_first(search):
    make_asset(name="Lunch Club Lunch Club Lunch Club", summary="lunch club", checked={"times": dt.date(2026, 11, 20)})
    exact = make_asset(name="Lunch Club", summary="Food.")
    assert ids(search(AssetQuery(text="lunch club")))[0] == exact.pk


def test_sorted_by_nearest_distance_decides_and_what_has_none_comes_last(search, tilbury):
    far = make_asset(at=GRAYS, name="Lunch")
    phone = make_asset(reach=["by-phone"], name="Lunch")
    near = make_asset(name="Soup and lunch of a kind")
    assert ids(search(AssetQuery(text="lunch", place=tilbury, sort="nearest"))) == [near.pk, far.pk, phone.pk]


def test_sorted_by_best_what_can_be_rung_is_not_punished(search, tilbury):
    far = make_asset(at=CORRINGHAM, coverage=[("E06000034", "Thurrock")])
    phone = make_asset(reach=["by-phone"])
    near = make_asset()
    assert ids(search(AssetQuery(place=tilbury))) == [near.pk, phone.pk, far.pk]


def test_fresh_comes_before_stale(search):
    stale = make_asset(checked={"times": dt.date(2024, 1, 1)})
    fresh = make_asset(checked={"times": dt.date.today()})
    never = make_asset()
    assert ids(search(AssetQuery()))[0] == fresh.pk
    assert set(ids(search(AssetQuery()))[1:]) == {stale.pk, never.pk}


def test_the_weakest_check_is_the_one_that_counts(search):
    patchy = make_asset(checked={"times": dt.date.today(), "cost": dt.date(2023, 1, 1)})
    make_check(patchy, fact="times", on=dt.date(2022, 1, 1))
    even = make_asset(checked={"times": dt.date.today() - dt.timedelta(days=300)})
    assert ids(search(AssetQuery())) == [even.pk, patchy.pk]


def test_what_takes_new_people_comes_before_what_is_full(search):
    full = make_asset(taking_new="full")
    open_ = make_asset(taking_new="yes")
    assert ids(search(AssetQuery())) == [open_.pk, full.pk]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"kind": ("group",)}, "ab"),
        ({"kind": ("service",)}, "c"),
        ({"kind": ("service", "group")}, "abc"),
        ({"day": ("1",)}, "a"),
        ({"cost": ("free",)}, "a"),
        ({"cost": ("donation", "over-20")}, "bc"),
        ({"access": ("step-free",)}, "ab"),
        ({"access": ("step-free", "toilet")}, "b"),
        ({"reach": ("by-phone",)}, "c"),
        ({"taking_new": ("yes",)}, "b"),
        ({"kind": ("no-such-kind",)}, ""),
        ({"no-such-facet": ("x",)}, "abc"),
    ],
)
def test_filters_let_through_what_they_say(search, filters, found):
    hall = make_venue(access=["step-free"])
    made = {
        "a": make_asset(venue=hall, sessions=[1], costs=["0"], who_for=["carers"]),
        "b": make_asset(venue=hall, access=["toilet"], costs=[None], taking_new="yes"),
        "c": make_asset(kind="service", reach=["by-phone"], costs=["25"], who_for=["carers"]),
    }
    assert set(ids(search(AssetQuery(filters=filters)))) == {made[letter].pk for letter in found}


def test_counts_of_a_chosen_facet_show_what_else_could_be_chosen(search):
    make_asset(kind="group", sessions=[1])
    make_asset(kind="service", sessions=[1])
    make_asset(kind="service", sessions=[2])
    facets = search(AssetQuery(filters={"kind": ("group",)})).facets
    assert set(facets) == set(FACETS)
    assert facets["kind"] == {"group": 1, "service": 2}
    assert facets["day"] == {"1": 1, "weekdays": 1}


def test_distances_are_counted(search, tilbury):
    make_asset()
    make_asset(at=GRAYS)
    make_asset(at=CORRINGHAM)
    assert search(AssetQuery(place=tilbury)).facets["within"] == {"1": 1, "3": 2, "5": 2, "10": 3, "any": 3}


def test_pages_follow_each_other_and_a_page_too_far_is_the_last(search):
    every = [make_asset(name=f"Lunch {number:02}").pk for number in range(45)]
    pages = [search(AssetQuery(text="lunch", page=page)) for page in (1, 2, 3)]
    assert [len(page.hits) for page in pages] == [20, 20, 5]
    assert sorted(pk for page in pages for pk in ids(page)) == every
    assert (pages[0].total, pages[0].pages) == (45, 3)
    last = search(AssetQuery(text="lunch", page=99))
    assert (last.page, ids(last)) == (3, ids(pages[2]))


def test_map_points_are_those_of_all_pages_numbered_as_the_list(search):
    for number in range(25):
        make_asset(name=f"Lunch {number:02}")
    results = search(AssetQuery(page=2, page_size=10))
    assert [point.number for point in results.points] == list(range(1, 26))
    assert [point.asset_id for point in results.points[10:20]] == ids(results)


def test_a_hidden_place_gives_nothing_away(search, tilbury):
    refuge = make_venue(name="Haven House", town="Secretville", access=["lift"], hidden=True, at=GRAYS)
    asset = make_asset(name="Safe Start", venue=refuge, reach=["at-venue", "by-phone"])
    make_session(asset, venue=refuge)
    results = search(AssetQuery(place=tilbury))
    assert [(hit.reason, hit.metres) for hit in results.hits] == [("By phone", None)]
    assert results.points == ()
    assert results.facets["access"] == {}
    for word in ("haven", "secretville"):
        assert ids(search(AssetQuery(text=word))) == []
    assert ids(search(AssetQuery(filters={"access": ("lift",)}))) == []


def test_a_provider_is_a_word(search):
    asset = make_asset(provider=make_provider(name="Calcutta Road Neighbours"))
    assert ids(search(AssetQuery(text="calcutta"))) == [asset.pk]


HOSTILE = [
    "",
    " ",
    "\0",
    "\0lunch",
    "a" * 100_000,
    "lunch " * 20_000,
    "*",
    "lun*",
    "?",
    "(",
    ")",
    "((((",
    "[a-z]+",
    ".*",
    "^$",
    "name:lunch",
    "lunch AND",
    "AND OR NOT",
    "NOT lunch",
    "-lunch",
    "+lunch",
    '"',
    '"lunch',
    "lunch~2",
    "lunch^9",
    "{1 TO 2}",
    "a OR 1=1",
    "'; DROP TABLE directory_asset; --",
    "%",
    "%%",
    "_",
    "\\",
    "\\\\x",
    "/lunch/",
    "<script>alert(1)</script>",
    "&amp;",
    "\u202elunch\u202c",
    "\u200b",
    "\ufeff",
    "\ud800",
    "🍲",
    "🍲 lunch",
    "👩‍👩‍👧‍👦",
    "ﬀ",
    "İstanbul",
    "ß",
    "ｌｕｎｃｈ",
    "ланч",
    "غداء",
    "午餐",
    "é" * 500,
    "\x1b[31m",
    "\r\n\r\nSet-Cookie: a=b",
    "1e999",
    "NaN",
    "RM18 8AD",
    "${jndi:x}",
    "{{7*7}}",
    "%s%n",
    "a\u0301" * 1000,
    "\u0e49" * 300,
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_no_words_break_it(search, tilbury, number):
    make_asset()
    results = search(AssetQuery(text=HOSTILE[number], place=tilbury))
    assert results.total in (0, 1)


@pytest.mark.parametrize(
    "asked",
    [
        {"page": -5}, {"page": 10**30}, {"page_size": 0}, {"page_size": 10**9}, {"within": -1.0},
        {"within": float("nan")},
        {"within": 1e300}, {"sort": "sideways"}, {"filters": {"kind": ("\0", "x" * 10_000)}}, {"filters": {"kind": ()}},
        {"filters": {"within": ("3",)}}, {"filters": {"area": ("E06000034",)}},
    ],
)  # fmt: skip
def test_nothing_asked_breaks_it(search, tilbury, asked):
    make_asset()
    assert search(AssetQuery(place=tilbury, **asked)).total in (0, 1)
