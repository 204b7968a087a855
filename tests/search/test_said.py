"""Somebody's own words: in their browser, and in no address."""

import re
from urllib.parse import unquote_plus

import pytest

from search.documents import asset_documents
from search.engines import engine
from search.said import COOKIE, MOST_KEPT, Said
from tests.factories.assets_map import make_gazetteer, make_place
from tests.factories.directory import make_asset

pytestmark = pytest.mark.django_db
SENTENCE = "I am lonely since my husband died and want lunch"
SECRETS = ("lonely", "husband")


@pytest.fixture
def directory(own_index):
    make_gazetteer(own_index)
    make_place()
    for number in range(25):
        make_asset(name=f"Lunch and company {number}", summary="For the lonely, and for when a husband died.")
    engine().rebuild(asset_documents())


@pytest.fixture
def visitor(client):
    """Somebody whose browser has a cookie of this site already, as after any page with a form."""
    client.cookies["list"] = "1"
    return client


def addresses(page):
    """Every address on a page, and what its forms would put into one."""
    found = re.findall(r'(?:href|action|src|content|data-[a-z-]+)="([^"]*)"', page)
    for form in re.findall(r'<form[^>]*method="get".*?</form>', page, re.DOTALL):
        found += re.findall(r'value="([^"]*)"', form)
    return [unquote_plus(one) for one in found]


def tells(text):
    return [word for word in SECRETS if word in text.casefold()]


def test_a_sentence_leads_to_an_address_without_it(visitor, directory):
    answer = visitor.post("/find/", {"text": SENTENCE, "place": "Tilbury"})
    assert answer.status_code == 302
    assert re.fullmatch(r"/find/\?said=[A-Za-z0-9_-]{8}&place=Tilbury", answer.url)
    page = visitor.get(answer.url).content.decode()
    assert SENTENCE in page


def test_no_address_and_no_title_of_the_page_holds_it(visitor, directory):
    page = visitor.post("/find/", {"text": SENTENCE, "place": "Tilbury"}, follow=True).content.decode()
    assert [one for one in addresses(page) if tells(one)] == []
    assert "What we found near Tilbury" in page.split("<title>")[1].split("</title>")[0]


def test_a_link_with_a_sentence_is_led_on_to_an_address_without_it(visitor, directory):
    answer = visitor.get("/find/", {"text": SENTENCE, "place": "RM18 8"})
    assert answer.status_code == 302
    assert not tells(answer.url)
    assert answer["Referrer-Policy"] == "strict-origin"


def test_a_browser_without_cookies_is_answered_at_once_and_told_a_better_address(client, directory):
    answer = client.get("/find/", {"text": SENTENCE})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert SENTENCE in page
    own = re.search(r'<meta name="own-address" content="([^"]*)"', page)[1]
    assert not tells(own)
    assert answer["Referrer-Policy"] == "strict-origin"
    assert [one for one in addresses(page) if tells(one)] == []
    # Its cookie came with the answer.
    assert SENTENCE in client.get(own.replace("&amp;", "&")).content.decode()


def test_where_cookies_are_refused_search_and_filters_work(client, directory):
    def post(**fields):
        client.cookies.clear()
        return client.post("/find/", {"text": SENTENCE, **fields})

    page = post().content.decode()
    assert "Lunch and company" in page
    form = re.search(r'<form class="filters".*?</form>', page, re.DOTALL)[0]
    assert 'method="post"' in form.split(">")[0]
    assert SENTENCE in form
    answer = post(kind="group", page="2")
    assert answer.status_code == 200
    assert "Lunch and company" in answer.content.decode()


def test_where_cookies_are_refused_the_pins_come_with_the_page(client, directory):
    page = client.post("/find/", {"text": SENTENCE, "place": "Tilbury"}).content.decode()
    assert "points.json" not in page
    assert '"FeatureCollection"' in page


def test_pages_filters_map_and_print_find_the_same(visitor, directory):
    address = visitor.post("/find/", {"text": SENTENCE, "place": "Tilbury"}).url
    page = visitor.get(address).content.decode()
    further = re.search(r'href="([^"]*)" rel="next"', page)[1].replace("&amp;", "&")
    second = visitor.get(further)
    assert second.status_code == 200
    assert "Lunch and company" in second.content.decode()
    points = visitor.get(address.replace("/find/", "/find/points.json")).json()
    assert len(points["features"]) == 25
    sheet = visitor.get(address.replace("/find/", "/find/sheet.pdf"))
    assert sheet.content.startswith(b"%PDF-")
    assert not tells(sheet["Content-Disposition"])


def test_a_second_search_does_not_take_the_first_away(visitor, directory):
    first = visitor.post("/find/", {"text": SENTENCE}).url
    second = visitor.post("/find/", {"text": "someone to have lunch with on Sundays"}).url
    assert first != second
    assert SENTENCE in visitor.get(first).content.decode()
    assert "have lunch with on Sundays" in visitor.get(second).content.decode()


def test_the_same_words_keep_their_token(visitor, directory):
    first = visitor.post("/find/", {"text": SENTENCE}).url
    assert visitor.post("/find/", {"text": SENTENCE}).url == first


def test_in_another_browser_the_words_are_asked_for_again(visitor, directory, django_user_model):
    address = visitor.post("/find/", {"text": SENTENCE, "place": "Tilbury"}).url
    visitor.cookies.clear()
    page = visitor.get(address).content.decode()
    assert "We no longer have the words of this search" in page
    assert not tells(page.split('class="rows"')[0].split("<h1")[1].split("</h1>")[0])
    assert visitor.get(address.replace("/find/", "/find/points.json")).json()["features"] == []
    assert visitor.get(address.replace("/find/", "/find/sheet.pdf")).url == address


@pytest.mark.parametrize("cookie", ["", "x", "a:b:c", "9" * 4_000, "\x01", "W1siYSIsImIiXV0:1:forged"])
def test_a_cookie_that_was_tampered_with_is_none(client, directory, cookie):
    client.cookies[COOKIE] = cookie
    assert client.get("/find/?said=AAAAAAAA").status_code == 200


@pytest.mark.parametrize("said", ["", "x", "A" * 9, "../../..", "AAAAAAA'", "\x00" * 8, "AAAAAAAA\n"])
def test_strange_tokens_are_left_out(client, directory, said):
    assert client.get("/find/", {"said": said, "text": "lunch"}).status_code == 200


def test_words_that_the_directory_knows_stand_in_the_address(visitor, directory):
    assert visitor.post("/find/", {"text": "lunch company"}).url == "/find/?text=lunch+company"
    assert visitor.get("/find/?text=lunch").status_code == 200


def test_an_unknown_word_can_be_a_name_and_stays_in_the_browser(visitor, directory):
    assert "persephone" not in visitor.post("/find/", {"text": "persephone lunch"}).url.lower()


def test_short_words_that_match_a_rule_stay_in_the_browser(visitor, directory):
    assert visitor.post("/find/", {"text": "want to die"}).url.startswith("/find/?said=")


def test_a_page_of_an_area_keeps_to_the_same(visitor, directory):
    from tests.factories.assets_map import make_area

    area = make_area()
    page = visitor.get(area.get_absolute_url(), {"text": SENTENCE}).content.decode()
    assert SENTENCE in page or "Lunch and company" in page
    assert [one for one in addresses(page) if tells(one)] == []
    assert COOKIE in visitor.cookies


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites_and_of_bounded_size(visitor, directory):
    for number in range(30):
        visitor.post("/find/", {"text": f"{number} " + "sentence of many different words " * 8})
    cookie = visitor.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]
    assert len(cookie.value) < 4_000


def test_at_most_so_many_are_kept(visitor, directory):
    texts = [f"sentence with four words {number}" for number in range(MOST_KEPT + 1)]
    urls = [visitor.post("/find/", {"text": text}).url for text in texts]
    assert "We no longer have" in visitor.get(urls[0]).content.decode()
    assert "four words 1" in visitor.get(urls[1]).content.decode()


def test_a_text_that_a_link_leads_to_has_its_own_token(directory):
    kept = Said([])
    kept.put_first(SENTENCE)
    other = kept.token_for("want lunch and some lonely company")
    assert other
    assert other != kept.token_for(SENTENCE)
    assert kept.text_of(other) == "want lunch and some lonely company"
    assert kept.token_for("lunch") == ""
