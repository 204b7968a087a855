"""Signing out at both ends: here and then at the provider, and here because the provider says so."""

import time
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from tests.accounts.front_door import make_person, signed_in, words
from tests.accounts.own_provider import go, make_key

pytestmark = pytest.mark.django_db
NOW = int(time.time())


def test_signing_out_goes_on_to_the_provider_with_its_own_token(client, provider):
    go(client, provider)
    found = client.post(reverse("account_logout"))
    assert signed_in(client) is None
    place = urlsplit(found.context["place"])
    asked = parse_qs(place.query)
    assert f"{place.scheme}://{place.netloc}{place.path}" == f"{provider.issuer}/end"
    assert jwt.decode(asked["id_token_hint"][0], options={"verify_signature": False})["sub"] == "person-1"
    assert asked["post_logout_redirect_uri"] == ["http://testserver/sign-in/out/done/"]
    assert 'http-equiv="refresh"' in found.content.decode()
    assert found.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_signing_out_is_done_here_when_the_provider_is_silent(client, provider):
    go(client, provider)
    provider.answers["/.well-known/openid-configuration"] = (500, {})
    found = client.post(reverse("account_logout"), follow=True)
    assert signed_in(client) is None
    assert "could not be reached, and may still know you" in words(found)


def hear(token):
    return Client(enforce_csrf_checks=True).post("/sign-in/council/signed-out/", {"logout_token": token})


def test_who_signs_out_at_the_provider_is_signed_out_here(client, provider):
    go(client, provider)
    assert hear(provider.logout_token()).status_code == 200
    assert client.get("/admin/").status_code == 302


def test_signing_out_of_one_session_leaves_the_others(client, provider):
    go(client, provider)
    provider.claims = {"sid": "session-2"}
    other = Client()
    go(other, provider)
    hear(provider.logout_token(sid="session-2"))
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302


def test_a_message_with_the_person_alone_ends_all_their_sessions_from_there(client, provider):
    go(client, provider)
    password = Client()
    password.force_login(make_person("sam@example.org", Role.MODERATOR))
    hear(provider.logout_token(sid=None))
    assert client.get("/admin/").status_code == 302
    assert password.get("/admin/").status_code == 200


UNTRUE = {
    "wrong issuer": {"iss": "https://evil.example.org"},
    "wrong audience": {"aud": "another-site"},
    "expired": {"exp": NOW - 120},
    "old": {"iat": NOW - 3600, "exp": None},
    "no event": {"events": {}},
    "nonsense events": {"events": "logout"},
    "an id token": {"nonce": "x"},
    "nobody": {"sub": None, "sid": None},
    "no number": {"jti": None},
    "future": {"iat": NOW + 7200},
    "another kind of token": {"kind": "JWT"},
    "no kind": {"kind": ""},
}


@pytest.mark.parametrize("claims", UNTRUE.values(), ids=UNTRUE)
def test_untrue_messages_sign_nobody_out(client, provider, claims):
    go(client, provider)
    found = hear(provider.logout_token(**claims))
    assert found.status_code == 400
    assert found.json()["error"] == "invalid_request"
    assert client.get("/admin/").status_code == 200


def test_a_message_signed_by_somebody_else_signs_nobody_out(client, provider):
    go(client, provider)
    provider.signing, _public = make_key("first")
    assert hear(provider.logout_token()).status_code == 400
    assert client.get("/admin/").status_code == 200


def test_a_message_is_obeyed_once(client, provider):
    token = provider.logout_token()
    assert hear(token).status_code == 200
    go(client, provider)
    assert hear(token).status_code == 400
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "\x00", "x" * 200_000])
def test_what_is_no_message_asks_the_provider_nothing(provider, token):
    assert hear(token).status_code == 400
    assert provider.asked == []
