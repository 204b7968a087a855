"""What is turned away, and in which words."""

import io

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import rates
from config.client_address import client_address, household
from config.environment import log_format, rate_limits
from config.rates import Allowances
from tests.factories.directory import make_asset

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def limited(settings, monkeypatch):
    """Limits as low as given, with nothing used up: `limited(searches=2)`."""

    def limit(**limits):
        monkeypatch.setattr(rates, "allowances", Allowances())
        settings.RATE_LIMITS = {**settings.RATE_LIMITS, **{name.replace("_", "-"): n for name, n in limits.items()}}

    return limit


def test_one_address_has_so_many_a_minute_all_at_once_if_need_be_and_then_one_after_another():
    allowed = Allowances(slots=8)
    assert [allowed.wait("one", 3, now=100.0) for _each in range(3)] == [0, 0, 0]
    assert allowed.wait("one", 3, now=100.0) == 20
    assert allowed.wait("one", 3, now=110.0) == 10
    assert allowed.wait("one", 3, now=120.0) == 0
    assert allowed.wait("one", 3, now=121.0) > 0


def test_asking_too_often_says_in_words_when_to_try_again(client, limited):
    limited(searches=2)
    assert [client.get("/find/").status_code for _each in range(3)] == [200, 200, 429]
    refused = client.get("/find/")
    assert 1 <= int(refused["Retry-After"]) <= 30
    assert f"try again in {refused['Retry-After']} second" in refused.content.decode()
    assert refused["Cache-Control"] == "private, no-store"


def test_kinds_are_counted_apart(client, limited):
    asset = make_asset(name="Riverside Lunch Club")
    limited(searches=1, pages=1, sheets=1, suggestions=1, answers=1, sign_ins=1)
    doors = [
        ("get", "/find/"), ("get", "/privacy/"), ("get", f"/listing/{asset.slug}/sheet.pdf"),
        ("post", "/find/suggest.json"), ("post", "/my-list/change/"), ("post", "/sign-in/"),
    ]  # fmt: skip
    assert [getattr(client, method)(path).status_code for method, path in doors] == [200, 200, 200, 200, 302, 200]
    assert [getattr(client, method)(path).status_code for method, path in doors] == [429] * 6


def test_a_library_of_forty_computers_is_never_told_to_wait(client, settings, monkeypatch, limited):
    limited(**rate_limits(""))
    clock = iter(n / 20 for n in range(10_000))
    monkeypatch.setattr(rates.time, "monotonic", lambda: next(clock))
    asked = ["/find/", "/privacy/", "/areas/"]
    assert {client.get(asked[n % 3]).status_code for n in range(300)} == {200}


def test_addresses_are_counted_apart_and_those_of_one_ipv6_line_together(client, limited):
    limited(pages=1)
    ask = lambda address: client.get("/privacy/", REMOTE_ADDR=address).status_code  # noqa: E731
    assert [ask("192.0.2.1"), ask("192.0.2.2"), ask("192.0.2.1")] == [200, 200, 429]
    assert [ask("2001:db8::1"), ask("2001:db8::2"), ask("2001:db8:0:1::1")] == [200, 429, 200]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.7", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "127.0.0.1"),
        (1, "not an address", "127.0.0.1"),
        (1, "198.51.100.7, <script>", "127.0.0.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_so_many_proxies_are_believed_as_the_setting_says(rf, settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    assert client_address(rf.get("/", headers={"x-forwarded-for": forwarded})) == address


def test_what_is_no_address_is_counted_together():
    assert household("unix:") == household("") == "unknown"
    assert household("::ffff:192.0.2.1") == "192.0.2.1"


@pytest.mark.parametrize("given", ["searches", "nonsense=3", "searches=-1", "searches=many", "searches=1.5"])
def test_a_limit_that_cannot_be_read_is_said(given):
    with pytest.raises(ImproperlyConfigured, match="is not a limit"):
        rate_limits(given)


def test_limits_can_be_changed_and_taken_away(client, limited):
    assert rate_limits("searches=5, sheets=0")["searches"] == 5
    assert rate_limits("searches=5, sheets=0")["sheets"] == 0
    with pytest.raises(ImproperlyConfigured, match="json or plain"):
        log_format("xml")


@pytest.mark.parametrize(
    ("extra", "status", "words"),
    [
        ({"CONTENT_LENGTH": "262145"}, 413, "more than we can take"),
        ({"CONTENT_LENGTH": "9" * 30}, 413, "more than we can take"),
        ({"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}, 411, "how long that is"),
    ],
)
def test_a_body_that_is_too_long_or_does_not_say_is_not_read(client, extra, status, words):
    refused = client.post("/find/", {"text": "lunch"}, **extra)
    assert refused.status_code == status
    assert words in refused.content.decode()


def test_too_many_fields_are_more_than_we_can_take(client):
    body = "&".join(f"a{n}=1" for n in range(3_100))
    refused = client.post("/my-list/change/", body, content_type=FORM)
    assert refused.status_code == 413
    assert "more than we can take" in refused.content.decode()


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "BREW", "PROPFIND"])
def test_methods_that_nobody_knows_are_refused_in_words(client, method):
    refused = client.generic(method, "/find/")
    assert refused.status_code == 405
    assert "cannot be asked in that way" in refused.content.decode()


def test_a_door_that_takes_another_method_says_so_in_words(client):
    refused = client.get("/my-list/change/")
    assert (refused.status_code, refused["Allow"]) == (405, "POST")
    assert "cannot be asked in that way" in refused.content.decode()


def test_a_host_that_is_not_ours_is_refused_in_words(client):
    refused = client.get("/privacy/", headers={"host": "elsewhere.example.org"})
    assert refused.status_code == 400
    assert "not our address" in refused.content.decode()
    assert "elsewhere" not in refused.content.decode()


class Broken(io.BytesIO):
    """A line that fails half-way."""

    def read(self, *_size):
        raise ConnectionResetError("gone")


def test_a_line_that_fails_half_way_is_nobody_s_fault(client):
    refused = client.generic("POST", "/find/", **{"wsgi.input": Broken(), "CONTENT_LENGTH": "50", "CONTENT_TYPE": FORM})
    assert refused.status_code == 400
    assert "could not read" in refused.content.decode()
