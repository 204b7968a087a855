"""Every public address: the headers of each answer, and whatever a description of it allows to be sent."""

import json
from pathlib import PurePosixPath

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode

from tests.factories.directory import make_asset
from tests.security.public_doors import NUMBER, described, doors

pytestmark = pytest.mark.django_db
DOORS = doors()
ALWAYS = {
    "Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy",
    "Referrer-Policy", "X-Content-Type-Options", "X-Frame-Options", "X-Permitted-Cross-Domain-Policies", "X-Request-ID",
    "Cache-Control",
}  # fmt: skip
# What an address gives out, by its end; others give pages.
KINDS = {
    ".css": "text/css", ".ics": "text/calendar", ".json": "application/json", ".pdf": "application/pdf",
    "/map/areas.json": "application/geo+json",
    "/health/live": "text/plain", "/health/ready": "application/json", "/health/metrics": "text/plain",
}  # fmt: skip
STRICT = [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'",
    "form-action 'self'", "frame-ancestors 'none'",
]  # fmt: skip


@pytest.fixture
def client():
    made = Client()
    made.raise_request_exception = False
    return made


def assert_answered(answer):
    """503 is how the door of health says that something is missing."""
    assert answer.status_code < 500 or answer.status_code == 503


def assert_headers(answer):
    assert ALWAYS - set(answer.headers) == set()
    policy = answer["Content-Security-Policy"]
    assert [part for part in STRICT if part not in policy] == []
    assert "unsafe" not in policy
    assert "*" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    kept = answer["Cache-Control"]
    assert "public" in kept or "private" in kept or "no-cache" in kept or "max-age" in kept
    if answer.cookies or answer.status_code >= 400:
        assert "no-store" in kept or "no-cache" in kept
        assert "public" not in kept
    if "public" not in kept:
        assert "Cookie" in answer["Vary"]


def assert_kind(answer, path):
    """A page is what its address says; a refusal says why, in words."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    if answer.status_code < 300:
        assert kind == KINDS.get(path, KINDS.get(PurePosixPath(path).suffix, "text/html"))
    elif answer.status_code >= 400:
        assert kind in {"text/html", "application/json"}
        assert b"<h1" in answer.content or kind == "application/json"


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.path)
def test_every_answer_of_a_door_has_every_header(client, door):
    for method in ("get", "head", "post", "options", "put", "trace"):
        answer = getattr(client, method)(door.filled())
        assert_answered(answer)
        assert_headers(answer)
    refused = Client(enforce_csrf_checks=True).post(door.filled(), {"a": "b"})
    assert_answered(refused)
    assert_headers(refused)
    assert_headers(client.get(door.filled(), headers={"host": "evil.example"}))
    assert_headers(client.post(door.filled(), CONTENT_LENGTH="999999999"))


def fails(*_args, **_options):
    raise ValueError


def test_an_error_has_every_header(client, monkeypatch):
    monkeypatch.setattr("search.views.results_context", fails)
    answer = client.get("/find/")
    assert answer.status_code == 500
    assert_headers(answer)
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/static/website/hereabouts.css", "/static/none.css", "/media/images/none.png"])
def test_a_file_has_every_header(client, path):
    answer = client.get(path)
    assert_headers(answer)
    answer.close()


def test_the_admin_allows_nothing_inline_and_frames_of_its_own_alone(client):
    answer = client.get("/admin/")
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert {"frame-ancestors 'self'", "frame-src 'self'", "script-src 'self'"} <= {
        one.strip() for one in policy.split(";")
    }
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in answer["Cache-Control"]


def test_no_page_of_somebody_signed_in_is_kept(admin_client):
    for path in ("/", "/find/", "/privacy/", "/areas/", "/sign-in/how/", "/admin/"):
        assert "no-store" in admin_client.get(path, follow=True)["Cache-Control"], path


def test_a_page_for_anybody_may_be_kept_by_their_own_browser_and_asked_for_again(client):
    assert client.get("/privacy/")["Cache-Control"] == "private, no-cache"


def operations(**described_as):
    schema = schemathesis.openapi.from_dict(described(**described_as))
    return [found.ok() for found in schema.get_all_operations()]


@pytest.fixture
def listing():
    return make_asset(name="Riverside Lunch Club", reference="nothing", slug="nothing")


@pytest.mark.parametrize("operation", operations(), ids=lambda one: one.label)
def test_whatever_the_description_allows_is_answered(client, listing, operation):
    drive(client, operation, GenerationMode.POSITIVE, examples=8)


# What is no number is any text: quickly made, and as odd in a part that takes texts.
@pytest.mark.parametrize("operation", operations(part=NUMBER), ids=lambda one: one.label)
def test_whatever_the_description_does_not_allow_is_answered_too(client, listing, operation):
    """Texts where numbers belong, too long, of any letters; fields that nobody knows; lists and objects in a form."""
    drive(client, operation, GenerationMode.NEGATIVE, examples=3)


def drive(client, operation, mode, *, examples):
    limits = settings(
        derandomize=True, max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )

    @limits
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        kind = case.media_type or "application/x-www-form-urlencoded"
        # What does not fit comes as a form, and as what it says that it is not.
        bodies = [encoded(case.body, kind), *([as_json(case.body)] if mode.is_negative and case.media_type else [])]
        for body in bodies:
            answer = client.generic(case.method.upper(), case.formatted_path, body, kind, query_params=asked(case))
            assert_answered(answer)
            assert_headers(answer)
            assert_kind(answer, operation.path)

    ask()


def asked(case):
    return {name: value for name, value in (case.query or {}).items() if value is not None}


def as_json(body):
    return json.dumps(body, default=str).encode("utf-8", "surrogatepass")


def encoded(body, kind):
    """A form as a browser sends it."""
    from django.test.client import BOUNDARY, encode_multipart
    from django.utils.http import urlencode

    if not isinstance(body, dict):
        return b""
    fields = {name: str(value) for name, value in body.items()}
    if kind == "multipart/form-data":
        return encode_multipart(BOUNDARY, fields)
    return urlencode(fields).encode("utf-8", "surrogatepass")


def test_there_are_doors_to_ask():
    assert len(DOORS) > 40
    assert {"search:find", "account_login", "wagtail_serve"} <= {door.name for door in DOORS}
    assert django_settings.RATE_LIMITS["pages"] == 0
