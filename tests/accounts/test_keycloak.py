"""The front door before a real Keycloak."""

import datetime as dt
import re
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from django.conf import settings as at_start
from django.test import Client
from django.urls import reverse

from accounts.id_tokens import TokenRefused, read_id_token
from accounts.models import User
from tests.accounts.front_door import signed_in, words
from tests.accounts.keycloak import GROUPS, HOST, AtKeycloak, KeycloakAdmin, come_in, path_of, start, way_back

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not at_start.TEST_OIDC_ISSUER,
        reason="No OpenID Connect provider: start ../shared/keycloak/server and export what it prints.",
    ),
]
# Seconds for which an id token of this Keycloak is good.
LASTS = 300
TEST_ADMIN = {
    "grant_type": "client_credentials",
    "client_id": "test-admin",
    "client_secret": at_start.TEST_OIDC_CLIENT_SECRET,
}


@pytest.fixture(autouse=True)
def staff_sign_in_at_keycloak(settings):
    for name in ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
        setattr(settings, name, getattr(settings, f"TEST_{name}"))
    settings.OIDC_NAME = "your example account"
    settings.OIDC_ROLES = {group: group.removesuffix("s") for group in GROUPS}


@pytest.fixture
def client():
    return Client(**HOST)


@pytest.fixture
def keycloak_admin():
    return KeycloakAdmin(at_start.TEST_OIDC_ISSUER, **TEST_ADMIN)


def roles_of(username):
    return sorted(User.objects.get(email=f"{username}@example.org").groups.values_list("name", flat=True))


@pytest.mark.parametrize("username", [group.removesuffix("s") for group in GROUPS])
def test_a_first_sign_in_makes_an_account_with_the_role_of_the_group(client, username):
    assert come_in(client, username).status_code == 302
    assert roles_of(username) == [username.capitalize()]
    assert signed_in(client)


def test_a_new_group_is_a_new_role_and_a_group_that_is_left_a_role_that_is_gone(client, keycloak_admin):
    come_in(client, "editor")
    keycloak_admin.join("editor", "moderators")
    keycloak_admin.leave("editor", "editors")
    try:
        come_in(Client(**HOST), "editor")
    finally:
        keycloak_admin.join("editor", "editors")
        keycloak_admin.leave("editor", "moderators")
    assert roles_of("editor") == ["Moderator"]


def test_whose_only_group_is_gone_does_not_come_in_and_is_signed_out_where_they_were(client, keycloak_admin):
    come_in(client, "editor")
    keycloak_admin.leave("editor", "editors")
    try:
        found = come_in(Client(**HOST), "editor")
    finally:
        keycloak_admin.join("editor", "editors")
    assert found.status_code == 403
    assert "nobody has said yet what you do here. Ask your manager" in words(found)
    assert roles_of("editor") == []
    assert client.get("/admin/").status_code == 302


def test_somebody_in_no_group_has_no_account_and_is_told_whom_to_ask(client):
    found = come_in(client, "newcomer")
    assert found.status_code == 403
    assert "Ask your manager, or whoever runs this directory at your council" in words(found)
    assert not User.objects.exists()


def test_somebody_else_can_sign_in_after_a_refusal(client):
    browser = AtKeycloak()
    come_in(client, "newcomer", browser)
    browser.get(client.post(reverse("account_logout")).context["place"])
    assert come_in(client, "moderator", browser).status_code == 302


def test_somebody_disabled_is_refused_there(client):
    browser = AtKeycloak()
    assert browser.let_in(start(client), "leaver") == ""
    assert "Account is disabled" in browser.said


def test_somebody_disabled_later_does_not_come_in_again(client, keycloak_admin):
    come_in(client, "commissioner")
    keycloak_admin.set_enabled("commissioner", False)
    try:
        browser = AtKeycloak()
        assert browser.let_in(start(Client(**HOST)), "commissioner") == ""
        assert "Account is disabled" in browser.said
    finally:
        keycloak_admin.set_enabled("commissioner", True)


def test_an_account_closed_here_is_told_so(client):
    come_in(client, "moderator")
    User.objects.update(is_active=False)
    found = come_in(Client(**HOST), "moderator")
    assert found.status_code == 403
    assert "Your account has been closed." in words(found)


def test_an_address_that_is_not_verified_is_refused(client):
    found = come_in(client, "unverified")
    assert found.status_code == 403
    assert "has not yet made sure that your e-mail address is yours" in words(found)
    assert not User.objects.exists()


def test_signing_out_here_signs_out_there_and_leads_back(client, keycloak_admin):
    browser, before = AtKeycloak(), keycloak_admin.sessions("moderator")
    come_in(client, "moderator", browser)
    assert len(keycloak_admin.sessions("moderator")) == len(before) + 1
    place = client.post(reverse("account_logout")).context["place"]
    left = browser.get(place)
    assert signed_in(client) is None
    assert left.headers["Location"] == "http://127.0.0.1/sign-in/out/done/"
    assert keycloak_admin.sessions("moderator") == before
    # Keycloak asks for the password again.
    assert not browser.get(start(client)).is_redirect


def test_signed_out_there_somebody_must_sign_in_there_to_come_in_again(client, keycloak_admin):
    browser = AtKeycloak()
    come_in(client, "moderator", browser)
    keycloak_admin.sign_out("moderator")
    client.post(reverse("account_logout"))
    assert not browser.get(start(client)).is_redirect


def test_an_answer_is_good_once_and_in_one_browser(client):
    back = way_back(client, "moderator")
    assert Client(**HOST).get(back).status_code == 403
    assert client.get(back).status_code == 302
    again = client.get(back)
    assert again.status_code == 403
    assert "was used before, or belongs to another window" in words(again)


def with_code(back, code):
    state = parse_qs(urlsplit(back).query)["state"][0]
    return f"/sign-in/council/answer/?state={state}&code={code}"


def code_in(back):
    return parse_qs(urlsplit(back).query)["code"][0]


def test_a_code_that_was_used_is_refused_by_keycloak_and_in_words(client):
    browser = AtKeycloak()
    first = way_back(client, "moderator", browser)
    client.get(first)
    client.post(reverse("account_logout"))
    found = client.get(with_code(way_back(client, "moderator", browser), code_in(first)))
    assert found.status_code == 403
    assert "The sign-in service did not confirm that it was you." in words(found)
    assert signed_in(client) is None


def test_a_stolen_code_is_no_use_without_the_secret_of_the_browser_that_asked(client):
    """PKCE: another browser's code with a state of one's own."""
    victim, thief = Client(**HOST), client
    stolen = code_in(way_back(victim, "administrator"))
    found = thief.get(with_code(way_back(thief, "moderator"), stolen))
    assert "did not confirm that it was you" in words(found)
    assert signed_in(thief) is None


@pytest.mark.parametrize("change", [{"code": "tampered"}, {"state": "tampered"}, {"iss": "https://evil.example.org"}])
def test_an_answer_that_was_tampered_with_is_refused_in_words(client, change):
    back = way_back(client, "moderator")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    found = client.get("/sign-in/council/answer/", {**asked, **change})
    assert found.status_code == 403
    assert "Back to the start of signing in" in words(found)
    assert signed_in(client) is None


def test_another_nonce_than_the_one_sent_is_refused(client):
    there = re.sub(r"nonce=[^&]+", "nonce=another", start(client))
    found = client.get(path_of(AtKeycloak().let_in(there, "moderator")))
    assert found.status_code == 403
    assert "belongs to another try" in words(found)


def test_a_token_of_the_same_keycloak_for_another_client_signs_nobody_out(client):
    """Signed by the right key, and meant for somebody else."""
    issuer = at_start.TEST_OIDC_ISSUER
    answer = requests.post(f"{issuer}/protocol/openid-connect/token", TEST_ADMIN, timeout=60).json()
    assert jwt.decode(answer["access_token"], options={"verify_signature": False})["iss"] == issuer
    found = client.post("/sign-in/council/signed-out/", {"logout_token": answer["access_token"]})
    assert found.status_code == 400


@pytest.fixture
def our_clock(monkeypatch):
    """`our_clock(seconds)`: what reads tokens believes that it is so much later; below nothing, earlier."""

    def go(seconds):
        class Otherwise(dt.datetime):
            @classmethod
            def now(cls, tz=None):
                return dt.datetime.now(tz) + dt.timedelta(seconds=seconds)

        monkeypatch.setattr("jwt.api_jwt.datetime", Otherwise)

    return go


@pytest.mark.parametrize(("seconds", "told"), [(3600, "is too old"), (-3600, "dated in the future")])
def test_when_the_two_clocks_are_an_hour_apart_nobody_comes_in_and_the_page_says_why(client, our_clock, seconds, told):
    our_clock(seconds)
    found = come_in(client, "moderator")
    assert found.status_code == 403
    assert told in words(found)
    assert signed_in(client) is None


@pytest.mark.parametrize("seconds", [LASTS + 45, -45])
def test_clocks_that_differ_by_less_than_a_minute_do_not_matter(client, our_clock, seconds):
    our_clock(seconds)
    assert come_in(client, "moderator").status_code == 302
    assert signed_in(client)


def test_a_keycloak_that_calls_itself_otherwise_than_we_were_told_is_not_gone_to(client, settings):
    settings.OIDC_ISSUER = settings.OIDC_ISSUER.replace("127.0.0.1", "localhost")
    found = client.post("/sign-in/council/")
    assert found.status_code == 403
    assert "says that it is another one than we were told" in words(found)


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ({"client_id": "another-site"}, "meant for another site"),
        ({"issuer": "https://evil.example.org"}, "another service"),
    ],
)
def test_a_token_of_keycloak_s_opens_no_door_but_ours(client, settings, expected, told):
    come_in(client, "moderator")
    ours = {"issuer": settings.OIDC_ISSUER, "client_id": settings.OIDC_CLIENT_ID}
    keys = requests.get(f"{settings.OIDC_ISSUER}/protocol/openid-connect/certs", timeout=60).json()
    assert read_id_token(client.session["id_token"], **ours, keys=lambda: keys)
    with pytest.raises(TokenRefused, match=told):
        read_id_token(client.session["id_token"], **{**ours, **expected}, keys=lambda: keys)
