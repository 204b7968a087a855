"""Whatever is typed or put into an address gets a page with words on it, and changes nothing."""

import random

import pytest
from django.urls import reverse

from directory.models import Asset
from search.facets import FACETS
from tests.factories.directory import make_asset

pytestmark = pytest.mark.django_db

TEXTS = [
    "",
    " ",
    "\x00",
    "\x00lunch",
    "\r\nSet-Cookie: a=b",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% debug %}",
    "${jndi:ldap://127.0.0.1/a}",
    "'; DROP TABLE directory_asset; --",
    "1 OR 1=1",
    "%00%0a",
    "%",
    "%%%s%n",
    "../../../../etc/passwd",
    "file:///etc/passwd",
    "(((((((((((((((((((((",
    "(a+)+$" + "a" * 60 + "!",
    "text:lunch AND (name:x OR *)",
    '"unclosed phrase',
    "lunch^1e400",
    "lunch~99999",
    "[* TO *]",
    "\\",
    "\\\\\\\\",
    "*",
    "**?*",
    "-lunch",
    "+ +",
    "AND",
    "NOT NOT",
    "NULL",
    "undefined",
    "NaN",
    "inf",
    "-0",
    "1e309",
    "٣٤٥",
    "ＲＭ１８ ８ＡＤ",
    "RM18 8AD RM18 8AD RM18 8AD",
    "RM1🙂8AD",
    "🙂" * 200,
    "👩‍👩‍👧‍👦",
    "\u202eDA8 81MR",
    "\u200b\u200b\u200b",
    "\ufeffRM18 8AD",
    "\ud7ff\ue000",
    "ﷺ" * 50,
    "Z̸̢̛a̸l̷g̸o̵" * 30,
    "a" * 10_000,
    "RM18" * 3_000,
    " " * 5_000 + "lunch",
    "lunch " * 2_000,
    "51.46,0.36",
    "91,181",
    "nan,nan",
    "-1e999,1e999",
    "RM99 9ZZ",
    "RM17 6X",
    "BT1 1AA",
]
NUMBERS = ["-1", "0", "1.5", "1e9", "9" * 30, "abc", "", "\x00", "٣", "0x10", "None", "[]"]


@pytest.fixture(autouse=True)
def one_listing():
    return make_asset(name="Riverside Lunch Club")


def fine(answer):
    assert answer.status_code < 500, answer.status_code
    return answer.content.decode(errors="replace") if not answer.streaming else ""


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", ["text", "place"])
def test_whatever_is_typed_is_answered(client, name, text):
    before = Asset.objects.count()
    for answer in (client.get("/find/", {name: text}), client.post("/find/", {name: text})):
        shown = fine(answer)
        assert "<script>alert(1)" not in shown
        assert "onerror=alert(1)>" not in shown
    assert Asset.objects.count() == before


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("name", ["page", "within", "sort", "across", "point"])
def test_numbers_in_addresses_are_brought_within_bounds(client, name, number):
    fine(client.get("/find/", {"text": "lunch", name: number}))
    fine(client.get("/find/points.json", {"text": "lunch", name: number}))


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("code", ["nonsense", "", "\x00", "'", "x" * 5_000, "1;2", "<b>", "2026-02-30", "0001-01-01"])
def test_filters_that_do_not_exist_are_left_out(client, facet, code):
    assert "Riverside Lunch Club" in fine(client.get("/find/", {facet: code}))


def test_a_thousand_filters_are_too_many_to_matter(client):
    fine(client.get("/find/", {"kind": ["group"] * 900, "day": [str(n) for n in range(900)]}))


@pytest.mark.parametrize(
    "path",
    [
        "/listing/no-such-listing/",
        "/listing/no-such-listing/dates.ics",
        "/listing/no-such-listing/sheet.pdf",
        "/l/zzzzzz/",
        "/areas/no-such-area/",
        "/listing/../../etc/passwd/",
        "/listing/%00/",
        "/listing/" + "a" * 3_000 + "/",
        "/find/%2e%2e/",
        "/nothing-here/",
        "/static/../../manage.py",
    ],
)
def test_addresses_of_nothing_are_not_found(client, path):
    answer = client.get(path)
    assert answer.status_code in {404, 400}


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
@pytest.mark.parametrize("name", ["search:find", "search:find_points", "directory:my_list_change", "directory:my_list"])
def test_other_methods_are_refused_in_words(client, method, name):
    assert getattr(client, method)(reverse(name)).status_code in {405, 403, 200}


@pytest.mark.parametrize("cookie", ["", "x", "RM18 8AD", "RM18 8AD:forged:signature", "\x01", "9" * 4_000])
def test_a_place_cookie_that_was_tampered_with_is_no_place(client, cookie):
    client.cookies["where"] = cookie
    fine(client.get("/find/", {"place": "RM18 8"}))


def test_the_form_is_answered_without_a_token_and_with_none_of_its_fields(client):
    strict = type(client)(enforce_csrf_checks=True)
    assert strict.post("/find/", {}).status_code == 302
    assert strict.post("/find/", b"\xff\xfe\x00", content_type="application/x-www-form-urlencoded").status_code == 302


def test_a_change_to_a_list_wants_a_token(client, one_listing):
    strict = type(client)(enforce_csrf_checks=True)
    assert strict.post(reverse("directory:my_list_change"), {"add": one_listing.pk}).status_code == 403


def made_up(count):
    """Texts of letters that programs stumble over, the same at every run."""
    made = random.Random(42)
    letters = [
        *"\0\t\n\r\x1b\x7f\\\"'`%&<>(){}[]*?+^$|~:;,./-_=#@!",
        "AND",
        "OR",
        "NOT",
        "lunch",
        "near",
        "£",
        "é",
        "\u202e",
    ]
    letters += ["\u200d", "\ufeff", "🙂", "ß", "ﷺ", "９", "\u0301", " in ", " under ", "RM18", "age", "’", "“", "”"]
    return ["".join(made.choices(letters, k=made.randrange(1, 120))) for _number in range(count)]


@pytest.mark.parametrize("number", range(200))
def test_no_made_up_text_breaks_the_search(client, number):
    text = MADE_UP[number]
    found = client.post(
        reverse("search:find"), {"text": text, "place": text[:20] if number % 3 == 0 else ""}, follow=True
    )
    assert found.status_code == 200
    assert found["Content-Type"].startswith("text/html")


MADE_UP = made_up(200)


def test_ten_megabytes_of_text_are_turned_away_with_words(client):
    found = client.post(reverse("search:find"), {"text": "lunch " * 1_750_000})
    assert found.status_code in {302, 400, 413}
