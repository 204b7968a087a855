import datetime as dt
import json

import pytest
from django.core.cache import cache
from django.urls import reverse

from assets_map.models import Area
from search.engines import engine
from tests.factories.directory import make_asset, make_category, make_session, make_venue
from website.demo.pages import lay_pages, pages_are_laid, told
from website.home import how_true
from website.models import GuidanceIndexPage, GuidancePage, HomePage, NewsPage, UsefulCount, YouSaidPage
from website.soon import next_talking_shops

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 9)
ON = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def fresh(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    engine.cache_clear()
    cache.clear()
    yield
    engine.cache_clear()
    cache.clear()


@pytest.fixture
def laid():
    lay_pages(ON)


def words(response):
    assert response.status_code == 200
    return response.content.decode()


def guidance(*blocks, **overrides):
    """A published page of guidance with these blocks: (type, value) pairs."""
    home = HomePage.objects.get()
    shelf = GuidanceIndexPage(title="Guidance", slug="guidance")
    home.add_child(instance=shelf)
    body = json.dumps([{"type": kind, "value": value} for kind, value in blocks])
    given = {"title": "Getting a break", "summary": "An hour or a week.", "owner_words": "Carers' team", "body": body}
    page = GuidancePage(**{**given, **overrides})
    shelf.add_child(instance=page)
    page.save_revision().publish()
    return page


def test_a_new_installation_has_a_home_page_that_asks_what_and_where(client):
    page = words(client.get("/"))
    assert 'name="text"' in page
    assert 'name="place"' in page
    assert f'action="{reverse("search:find")}"' in page
    assert 'method="post"' in page


def test_home_has_six_doors_by_kind(client):
    page = words(client.get("/"))
    for kind in ("micro-enterprise", "group", "talking-shop", "carers-network", "respite", "service"):
        assert f'href="{reverse("search:find")}?kind={kind}"' in page


def test_a_council_writes_its_own_words_on_the_doors(client):
    home = HomePage.objects.get()
    home.doors = json.dumps([{"type": "door", "value": {"kind": "respite", "title": "Time off", "words": ""}}])
    home.save_revision().publish()
    page = words(client.get("/"))
    assert "Time off" in page
    assert "Groups and clubs" not in page


def test_home_says_how_true_the_directory_is(client):
    make_asset(checked={"times": dt.date.today()})
    make_asset(checked={"times": dt.date(2020, 1, 1)})
    make_asset(live=False, checked={"times": dt.date.today()})
    assert "1 of 2 listings confirmed in the last six months" in " ".join(words(client.get("/")).split())


def test_an_empty_directory_does_not_boast(client):
    assert "listings confirmed" not in words(client.get("/"))


def test_how_true_is_counted_once_a_minute(django_assert_num_queries):
    with django_assert_num_queries(2):
        how_true(ON)
        how_true(ON)


def test_next_talking_shops_come_by_date_and_time_with_their_place():
    hall, library = make_venue(), make_venue(name="Library", town="Grays")
    late = make_asset(name="Library shop", kind="talking-shop", venue=library)
    make_session(late, weekday=2)
    soon = make_asset(name="Hall shop", kind="talking-shop", venue=hall)
    make_session(soon, weekday=0, starts_at=dt.time(14), ends_at=dt.time(16))
    make_session(soon, weekday=1)
    make_asset(name="A lunch club", kind="group", sessions=[0])
    make_asset(name="A draft", kind="talking-shop", live=False, sessions=[0])
    coming = next_talking_shops(after=MONDAY)
    assert [(one.asset.name, one.when.on.weekday()) for one in coming] == [
        ("Hall shop", 0), ("Hall shop", 1), ("Library shop", 2),
    ]  # fmt: skip
    assert coming[0].venue == hall


def test_a_talking_shop_in_a_hidden_place_does_not_say_where(client):
    shop = make_asset(kind="talking-shop", venue=make_venue(name="Secret House", hidden=True))
    make_session(shop, weekday=0)
    assert next_talking_shops(after=MONDAY)[0].venue is None
    assert "Secret House" not in words(client.get("/"))


def test_home_costs_the_same_however_many_talking_shops_there_are(client, django_assert_max_num_queries):
    for _number in range(12):
        make_session(make_asset(kind="talking-shop"), weekday=3)
    with django_assert_max_num_queries(25):
        client.get("/")


def test_every_page_of_the_demonstration_answers(client, laid):
    assert pages_are_laid()
    for page in HomePage.objects.get().get_descendants(inclusive=True).live():
        text = words(client.get(page.get_url()))
        assert page.title in text or page.depth == 2
    assert GuidancePage.objects.count() == len(told("guidance")) == 7
    assert NewsPage.objects.count() == 3
    assert YouSaidPage.objects.get().rows.count() == 5


def test_the_demonstration_is_offered_in_the_menu_and_under_its_own_name(client, laid):
    page = words(client.get("/"))
    assert "Thurrock (demonstration)" in page
    assert "01632 960100" in page
    assert 'href="/guidance/"' in page


def test_guidance_says_who_looks_after_it_and_until_when(client):
    page = guidance(("text", "<p>Ask.</p>"), review_on=dt.date(2099, 1, 31))
    text = words(client.get(page.get_url()))
    assert "Looked after by Carers&#x27; team" in text
    assert "31 January 2099" in text
    assert "That date has passed" not in text


def test_guidance_that_should_have_been_read_again_says_so(client):
    page = guidance(("text", "<p>Ask.</p>"), review_on=dt.date(2020, 1, 31))
    assert "That date has passed" in words(client.get(page.get_url()))


def test_useful_is_counted_by_month_and_nothing_else_is_kept(client):
    page = guidance()
    for answer in ("yes", "yes", "no"):
        response = client.post(reverse("website:useful", args=[page.pk]), {"useful": answer})
        assert response.status_code == 302
    counted = UsefulCount.objects.get()
    assert (counted.yes, counted.no, counted.month) == (2, 1, dt.date.today().replace(day=1))
    assert {field.name for field in UsefulCount._meta.fields} == {"id", "page", "month", "yes", "no"}
    assert "Thank you" in words(client.get(response.url))


@pytest.mark.parametrize("answer", ["", "maybe", "yes; drop table", "month", "x" * 10_000])
def test_any_other_answer_counts_nothing(client, answer):
    page = guidance()
    assert client.post(reverse("website:useful", args=[page.pk]), {"useful": answer}).status_code == 302
    assert not UsefulCount.objects.exists()


@pytest.mark.parametrize("number", [0, 1, 10**30])
def test_useful_of_no_page_is_not_found(client, number):
    assert client.post(f"/useful/{number}/", {"useful": "yes"}).status_code == 404


def test_useful_is_not_counted_by_a_link(client):
    assert client.get(reverse("website:useful", args=[guidance().pk])).status_code == 405


def test_an_answer_in_the_address_cannot_put_words_on_the_page(client):
    page = guidance()
    assert "<script>x" not in words(client.get(page.get_url(), {"thanks": "<script>x"}))


def test_a_directory_list_shows_the_first_few_of_what_was_chosen(client):
    lunch = make_category("Lunch clubs")
    for number in range(4):
        make_asset(name=f"Lunch {number}", categories=[lunch])
    make_asset(name="Ironing")
    block = {"heading": "Lunch", "kind": "", "category": "lunch-clubs", "text": "", "most": 3}
    page = guidance(("directory_list", block))
    text = words(client.get(page.get_url()))
    assert sum(f">Lunch {number}<" in text for number in range(4)) == 3
    assert "Ironing" not in text
    assert "?category=lunch-clubs" in text


def test_a_directory_list_with_nothing_in_it_says_so(client):
    block = {"heading": "Lunch", "kind": "respite", "category": "", "text": "", "most": 3}
    assert "None is listed at the moment" in words(client.get(guidance(("directory_list", block)).get_url()))


def test_a_list_of_a_category_that_was_taken_away_is_empty_and_not_an_error(client):
    block = {"heading": "Lunch", "kind": "", "category": "long-gone", "text": "", "most": 3}
    assert words(client.get(guidance(("directory_list", block)).get_url()))


def test_the_other_blocks_show_what_they_hold(client):
    Area.objects.create(code="E05000001", name="Tilbury Riverside", kind="ward", slug="tilbury-riverside", shape={
        "type": "Polygon", "coordinates": [[[0.35, 51.45], [0.37, 51.45], [0.37, 51.47], [0.35, 51.45]]]})  # fmt: skip
    make_session(make_asset(name="Hall shop", kind="talking-shop"), weekday=3)
    page = guidance(
        ("quote", {"words": "I went in about a bus pass.", "who": "A visitor"}),
        ("call_out", {"heading": "Now?", "words": "<p>Ring <b>999</b>.</p>"}),
        ("next_talking_shops", {"heading": "What is next"}),
        ("map", {"heading": "Where we are", "areas": ["E05000001", "gone"]}),
    )
    text = words(client.get(page.get_url()))
    for said in ("I went in about a bus pass.", "A visitor", "<b>999</b>", "Hall shop", "Tilbury Riverside"):
        assert said in text


@pytest.mark.parametrize("name", ["accessibility", "privacy", "credits"])
def test_pages_that_every_site_owes_its_readers(client, name):
    text = words(client.get(reverse(f"website:{name}")))
    assert "<h1" in text
    assert "style=" not in text
    assert "<script>" not in text


def test_the_privacy_page_names_every_cookie_that_a_visit_sets(client):
    page = guidance()
    client.get("/")
    client.get(page.get_url())
    client.post(reverse("search:find"), {"text": "lunch", "place": "Tilbury"})
    text = words(client.get(reverse("website:privacy")))
    for name in client.cookies:
        assert f">{name}<" in text


def test_nothing_of_the_demonstration_is_laid_twice(laid):
    before = HomePage.objects.get().get_descendants().count()
    if not pages_are_laid():
        lay_pages(ON)
    assert HomePage.objects.get().get_descendants().count() == before
