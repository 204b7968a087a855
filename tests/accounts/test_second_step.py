"""The second step: who needs it, what opens before it, codes that open once, and secrets that are sealed."""

import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.exceptions import InvalidTag
from django.test import Client
from django.urls import reverse

from accounts.links import give_link
from accounts.models import User
from accounts.roles import Role, make_roles
from accounts.sealing import opened, sealed
from accounts.second_step import needs_second_step
from tests.accounts.front_door import (
    SECRET,
    code_at,
    give_app,
    has_step,
    make_person,
    sign_in,
    signed_in,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_in_earnest(settings):
    settings.SECOND_STEP_REQUIRED = True


@pytest.mark.parametrize("role", Role)
def test_a_role_that_sees_people_needs_a_second_step_whatever_is_set(role, settings):
    settings.SECOND_STEP_FOR_ALL = False
    sees = {Role.ADMINISTRATOR, Role.COORDINATOR, Role.PROVIDER}
    assert needs_second_step(make_person("sam@example.org", role)) == (role in sees)


def test_nothing_opens_before_it_is_set_up(client):
    make_person("sam@example.org", Role.ADMINISTRATOR)
    sign_in(client)
    for path in ("/admin/", "/", "/find/?text=lunch", "/admin/users/"):
        assert client.get(path).url == reverse("mfa_index"), path
    assert "Set up one of these two before you go on." in words(client.get(reverse("mfa_index")))


@pytest.mark.parametrize("name", ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "usersessions_list"])
def test_what_sets_it_up_is_open(client, name):
    make_person("sam@example.org", Role.ADMINISTRATOR)
    sign_in(client)
    assert client.get(reverse(name)).status_code == 200


def test_everybody_who_comes_by_a_password_needs_one_unless_it_is_set_otherwise(client, settings):
    make_person("other@example.org", Role.EDITOR)
    sign_in(client, "other@example.org")
    assert client.get("/admin/").url == reverse("mfa_index")
    settings.SECOND_STEP_FOR_ALL = False
    assert client.get("/admin/").status_code == 200


def test_whoever_is_not_to_see_people_may_do_without(client, settings):
    settings.SECOND_STEP_FOR_ALL = False
    make_person("sam@example.org", Role.EDITOR)
    sign_in(client)
    assert client.get("/admin/").status_code == 200


def test_a_role_given_at_noon_asks_for_it_from_noon(client, settings):
    settings.SECOND_STEP_FOR_ALL = False
    user = make_person("sam@example.org", Role.EDITOR)
    sign_in(client)
    user.groups.add(make_roles()[Role.COORDINATOR])
    assert client.get("/admin/").url == reverse("mfa_index")


def set_up_app(client):
    """From the page to the codes; what the app was told."""
    shown = words(client.get(reverse("mfa_activate_totp")))
    secret = re.search(r"The letters: (\w+)", shown)[1]
    return secret, client.post(reverse("mfa_activate_totp"), {"code": code_at(secret=secret)})


def test_an_app_is_set_up_and_codes_to_write_down_are_shown_once(client):
    user = make_person("sam@example.org", Role.ADMINISTRATOR)
    sign_in(client)
    _secret, done = set_up_app(client)
    assert done.url == reverse("mfa_view_recovery_codes")
    assert len(re.findall(r"\b\d{8}\b", words(client.get(done.url)))) == 10
    assert re.findall(r"\b\d{8}\b", words(client.get(done.url))) == []
    assert has_step(user)
    assert client.get("/admin/").status_code == 200


def test_a_wrong_code_sets_nothing_up(client):
    user = make_person("sam@example.org", Role.ADMINISTRATOR)
    sign_in(client)
    client.get(reverse("mfa_activate_totp"))
    assert "The code is not right" in words(client.post(reverse("mfa_activate_totp"), {"code": "000000"}))
    assert not has_step(user)


def at_second_step(client, **fields):
    give_app(make_person("sam@example.org", Role.ADMINISTRATOR, **fields))
    found = sign_in(client)
    assert found.url == reverse("mfa_authenticate")
    return client


def test_the_password_alone_lets_nobody_in(client):
    at_second_step(client)
    assert signed_in(client) is None
    assert client.get("/admin/").status_code == 302


def test_the_code_of_the_app_does(client):
    at_second_step(client)
    assert client.post(reverse("mfa_authenticate"), {"code": code_at()}).url == reverse("wagtailadmin_home")
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("code", ["", "0", "000000", "abcdef", "\x00", "9" * 500, "１２３４５６"])
def test_no_other_code_does(client, code):
    at_second_step(client)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert signed_in(client) is None


def test_a_code_opens_once_whichever_process_is_asked(client):
    at_second_step(client)
    code = code_at()
    client.post(reverse("mfa_authenticate"), {"code": code})
    other = Client()
    sign_in(other)
    # Another process has a cache of its own.
    from django.core.cache import cache

    cache.clear()
    assert "was used already" in words(other.post(reverse("mfa_authenticate"), {"code": code}))
    assert signed_in(other) is None


def test_a_code_that_was_written_down_opens_once(client):
    at_second_step(client)
    user = Authenticator.objects.get().user
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    other = Client()
    sign_in(other)
    assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


def test_guesses_at_the_code_are_slowed_down_and_lock_no_known_device_out(client):
    at_second_step(client)
    client.post(reverse("mfa_authenticate"), {"code": code_at()})
    client.post(reverse("account_logout"))
    thief = Client()
    sign_in(thief)
    for _time in range(6):
        found = thief.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Too many wrong tries" in words(found)
    sign_in(client)
    assert "Too many" not in words(client.post(reverse("mfa_authenticate"), {"code": "000000"}))


def test_the_app_is_not_removed_by_whoever_passes_an_open_screen(client):
    at_second_step(client)
    client.post(reverse("mfa_authenticate"), {"code": code_at()})
    session = client.session
    session["signed_in_at"] -= 3600
    session.save()
    found = client.post(reverse("mfa_deactivate_totp"))
    assert found.url.startswith(reverse("account_reauthenticate"))
    again = client.post(found.url, {"password": "not it"})
    assert "The password is not right." in words(again)
    client.post(found.url, {"password": "kettle bus gravel"})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()


def test_secrets_are_sealed_in_the_database(client, settings):
    user = give_app(make_person("sam@example.org", Role.ADMINISTRATOR))
    kept = Authenticator.objects.get(user=user).data["secret"]
    assert SECRET not in kept
    assert opened(kept) == SECRET
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret of this site"
    assert opened(kept) == SECRET
    assert sealed("a") != sealed("a")


def test_what_was_altered_is_not_opened():
    kept = sealed("a secret")
    for place in (3, 20, -4):
        other = "A" if kept[place] != "A" else "B"
        with pytest.raises(InvalidTag):
            opened(kept[:place] + other + kept[place + 1 or None :])


def test_a_link_by_letter_does_not_get_round_the_second_step(client):
    user = give_app(make_person("sam@example.org", Role.ADMINISTRATOR))
    client.get(give_link(user, lasting=dt.timedelta(hours=1)).partition("8000")[2])
    client.post("/sign-in/link/", {"password": "three words together", "again": "three words together"})
    assert sign_in(client, password="three words together").url == reverse("mfa_authenticate")
    assert signed_in(client) is None


def test_a_second_step_that_changes_ends_the_sessions_elsewhere(client, django_capture_on_commit_callbacks):
    elsewhere = Client()
    at_second_step(elsewhere)
    written = RecoveryCodes.activate(User.objects.get()).get_unused_codes()[0]
    elsewhere.post(reverse("mfa_authenticate"), {"code": written})
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_at()})
    assert elsewhere.get("/admin/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_deactivate_totp"))
    assert signed_in(client)
    assert elsewhere.get("/admin/").status_code == 302


MADE_UP = [
    "",
    "{}",
    "[]",
    "null",
    "7",
    '{"id": "x"}',
    '{"response": {"userHandle": "MQ"}}',
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"userHandle": "MQ", "clientDataJSON": "e30",'
    ' "authenticatorData": "eA", "signature": "eA", "attestationObject": "eA"}}',
    '{"response": {"userHandle": 7}}',
    "\x00",
    "[" * 19_000,
    "[" * 200_000,
]


@pytest.mark.parametrize("credential", MADE_UP, ids=range(len(MADE_UP)))
def test_a_passkey_that_was_made_up_lets_nobody_in(client, credential):
    asked = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"}).json()
    assert asked["request_options"]["publicKey"]["challenge"]
    assert client.post(reverse("mfa_login_webauthn"), {"credential": credential}).status_code == 302
    at_second_step(client)
    client.get(reverse("mfa_authenticate"))
    assert client.post(reverse("mfa_authenticate"), {"credential": credential}).status_code == 200
    assert signed_in(client) is None


@pytest.mark.parametrize("credential", MADE_UP, ids=range(len(MADE_UP)))
def test_a_passkey_that_was_made_up_is_not_added(client, credential):
    make_person("sam@example.org", Role.ADMINISTRATOR)
    sign_in(client)
    client.get(reverse("mfa_add_webauthn"))
    assert client.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": credential}).status_code == 200
    assert not Authenticator.objects.exists()
