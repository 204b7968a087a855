"""Every answer, of whatever kind, carries what browsers must be told; every cookie is ours alone."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role, make_roles
from tests.factories.directory import make_asset
from tests.security.production import settings_of_production
from website.models import HomePage

pytestmark = pytest.mark.django_db
HOST = "directory.example.org"
WITHIN = {"default-src", "script-src", "object-src", "base-uri", "form-action", "frame-ancestors"}


@pytest.fixture
def production(settings):
    """The settings by which production differs, and a browser that speaks https."""
    given = settings_of_production()
    for name, value in given.items():
        if name.startswith(("SECURE_", "SESSION_", "CSRF_", "COOKIE_", "MESSAGE_", "CONTENT_SECURITY")):
            setattr(settings, name, value)
    settings.ALLOWED_HOSTS, settings.TRUSTED_PROXIES = [HOST], 1
    return Client(headers={"X-Forwarded-Proto": "https", "Host": HOST})


def answers(client):
    """Pages, files, moves, refusals and errors, as a stranger meets them."""
    asset = make_asset(name="Riverside Lunch Club")
    yield client.get("/")
    yield client.get("/find/", {"text": "lunch"})
    yield client.post("/find/", {"text": "lunch", "place": "RM18 8AD"})
    yield client.get(asset.get_absolute_url())
    yield client.get(reverse("directory:calendar", args=[asset.slug]))
    yield client.get("/find/points.json", {"text": "lunch"})
    yield client.post(reverse("search:suggest"), {"text": "lun"})
    yield client.post(reverse("directory:my_list_change"), {"add": asset.pk})
    yield client.get("/privacy/")
    yield client.get("/look.css")
    yield client.get("/sign-in/")
    yield client.get("/admin/")
    yield client.get("/static/website/hereabouts.js")
    yield client.get("/nothing-here/")
    yield client.generic("TRACE", "/")
    yield client.generic("SPLODGE", "/")
    yield client.post("/find/", b"a" * 2_000_000, content_type="application/x-www-form-urlencoded")


def tour(client):
    """All of them, each read to its end."""
    seen = []
    for answer in answers(client):
        seen.append(answer)
        if answer.streaming:
            b"".join(answer.streaming_content)
    return seen


@pytest.fixture
def found(production):
    seen = tour(production)
    assert {answer.status_code for answer in seen} >= {200, 302, 404, 405, 413}
    return seen


def policy(answer):
    rules = (rule.split() for rule in answer["Content-Security-Policy"].split(";") if rule.strip())
    return {name: values for name, *values in rules}


def where(answer):
    return f"{answer.request['REQUEST_METHOD']} {answer.request['PATH_INFO']} {answer.status_code}"


def test_every_answer_tells_browsers_to_come_by_https_for_a_year_and_to_all_below(found):
    for answer in found:
        told = answer.get("Strict-Transport-Security", "")
        assert "max-age=31536000" in told, where(answer)
        assert "includeSubDomains" in told, where(answer)


def test_every_answer_has_a_policy_of_what_may_run_and_who_may_frame_it(found):
    for answer in found:
        rules = policy(answer)
        assert rules["frame-ancestors"] in (["'none'"], ["'self'"]), where(answer)
        assert rules["base-uri"] == ["'none'"], where(answer)
        assert rules.get("object-src", rules["default-src"]) == ["'none'"], where(answer)
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:"} & set(rules.get("script-src", [])), where(answer)


def test_every_answer_is_what_it_says_it_is_and_tells_no_other_site_where_somebody_was(found):
    for answer in found:
        assert answer["X-Content-Type-Options"] == "nosniff", where(answer)
        assert answer["Referrer-Policy"] in {"same-origin", "strict-origin"}, where(answer)


def test_every_answer_says_its_kind_and_texts_say_their_letters(found):
    for answer in found:
        if answer.status_code in {204, 302, 304}:
            continue
        kind = answer["Content-Type"]
        assert "/" in kind, where(answer)
        if kind.startswith("text/"):
            assert "charset=utf-8" in kind.lower().replace('"', ""), where(answer)


def test_no_other_site_may_read_an_answer(production):
    for path in ("/", "/find/points.json?text=lunch", "/static/website/hereabouts.js"):
        for origin in ("https://elsewhere.example", "null", f"https://{HOST}.elsewhere.example"):
            answer = production.get(path, headers={"Origin": origin})
            b"".join(answer.streaming_content if answer.streaming else [])
            assert not answer.has_header("Access-Control-Allow-Origin")
            assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_every_cookie_is_ours_alone(production):
    """Of this host, over https, out of reach of scripts and of other sites' requests."""
    tour(production)
    production.get("/sign-in/link/", {"link": "x"})
    user = User.objects.create_user("sam@example.org", email="sam@example.org", password="kettle bus gravel")
    user.groups.add(make_roles()[Role.MODERATOR])
    came_in = production.post("/sign-in/", {"login": "sam@example.org", "password": "kettle bus gravel"})
    assert came_in.status_code == 302
    assert {name for name in production.cookies if "session" in name}
    assert len(production.cookies) >= 3
    for name, cookie in production.cookies.items():
        assert name.startswith("__Host-"), name
        assert cookie["secure"], name
        assert cookie["httponly"], name
        assert cookie["path"] == "/", name
        assert not cookie["domain"], name
        assert cookie["samesite"] in {"Lax", "Strict"}, name
        assert len(f"{name}{cookie.value}") <= 4096, name


def test_what_is_shown_to_somebody_signed_in_is_kept_by_no_browser(production, client):
    user = User.objects.create_superuser("sam@example.org", "sam@example.org", "kettle bus gravel")
    production.force_login(user)
    for path in ("/", "/admin/", "/find/?text=lunch", "/sign-in/how/"):
        answer = production.get(path, follow=True)
        assert "no-store" in answer["Cache-Control"], path


def test_every_page_of_somebody_signed_in_leads_to_signing_out(as_role):
    client = as_role(Role.ADMINISTRATOR)
    for path in ("/admin/", "/sign-in/how/"):
        assert "/sign-in/out/" in (page := client.get(path).content.decode()) or "/admin/logout/" in page, path


def test_asking_changes_nothing(client):
    """A link or a picture of another site can make a browser ask, and no more."""
    asset = make_asset(name="Riverside Lunch Club")
    for path in (reverse("directory:my_list_change"), "/sign-in/out/"):
        answer = client.get(path, {"add": asset.pk})
        assert answer.status_code in {302, 405}, path
        assert not [name for name in answer.cookies if "list" in name]


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Forwarded-Host", "X-Request-ID"])
def test_what_a_visitor_writes_into_a_proxy_s_headers_changes_nothing(production, name):
    plain = production.get("/privacy/")
    told = production.get("/privacy/", headers={name: "evil.example.org"})
    assert told.status_code == plain.status_code == 200
    assert told.content == plain.content
    assert "evil" not in str(told.headers)


def test_the_same_name_twice_counts_once_and_never_from_another_part_of_the_request(client, data_dir):
    """Of two values in one place the last is taken; what the address says does not reach what a form says."""
    make_asset(name="Riverside Lunch Club")
    assert "Riverside Lunch Club" in client.get("/find/?text=zzzz&text=lunch").content.decode()
    answer = client.post("/find/?text=zzzz", {"text": "lunch"}, follow=True)
    assert "Riverside Lunch Club" in answer.content.decode()


def test_a_failure_shows_nothing_of_the_inside(production, monkeypatch):
    def fails(*_args, **_kwargs):
        raise RuntimeError("postgresql://hereabouts:secret@10.0.0.1/x SELECT * FROM accounts_user")

    monkeypatch.setattr(HomePage, "get_context", fails)
    production.raise_request_exception = False
    answer = production.get("/")
    assert answer.status_code == 500
    shown = answer.content.decode()
    for word in ("secret", "SELECT", "Traceback", "RuntimeError", "/site/", "Django", "10.0.0.1"):
        assert word not in shown
    assert policy(answer).keys() & WITHIN


def test_signing_out_clears_what_the_browser_kept(as_role):
    answer = as_role(Role.EDITOR).post("/sign-in/out/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not answer.cookies[settings.SESSION_COOKIE_NAME].value
