"""Tricks that need a browser's manners more than a wire: each named, with what must come of it."""

import re

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role, make_roles
from directory.models import Asset
from search.models import SearchRecord
from tests.factories.directory import make_asset
from tests.security.public_doors import doors

pytestmark = pytest.mark.django_db
SAFE_DOORS = [door for door in doors() if not door.name.startswith(("council_", "health_"))]
# Led on, not allowed, not there, or a method that the door does not know.
REFUSED = {301, 302, 400, 403, 404, 405}
ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)", "data:text/html,x", " https://evil.example", "\thttps://evil.example", "http://testserver@evil.example/",
    "http://testserver.evil.example/", "/%09/evil.example", "/\r\nSet-Cookie: a=b", "https://evil.example#/my-list/",
]  # fmt: skip


@pytest.fixture
def listing():
    return make_asset(name="Riverside Lunch Club")


@pytest.mark.parametrize("where", ELSEWHERE)
def test_no_door_leads_to_another_site(client, listing, where):
    answers = [
        client.post("/my-list/change/", {"add": listing.pk, "next": where}),
        client.get("/find/", {"next": where, "text": where, "place": "RM18 8AD"}),
        client.get("/sign-in/", {"next": where}),
        client.post("/sign-in/", {"next": where, "login": "a@example.org", "password": "b"}),
    ]
    for answer in answers:
        location = answer.get("Location", "/")
        assert location.startswith("/")
        assert not location.startswith(("//", "/\\"))
        assert "\n" not in location
        assert "Set-Cookie" not in answer.headers
        if answer.status_code == 200:
            assert f'href="{where}"' not in answer.content.decode()
            assert f'action="{where}"' not in answer.content.decode()


def test_a_session_that_was_planted_is_not_the_one_after_signing_in(client, settings):
    """Somebody else began it, and would be signed in by it too."""
    planted = SessionStore()
    planted["began"] = "by somebody else"
    planted.create()
    cookie = settings.SESSION_COOKIE_NAME
    client.cookies[cookie] = planted.session_key
    user = User.objects.create_user("sam@example.org", email="sam@example.org", password="correct horse battery")
    user.groups.add(make_roles()[Role.MODERATOR])
    answer = client.post("/sign-in/", {"login": "sam@example.org", "password": "correct horse battery"})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"]
    assert client.cookies[cookie].value != planted.session_key
    assert not Session.objects.filter(pk=planted.session_key).exists()


@pytest.mark.parametrize("planted", ["", "x", "../../etc/passwd", "a" * 4_000, "\x01", "' OR 1=1 --", "0" * 32])
def test_a_session_that_nobody_began_is_nobody_s(client, planted):
    client.cookies["sessionid"] = planted
    assert client.get("/admin/").status_code == 302
    assert not Session.objects.exists()


@pytest.mark.parametrize("cookie", ["where", "said", "list", "messages", "device", "csrftoken"])
@pytest.mark.parametrize("value", ["x", "a:b:c", "gASVAAAA", "\x01", "e30:1:zz", "[[[[[", "9" * 3_000])
def test_a_cookie_that_was_tampered_with_is_no_cookie(client, listing, cookie, value):
    client.cookies[cookie] = value
    for path in ("/", "/find/", "/my-list/", "/sign-in/"):
        assert client.get(path).status_code in {200, 302}


def test_a_cookie_signed_for_something_else_is_no_cookie(client, listing):
    client.cookies["list"] = signing.get_cookie_signer(salt="whereanother").sign(str(listing.pk))
    assert listing.name not in client.get("/my-list/").content.decode()


def test_an_unknown_address_costs_the_same_work_as_a_known_one(client, settings, monkeypatch):
    """One password is worked through for either: nothing to be told by the clock."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    User.objects.create_user("known@example.org", email="known@example.org", password="correct horse battery")
    worked, encode = [], PBKDF2PasswordHasher.encode
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 10)
    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", lambda *given: worked.append(given[-1]) or encode(*given))
    costs, pages = [], []
    for address in ("known@example.org", "unknown@example.org"):
        worked.clear()
        answer = client.post("/sign-in/", {"login": address, "password": "wrong horse battery"})
        costs.append(len(worked))
        pages.append(re.sub(r"(?s)<input[^>]*>|known@|unknown@", "", answer.content.decode()))
    assert costs[0] == costs[1] > 0
    assert pages[0] == pages[1]


@pytest.mark.parametrize("door", SAFE_DOORS, ids=lambda door: door.path)
def test_reading_changes_nothing_and_a_form_without_a_token_neither(listing, door):
    before = (Asset.objects.count(), User.objects.count(), Session.objects.count())
    for client in (Client(), Client(enforce_csrf_checks=True)):
        client.get(door.filled(listing.slug))
        client.head(door.filled(listing.slug))
        if client.handler.enforce_csrf_checks:
            answer = client.post(door.filled(listing.slug), {"add": listing.pk, "useful": "yes"})
            open_to_all = {"search:find", "search:suggest", "search:suggest_places"}
            assert answer.status_code in ({200, 302} if door.name in open_to_all else REFUSED), answer.status_code
    assert (Asset.objects.count(), User.objects.count(), Session.objects.count()) == before


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example"])
def test_no_other_site_may_read_an_answer(client, origin):
    for path in ("/find/points.json", "/map/areas.json", "/privacy/", "/static/website/hereabouts.js"):
        answer = client.get(path, headers={"origin": origin})
        assert "Access-Control-Allow-Origin" not in answer.headers
        answer.close()


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "Forwarded", "X-Original-URL", "X-HTTP-Method-Override"],
)
def test_a_header_that_a_cache_does_not_look_at_changes_no_answer(client, header):
    """What is kept for everybody cannot be poisoned by it."""
    for path in ("/look.css", "/map/areas.json"):
        usual, poisoned = client.get(path), client.get(path, headers={header: "evil.example"})
        assert usual.content == poisoned.content
        assert "public" in poisoned["Cache-Control"]
        assert not poisoned.cookies


@pytest.mark.parametrize("path", ["/find/x.css", "/privacy/x.js", "/my-list/.css", "/sign-in/;x.css", "/admin/x.png"])
def test_a_page_does_not_pass_for_a_file_that_may_be_kept(as_role, path):
    answer = as_role(Role.MODERATOR).get(path)
    assert "public" not in answer["Cache-Control"]
    assert answer.status_code in {301, 302, 404}


@pytest.mark.parametrize(
    "asked",
    [
        "text=lunch&text=tea", "text[]=lunch", "text[$ne]=x", "page=1&page=2", "page=1;2", "%00=1", "text=%00",
        "__proto__=1", "text=a&amp;place=b", "csrfmiddlewaretoken=x", "=&=&=", "a" * 3_000, "kind=group&kind=%27",
        "text=%ff%fe", "place=%F0%9F", "sort=nearest&sort=best",
    ],
)  # fmt: skip
def test_parts_given_twice_or_oddly_are_answered(client, listing, asked):
    form = "application/x-www-form-urlencoded"
    assert client.get(f"/find/?{asked}").status_code in {200, 302, 404}
    assert client.post(f"/find/?{asked}", asked, content_type=form).status_code in {200, 302}
    assert client.post("/my-list/change/", asked, content_type=form).status_code in {302, 400}


def test_an_error_says_nothing_of_what_failed(client, settings, monkeypatch):
    settings.SECURE_SSL_REDIRECT = False
    client.raise_request_exception = False
    monkeypatch.setattr("search.views.results_context", lambda *_all, **_named: {}["zebediah"])
    answer = client.get("/find/", {"text": "lunch"})
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "something went wrong" in page
    assert not re.search(r"KeyError|zebediah|Traceback|\.py|Django|search\.views", page)
    assert not SearchRecord.objects.exists()


@pytest.mark.parametrize("name", ["search:find", "directory:my_list_change", "account_login"])
@pytest.mark.parametrize(
    "kind", ["application/json", "text/xml", "multipart/form-data", "application/octet-stream", "x"]
)
def test_a_form_of_another_kind_is_answered(client, name, kind):
    answer = client.generic(
        "POST", reverse(name), b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', kind
    )
    assert answer.status_code in {200, 302, 400}
    assert b"root:x" not in answer.content
