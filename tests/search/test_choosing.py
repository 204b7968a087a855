"""The filters as they stand on the page."""

import datetime as dt
import re

import pytest
from django.http import QueryDict
from django.utils import timezone

from search.asking import Asked
from search.choosing import LARGE_CATEGORY, filters, singles
from search.facets import age_band, labels
from search.templatetags.search import checkboxes, options
from search.writing import build
from tests.factories.assets_map import make_area
from tests.factories.directory import make_asset, make_category, make_session

pytestmark = pytest.mark.django_db


def shown(counts, words=""):
    """{facet: filter} for an address with these counts."""
    return {one.facet: one for one in filters(Asked.read(QueryDict(words)), counts)}


def codes(choices):
    return [(one.code, one.depth) for one in choices]


@pytest.fixture
def tree():
    food = make_category("Food")
    lunch = make_category("Lunch", parent=food)
    make_category("Soup", parent=lunch)
    make_category("Tea", parent=food)
    make_category("Sport", position=1)
    make_category("Bowls", parent=make_category("Indoors", position=2))


def test_what_stands_under_a_category_is_shown_when_it_is_chosen_or_large(tree):
    counts = {"category": dict.fromkeys(["food", "lunch", "soup", "tea", "sport", "indoors", "bowls"], 5)}
    assert codes(shown(counts)["category"].choices) == [("food", 0), ("sport", 0), ("indoors", 0)]
    chosen = shown(counts, "category=food")["category"]
    assert codes(chosen.choices) == [("food", 0), ("lunch", 1), ("tea", 1), ("sport", 0), ("indoors", 0)]
    deep = shown(counts, "category=lunch")["category"]
    assert codes(deep.choices) == [("food", 0), ("lunch", 1), ("soup", 2), ("tea", 1), ("sport", 0), ("indoors", 0)]
    large = shown({"category": {**counts["category"], "indoors": LARGE_CATEGORY}})["category"]
    assert ("bowls", 1) in codes(large.choices)


def test_of_many_languages_those_chosen_are_boxes_and_the_others_a_list():
    known = dict.fromkeys(list(labels("language"))[:20], 3)
    few = shown({"language": dict(list(known.items())[:5])})["language"]
    assert (len(few.choices), few.more) == (5, ())
    code = next(iter(known))
    many = shown({"language": known}, f"language={code}")["language"]
    assert codes(many.choices) == [(code, 0)]
    assert len(many.more) == 19
    assert "(3)</option>" in options(many.more)


def test_a_date_that_was_typed_is_a_box_beside_today_and_tomorrow():
    later = (timezone.localdate() + dt.timedelta(days=30)).isoformat()
    found = shown({"date": {"today": 2, later: 1}}, f"date={later}")["date"]
    assert [(one.code, one.count, one.chosen) for one in found.choices] == [("today", 2, False), (later, 1, True)]
    first, last = found.dates
    assert first == timezone.localdate().isoformat()
    assert dt.date.fromisoformat(last) - dt.date.fromisoformat(first) == dt.timedelta(days=55)


@pytest.mark.parametrize("date", ["2020-01-01", "2999-01-01", "2026-13-45", "yesterday", ""])
def test_dates_that_cannot_be_asked_for_are_left_out(date):
    assert Asked.read(QueryDict(f"date={date}")).filters == {}


def test_open_now_is_one_box_and_not_shown_where_nothing_is_open():
    asked = Asked.read(QueryDict(""))
    ((facet, (box,)),) = singles(asked, {"open": {"now": 4}})
    assert (facet, box.count, box.chosen) == ("open", 4, False)
    assert singles(asked, {}) == []
    ((_facet, (box,)),) = singles(Asked.read(QueryDict("checked=six-months")), {})
    assert (box.code, box.chosen) == ("six-months", True)


def test_ids_are_ids_whatever_the_code():
    found = shown({"area": {make_area(code="sector:RM18 8", name="Tilbury").code: 2}})["area"]
    drawn = checkboxes("area", found.choices)
    assert 'value="sector:RM18 8"' in drawn
    assert all(re.fullmatch(r"[\w-]+", one) for one in re.findall(r' (?:id|for)="([^"]*)"', drawn))


def test_two_areas_of_one_name_are_told_apart():
    make_area(code="A", name="Tilbury", kind="ward")
    make_area(code="B", name="Tilbury", kind="neighbourhood")
    make_area(code="C", name="Grays", kind="ward")
    assert labels("area") == {"C": "Grays", "A": "Tilbury (Ward)", "B": "Tilbury (Neighbourhood)"}


def test_words_from_the_database_are_read_once_in_a_while_and_at_once_when_they_change(django_assert_num_queries):
    food = make_category("Food")
    assert labels("category") == {"food": "Food"}
    with django_assert_num_queries(0):
        labels("category")
    food.name = "Eating"
    food.save()
    assert labels("category") == {"food": "Eating"}


def test_every_age_has_one_band():
    assert [age_band(age).value for age in (0, 4, 5, 11, 12, 17, 18, 24, 25, 49, 50, 64, 65, 120)] == [
        "under-5", "under-5", "5-11", "5-11", "12-17", "12-17", "18-24", "18-24", "25-49", "25-49", "50-64", "50-64",
        "65-over", "65-over",
    ]  # fmt: skip


def test_the_page_shows_every_filter_with_what_choosing_it_gives(client):
    category = make_category("Food")
    for number in range(3):
        asset = make_asset(
            categories=[category],
            languages=["Polish"],
            costs=["3"],
            age_from=60,
            who_for=["carers"] if number else [],
            checked={"times": timezone.localdate()},
        )
        make_session(asset, weekday=5, starts_at=dt.time(18), ends_at=dt.time(20))
    build()
    page = client.get("/find/").content.decode()
    for facet, code, count in [
        ("category", "food", 3), ("language", "polish", 3), ("cost", "up-to-5", 3), ("age", "65-over", 3),
        ("who_for", "carers", 3), ("who_for", "men", 1), ("day", "weekend", 3), ("time", "evening", 3),
        ("date", "weekend", 3), ("checked", "six-months", 3),
    ]:  # fmt: skip
        box = re.search(rf'name="{facet}" type="checkbox" value="{code}">.*?\((\d+)\)', page)
        assert box, (facet, code)
        if code != "weekend" or facet != "date" or timezone.localtime().weekday() < 5:
            assert int(box[1]) == count, (facet, code)
    assert 'type="date"' in page
    assert 'value="up-to-2"' not in page
    found = client.get("/find/", {"who_for": "men", "time": "evening"}).content.decode()
    assert "1 found" in found
    assert found.count('class="tag ') == 2


def test_the_fold_of_the_filters_is_shut_and_says_how_many_are_chosen(client):
    make_asset(kind="group", who_for=["men"])
    build()
    none = client.get("/find/").content.decode()
    two = client.get("/find/", {"kind": "group", "who_for": "men"}).content.decode()
    assert fold_of(none) == '<details class="results__filters-fold"> Filters'
    assert fold_of(two) == '<details class="results__filters-fold"> Filters (2 chosen)'
    assert two.index('class="results__count"') < two.index('class="tag ') < two.index('class="results__filters"')


def fold_of(page):
    (opens, summary) = re.search(
        r'(<details class="results__filters-fold"[^>]*>)(.*?)</summary>', page, re.DOTALL
    ).groups()
    return " ".join([opens, *re.sub("<[^>]+>", " ", summary).replace("( ", "(").split()])


def test_the_results_can_be_reached_without_the_filters_and_the_map_stands_before_them(client):
    make_asset()
    build()
    page = client.get("/find/").content.decode()
    places = ['href="#results"', 'class="results__filters-fold"', "data-map-show", 'id="results"', 'class="rows"']
    assert [page.index(one) for one in places] == sorted(page.index(one) for one in places)
