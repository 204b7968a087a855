"""Nothing found: what was understood, and changes whose counts are what they give."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from wagtail.models import Site

from assets_map.models import Area
from search import engines, instead, matches
from search.asking import Asked
from search.documents import asset_documents
from search.engines import engine
from search.instead import looked_for, without_words
from search.place_names import forget_text_places
from search.query import AssetQuery, Results
from search.terms import Group, Phrase, ReadFilter, Terms
from search.where import Where
from tests.factories.assets_map import box, make_area, make_gazetteer, make_place
from tests.factories.directory import CORRINGHAM, GRAYS, make_asset
from tests.search.conftest import place_at
from website.models import LookSettings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def time_enough(monkeypatch):
    """What is offered must not depend on how busy the machine is."""
    monkeypatch.setattr(instead, "MOST_SECONDS", 600.0)


@pytest.fixture
def ask(client, own_index):
    """Ask the page, and give what is in it, with the index as the database is."""
    make_gazetteer(own_index)
    make_place()
    forget_text_places()

    def asked(**fields):
        engine().rebuild(asset_documents())
        return client.get("/find/", fields).context

    return asked


@pytest.fixture
def questions(monkeypatch):
    """Every question that the engine is asked."""
    seen = []
    monkeypatch.setattr(instead, "find", lambda query: seen.append(query) or engines.find(query))
    return seen


def offered(context):
    return {one.label: one.count for one in context["nothing"].changes}


def gives_what_it_says(client, one):
    page = client.get(one.address)
    assert page.context["results"].total == one.count, one.label


def test_farther_off_is_offered_with_its_count_and_any_distance_when_that_gives_more(ask, client):
    make_asset(at=(51.5160, 0.3607))
    make_asset(at=(52.5, 0.5))
    seen = ask(text="lunch", place="Tilbury")
    assert offered(seen)["Look up to 5 miles away"] == 1
    assert offered(seen)["Look at any distance"] == 2
    for one in seen["nothing"].changes:
        gives_what_it_says(client, one)


def test_each_filter_can_be_let_go_of(ask, client):
    make_asset(sessions=[1], costs=["3.00"], access=["toilet"])
    seen = ask(text="lunch", place="Tilbury", day="3")
    assert offered(seen)["On any day"] == 1
    seen = ask(text="lunch", place="Tilbury", access=["toilet", "step-free"])
    assert offered(seen)["Without “Step-free entrance”"] == 1
    seen = ask(text="lunch", place="Tilbury", day="3", cost="free")
    assert offered(seen)["Without any filter"] == 1
    for one in seen["nothing"].changes:
        gives_what_it_says(client, one)


def test_where_one_change_is_not_enough_two_are_offered(ask, client):
    make_asset(at=CORRINGHAM, sessions=[1])
    seen = ask(text="lunch", place="Tilbury", day="3")
    assert offered(seen)["On any day – look up to 10 miles away"] == 1
    for one in seen["nothing"].changes:
        gives_what_it_says(client, one)


def test_of_several_words_one_may_do(ask, client):
    for _number in range(matches.FEW):
        make_asset(name="Chess lunch", summary="Both.", kind="group")
    make_asset(name="Chess", summary="Play.", kind="service")
    seen = ask(text="chess lunch", kind="service")
    assert offered(seen)["Only “chess”"] == 1
    for one in seen["nothing"].changes:
        gives_what_it_says(client, one)


def test_without_the_place_and_without_the_words(ask, client):
    make_asset(name="Knitting", summary="Wool.", coverage=[("E07000109", "Gravesham")])
    make_asset()
    seen = ask(text="knitting", place="Tilbury")
    assert offered(seen) == {"Everything near Tilbury": 1, "Anywhere, not only near Tilbury": 1}
    for one in seen["nothing"].changes:
        gives_what_it_says(client, one)


def test_a_place_named_among_the_words_can_be_let_go_of(ask, client):
    make_asset(name="Knitting", summary="Wool.", coverage=[("E07000109", "Gravesham")])
    seen = ask(text="knitting in Tilbury")
    assert offered(seen)["Anywhere, not only near Tilbury"] == 1
    for one in seen["nothing"].changes:
        gives_what_it_says(client, one)


def test_areas_about_that_have_some_are_named_nearest_first(ask, client):
    for code, name, (lat, lon) in (("g", "Grays", GRAYS), ("c", "Corringham", CORRINGHAM)):
        corners = (lon - 0.01, lat - 0.01, lon + 0.01, lat + 0.01)
        make_area(code=code, name=name, kind=Area.Kind.NEIGHBOURHOOD, shape=box(*corners))
    make_asset(name="Knitting", summary="Wool.", at=CORRINGHAM)
    make_asset(name="Knitting too", summary="Wool.", at=CORRINGHAM)
    make_asset(name="Knitting more", summary="Wool.", at=GRAYS)
    seen = ask(text="knitting", place="Tilbury", within="1")
    areas = seen["nothing"].areas
    assert [(one.label, one.count) for one in areas] == [("Grays", 1), ("Corringham", 2)]
    assert parse_qs(urlsplit(areas[0].address).query) == {"text": ["knitting"]}
    for one in areas:
        gives_what_it_says(client, one)


def test_the_engine_is_asked_twelve_times_at_most(ask, questions):
    for number, at in enumerate((GRAYS, CORRINGHAM, (51.49, 0.28), (51.5, 0.42))):
        corners = (at[1] - 0.01, at[0] - 0.01, at[1] + 0.01, at[0] + 0.01)
        make_area(code=f"a{number}", name=f"Area {number}", kind=Area.Kind.NEIGHBOURHOOD, shape=box(*corners))
        make_asset(name="Chess lunch", at=at)
    everything = {
        "day": "3", "cost": "free", "kind": "service", "reach": "online", "taking_new": "yes",
        "access": ["toilet", "step-free", "bus"], "who_for": "carers",
    }  # fmt: skip
    seen = ask(text="chess lunch", place="Tilbury", **everything)
    assert seen["nothing"] is not None
    assert 5 < len(questions) <= 12
    assert {query.page_size for query in questions} == {1}


def test_a_slow_engine_is_asked_no_more_after_a_while(ask, questions, monkeypatch):
    make_asset(sessions=[1])
    monkeypatch.setattr(instead, "MOST_SECONDS", -1.0)
    seen = ask(text="lunch", place="Tilbury", day="3", cost="free")
    assert seen["nothing"].changes == []
    assert questions == []


def test_the_database_is_asked_twice_at_most(client, own_index, questions):
    make_asset(sessions=[1])
    seen = client.get("/find/", {"text": "lunch", "day": "3", "cost": "free", "kind": "service"}).context
    assert seen["results"].less_complete
    assert len(questions) == 2


def test_the_page_says_what_was_looked_for_and_whom_to_ring(ask, client):
    cache.clear()
    LookSettings.objects.create(site=Site.objects.get(is_default_site=True), phone="01632 960123")
    make_asset()
    ask()
    page = client.get("/find/", {"text": "lunch quokkas", "place": "Tilbury", "day": "3", "cost": "free"}, follow=True)
    text = " ".join(unescape(re.sub(r"<[^>]+>", "", page.content.decode())).split())
    assert "We looked for lunch quokkas, on Thursday, free, within 3 miles of Tilbury." in text
    assert "Words that we do not know: “quokkas”." in text
    assert "Rather talk to someone? Ring 01632 960123." in text
    assert '<a class="govuk-link" href="tel:01632960123">01632 960123</a>' in page.content.decode()
    cache.clear()


def test_where_nothing_is_found_there_is_nothing_to_sort_or_narrow(ask, client):
    make_asset()
    ask()
    response = client.get("/find/", {"text": "zeppelin", "place": "Tilbury", "kind": "service"}, follow=True)
    empty = response.content.decode()
    for words in ("Sorted by", 'class="filters"', "Apply", 'type="radio"', "data-map"):
        assert words not in empty, words
    # What narrows the list can still be let go of.
    assert 'class="tag ' in empty


@pytest.mark.parametrize(
    ("asked", "results", "said"),
    [
        (Asked(), Results(), "We looked for anything, within 3 miles of <strong>Tilbury</strong>."),
        (Asked(within=1.0), Results(), "We looked for anything, within 1 mile of <strong>Tilbury</strong>."),
        (
            Asked(text="<b>", within=float("inf")),
            Results(terms=Terms((Group((Phrase(("<b>",)),), "<b>"),), filters=(ReadFilter("cost", "free", "free"),))),
            "We looked for <strong>&lt;b&gt;</strong>, <strong>free</strong>, at any distance from "
            "<strong>Tilbury</strong>.",
        ),
    ],
)
def test_what_was_looked_for_is_said_in_words(asked, results, said):
    assert looked_for(asked, Where("Tilbury", place=place_at()), results) == said


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("lunch on Thursdays", ["thursdays"], "lunch"),
        ("Free lunch, please", ["free"], "lunch, please"),
        ("lunch in the Chadwell St Mary hall", ["chadwell", "st", "mary"], "lunch hall"),
        ("lunch", ["tea"], "lunch"),
        ("lunch", [], "lunch"),
        ("… tea", ["tea"], "…"),
    ],
)
def test_words_go_out_of_a_text_with_what_leads_to_them(text, words, left):
    assert without_words(text, words) == left


def test_where_few_are_found_a_little_farther_is_offered(ask, client):
    make_asset()
    make_asset(at=(51.5160, 0.3607))
    seen = ask(text="lunch", place="Tilbury")
    assert seen["nothing"] is None
    (more,) = seen["more"]
    assert (more.label, more.count) == ("Look up to 5 miles away", 2)
    gives_what_it_says(client, more)
    for _number in range(2):
        make_asset()
    assert ask(text="lunch", place="Tilbury")["more"] == []


def test_the_database_does_not_promise_what_it_does_not_look_for(client, own_index):
    make_gazetteer(own_index)
    make_place()
    make_asset(at=(51.5160, 0.3607))
    seen = client.get("/find/", {"text": "lunch", "place": "Tilbury"}).context
    assert seen["results"].less_complete
    assert offered(seen)["Look up to 5 miles away"] == 1
    assert "Look at any distance" not in offered(seen)
    assert seen["nothing"].unknown == ()


def test_a_question_of_nothing_found_asks_for_no_more_than_a_count(questions):
    asking = instead.Asking(lambda asked, where: AssetQuery(page=7))
    asking.about(Asked(), Where())
    assert [(query.page, query.page_size) for query in questions] == [(1, 1)]
