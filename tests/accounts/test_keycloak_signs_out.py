"""A real Keycloak says that somebody signed out there."""

import base64
import json

import jwt
import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings as at_start
from django.test import Client

from tests.accounts.front_door import signed_in
from tests.accounts.keycloak import GROUPS, HOST, AtKeycloak, come_in
from tests.accounts.own_keycloak import Listener, OwnKeycloak
from tests.outbox.machine import until

pytestmark = pytest.mark.skipif(
    not at_start.TEST_OIDC_ISSUER,
    reason="No OpenID Connect provider: start ../shared/keycloak/server and export what it prints.",
)
DOOR = "/sign-in/council/signed-out/"


@pytest.fixture(scope="session")
def keycloak(tmp_path_factory):
    with OwnKeycloak(tmp_path_factory.mktemp("keycloak")) as keycloak:
        yield keycloak


@pytest.fixture(autouse=True)
def staff_sign_in_at_keycloak(settings, keycloak):
    settings.OIDC_ISSUER = keycloak.issuer
    settings.OIDC_CLIENT_ID = settings.TEST_OIDC_CLIENT_ID
    settings.OIDC_CLIENT_SECRET = settings.TEST_OIDC_CLIENT_SECRET
    settings.OIDC_ROLES = {group: group.removesuffix("s") for group in GROUPS}


@pytest.fixture
def client():
    return Client(**HOST)


@pytest.fixture
def listener(keycloak):
    """In our place, so that a test can do with a message what it likes."""
    listener = Listener()
    keycloak.tell_who_signed_out(f"{listener.address}/ours")
    yield listener
    listener.stop()


def sid(client):
    """What Keycloak calls this browser's session."""
    return UserSession.objects.get(session_key=client.session.session_key).data["sid"]


def message(client, keycloak, listener):
    """Keycloak's message that this browser's session ended there, which we were not told of."""
    keycloak.admin.ask("DELETE", f"sessions/{sid(client)}")
    return listener.message("/ours")


def hear(token):
    return Client(enforce_csrf_checks=True, **HOST).post(DOOR, {"logout_token": token}).status_code


@pytest.mark.django_db(transaction=True)
def test_a_session_that_ends_at_keycloak_ends_here_and_those_of_other_browsers_go_on(keycloak, live_server):
    keycloak.tell_who_signed_out(live_server.url.replace("localhost", "127.0.0.1") + DOOR)
    here, elsewhere, colleague = (Client(**HOST) for _each in range(3))
    come_in(here, "moderator")
    come_in(elsewhere, "moderator")
    come_in(colleague, "editor")
    keycloak.admin.ask("DELETE", f"sessions/{sid(here)}")
    until(lambda: signed_in(here) is None, "the end of one session")
    assert here.get("/admin/").status_code == 302
    assert elsewhere.get("/admin/").status_code == 200
    keycloak.admin.sign_out("moderator")
    until(lambda: signed_in(elsewhere) is None, "the end of all sessions")
    assert signed_in(colleague)


@pytest.mark.django_db
def test_a_message_of_keycloak_s_is_obeyed_once(client, keycloak, listener):
    come_in(client, "moderator")
    token = message(client, keycloak, listener)
    assert hear(token) == 200
    assert signed_in(client) is None
    come_in(client, "moderator")
    assert hear(token) == 400
    assert signed_in(client)


def part(claims):
    return base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")


def numbered_anew(token):
    head, _claims, signature = token.split(".")
    told = jwt.decode(token, options={"verify_signature": False})
    return f"{head}.{part({**told, 'jti': 'another'})}.{signature}"


def signed_otherwise(token):
    head, claims, signature = token.split(".")
    return f"{head}.{claims}.{signature[::-1]}"


def unsigned(token):
    return f"{part({**jwt.get_unverified_header(token), 'alg': 'none'})}.{token.split('.')[1]}."


@pytest.mark.django_db
@pytest.mark.parametrize("altered", [numbered_anew, signed_otherwise, unsigned])
def test_a_message_of_keycloak_s_that_was_altered_signs_nobody_out(client, keycloak, listener, altered):
    come_in(client, "moderator")
    token = message(client, keycloak, listener)
    assert hear(altered(token)) == 400
    assert signed_in(client)
    assert hear(token) == 200


@pytest.mark.django_db
def test_a_message_of_keycloak_s_for_another_site_signs_nobody_out(client, keycloak, listener, settings):
    """About the very same session."""
    keycloak.make_neighbour(f"{listener.address}/neighbour")
    browser = AtKeycloak()
    come_in(client, "moderator", browser)
    settings.OIDC_CLIENT_ID = "neighbour"
    come_in(Client(**HOST), "moderator", browser)
    settings.OIDC_CLIENT_ID = settings.TEST_OIDC_CLIENT_ID
    ours, theirs = message(client, keycloak, listener), listener.message("/neighbour")
    claims = [jwt.decode(token, options={"verify_signature": False}) for token in (ours, theirs)]
    assert [one["aud"] for one in claims] == ["hereabouts", "neighbour"]
    assert claims[0]["sid"] == claims[1]["sid"]
    assert hear(theirs) == 400
    assert signed_in(client)
    assert hear(ours) == 200
