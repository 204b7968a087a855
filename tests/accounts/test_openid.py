"""What is believed of an OpenID Connect provider's word, and what is refused, each in words."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.openid import claim_at, roles_in
from accounts.roles import Role
from tests.accounts.front_door import make_person, signed_in, words
from tests.accounts.own_provider import START, go, make_key, path_back, start

pytestmark = pytest.mark.django_db


def refused(response, said):
    assert response.status_code == 403
    assert said in words(response)
    assert "Back to the start of signing in" in words(response)


def roles_of(user):
    return sorted(user.groups.values_list("name", flat=True))


def test_the_way_there_carries_state_nonce_and_a_challenge(client, provider):
    asked = parse_qs(urlsplit(start(client)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert min(len(asked[name][0]) for name in ("state", "nonce", "code_challenge")) >= 16


def test_no_link_or_picture_elsewhere_signs_anybody_in(client, provider):
    assert client.get(START).status_code == 405
    assert Client(enforce_csrf_checks=True).post(START).status_code == 403
    assert provider.asked == []


def test_nothing_in_the_address_changes_what_is_asked_of_the_provider(client, provider):
    more = {"scope": "everything", "auth_params": "prompt=none", "process": "connect"}
    found = client.post(f"{START}?scope=everything&auth_params=prompt%3Dnone&process=connect", more)
    asked = parse_qs(urlsplit(found.context["place"]).query)
    assert sorted(asked["scope"][0].split()) == ["email", "openid", "profile"]
    assert "prompt" not in asked


def test_the_first_sign_in_makes_an_account_with_its_roles(client, provider):
    provider.claims = {"groups": ["dir-team", "golf-club"]}
    assert go(client, provider).url == reverse("wagtailadmin_home")
    user = User.objects.get()
    assert (user.first_name, user.last_name, user.email) == ("Mo", "Bright", "mo@example.org")
    assert roles_of(user) == ["Moderator"]
    assert not user.has_usable_password()
    assert client.get("/admin/").status_code == 200


def test_somebody_is_led_on_to_where_they_wanted_to_go_and_to_no_other_site(client, provider):
    wanted = reverse("wagtailsnippets_directory_asset:list")
    assert go(client, provider, next=wanted).url == wanted
    assert go(Client(), provider, next="https://evil.example.org/").url == reverse("wagtailadmin_home")


def test_roles_are_given_and_taken_away_at_each_sign_in(client, provider):
    go(client, provider)
    provider.claims = {"groups": ["dir-admins"]}
    go(Client(), provider)
    assert roles_of(User.objects.get()) == ["Administrator"]


@pytest.mark.parametrize("groups", [None, [], "", {}, 7, ["golf-club"], [None, {}, 7], {"dir-team": True}])
def test_nobody_without_a_role_comes_in_and_no_account_is_made(client, provider, groups):
    provider.claims = {"groups": groups}
    refused(go(client, provider), "nobody has said yet what you do here. Ask your manager")
    assert signed_in(client) is None
    assert not User.objects.exists()


def test_whose_last_role_is_gone_is_signed_out_everywhere(client, provider):
    elsewhere = Client()
    go(elsewhere, provider)
    provider.claims = {"groups": None}
    refused(go(client, provider), "nobody has said yet what you do here")
    assert roles_of(User.objects.get()) == []
    assert elsewhere.get("/admin/").status_code == 302


def test_an_account_is_the_issuer_and_the_subject_never_the_address(client, provider):
    make_person("mo@example.org", Role.ADMINISTRATOR)
    go(client, provider)
    provider.claims = {"sub": "person-2"}
    go(Client(), provider)
    assert User.objects.filter(email="mo@example.org").count() == 3
    assert roles_of(User.objects.get(username="mo@example.org")) == ["Administrator"]


def test_the_same_subject_of_another_issuer_is_somebody_else(client, provider, settings):
    go(client, provider)
    settings.OIDC_ISSUER = settings.OIDC_ISSUER.replace("127.0.0.1", "localhost")
    honest = provider.issuer
    provider.issuer = settings.OIDC_ISSUER
    go(Client(), provider)
    provider.issuer = honest
    assert User.objects.count() == 2


def test_a_changed_name_and_address_are_taken_over(client, provider):
    go(client, provider)
    provider.claims = {"family_name": "Okoro", "email": "mo.okoro@example.org"}
    go(Client(), provider)
    assert [(user.last_name, user.email) for user in User.objects.all()] == [("Okoro", "mo.okoro@example.org")]


def test_an_account_closed_here_is_told_so(client, provider):
    go(client, provider)
    User.objects.update(is_active=False)
    refused(go(Client(), provider), "Your account has been closed.")


def test_an_address_that_is_not_verified_is_refused(client, provider):
    provider.claims = {"email_verified": False}
    refused(go(client, provider), "has not yet made sure that your e-mail address is yours")
    assert not User.objects.exists()


def test_a_provider_that_says_nothing_of_addresses_is_believed(client, provider):
    provider.claims = {"email_verified": None}
    assert go(client, provider).status_code == 302


def test_an_account_of_the_council_gets_no_password_by_letter(client, provider, mailoutbox):
    go(client, provider)
    Client().post(reverse("ask_for_link"), {"email": "mo@example.org"})
    assert "/sign-in/link/" not in mailoutbox[0].body
    assert "sign in with your Thurrock account" in mailoutbox[0].body


NOW = int(time.time())
LIES = {
    "wrong issuer": ({"iss": "https://evil.example.org"}, "comes from another service"),
    "no issuer": ({"iss": None}, "comes from another service"),
    "wrong audience": ({"aud": "another-site"}, "was meant for another site"),
    "another's with ours": ({"aud": ["hereabouts", "another-site"]}, "was meant for another site"),
    "another party": ({"azp": "another-site"}, "was meant for another site"),
    "no audience": ({"aud": None}, "lacks something"),
    "expired": ({"exp": NOW - 120}, "is too old"),
    "never expires": ({"exp": None}, "lacks something"),
    "not yet": ({"iat": NOW + 3600 * 2, "exp": NOW + 3600 * 3}, "its clock and ours do not agree"),
    "not before": ({"nbf": NOW + 3600 * 2, "exp": NOW + 3600 * 3}, "its clock and ours do not agree"),
    "no subject": ({"sub": None}, "lacks something"),
    "another's nonce": ({"nonce": "another"}, "belongs to another try"),
    "no nonce": ({"nonce": None}, "belongs to another try"),
    "nonsense for a time": ({"exp": "soon"}, "cannot read"),
    "endless subject": ({"sub": "x" * 300}, "cannot read"),
}


@pytest.mark.parametrize(("claims", "said"), LIES.values(), ids=LIES)
def test_what_an_id_token_must_say_is_checked(client, provider, claims, said):
    provider.claims = claims
    refused(go(client, provider), said)
    assert signed_in(client) is None
    assert not User.objects.exists()


@pytest.mark.parametrize("seconds", [-45, 45])
def test_clocks_may_differ_by_less_than_a_minute(client, provider, seconds):
    now = int(time.time()) + seconds
    provider.claims = {"iat": now, "nbf": now, "exp": now + 30}
    assert go(client, provider).status_code == 302


def test_a_token_signed_by_another_key_is_refused(client, provider):
    provider.signing, _public = make_key("first")
    refused(go(client, provider), "is not signed by it")


def test_a_token_signed_by_an_unknown_key_is_refused(client, provider):
    provider.kid = "unknown"
    refused(go(client, provider), "is not signed by it")


@pytest.mark.parametrize(("algorithm", "key"), [("none", ""), ("HS256", "x" * 40)])
def test_a_token_without_a_signature_that_only_the_provider_can_make_is_refused(client, provider, algorithm, key):
    provider.algorithm, provider.signing = algorithm, key
    refused(go(client, provider), "not signed in a way that we trust")


def test_a_new_key_of_the_provider_is_learned_at_once(client, provider):
    provider.signing, public = make_key("second")
    provider.kid = "second"
    provider.answers["/keys"] = (200, {"keys": [provider.public, public]})
    assert go(client, provider).status_code == 302


def test_a_provider_that_says_it_is_another_is_not_gone_to(client, provider, settings):
    settings.OIDC_ISSUER = provider.issuer + "/"
    refused(client.post(START), "says that it is another one")


def test_an_answer_that_was_used_is_refused(client, provider):
    back = path_back(client, provider)
    assert client.get(back).status_code == 302
    client.post(reverse("account_logout"))
    refused(client.get(back), "was used before, or belongs to another window")
    assert signed_in(client) is None


def test_an_answer_opens_no_other_browser(client, provider):
    back = path_back(client, provider)
    refused(Client().get(back), "was used before, or belongs to another window")


@pytest.mark.parametrize("asked", ["", "?code=x", "?state=x", "?code=x&state=x", "?code=x&state=%00", "?error=x"])
def test_answers_to_nothing_are_refused(client, provider, asked):
    assert client.get(f"/sign-in/council/answer/{asked}").status_code == 403


def test_a_code_of_another_try_is_refused(client, provider):
    back = path_back(client, provider)
    state = parse_qs(urlsplit(back).query)["state"][0]
    refused(client.get("/sign-in/council/answer/", {"state": state, "code": "made-up"}), "did not confirm")


def test_an_answer_that_names_another_issuer_is_refused(client, provider):
    refused(client.get(path_back(client, provider) + "&iss=https://evil.example.org"), "did not confirm")


def test_who_turns_back_is_not_told_of_an_error(client, provider):
    state = parse_qs(urlsplit(start(client)).query)["state"][0]
    found = client.get("/sign-in/council/answer/", {"state": state, "error": "access_denied"})
    refused(found, "You turned back at the sign-in service.")


def test_what_the_provider_adds_about_somebody_else_is_refused(client, provider):
    provider.claims = {"groups": None}
    provider.answers["/userinfo"] = (200, {"sub": "person-2", "groups": ["dir-admins"]})
    refused(go(client, provider), "spoke of somebody else")


def test_groups_may_come_from_what_the_provider_answers_when_asked(client, provider):
    provider.claims = {"groups": None}
    provider.answers["/userinfo"] = (200, {"sub": "person-1", "groups": ["dir-team"]})
    assert go(client, provider).status_code == 302


NONSENSE = [(200, b""), (200, b"<html>"), (200, []), (200, {}), (200, None), (500, {}), (200, {"access_token": 7})]


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
@pytest.mark.parametrize("answer", NONSENSE, ids=repr)
def test_a_provider_that_talks_nonsense_is_a_page_with_words(client, provider, path, answer):
    back = path_back(client, provider)
    provider.answers[path] = answer
    found = client.get(back)
    assert found.status_code == 403
    assert "The sign-in service" in words(found) or "What the sign-in service sent" in words(found)


def test_a_provider_that_is_gone_is_a_page_with_words(client, settings):
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = "http://127.0.0.1:1", "hereabouts"
    refused(client.post(START), "does not answer just now")


def test_where_there_is_no_provider_there_is_no_such_page(client):
    assert client.post(START).status_code == 404
    assert client.get("/sign-in/council/answer/").status_code == 404
    assert client.post("/sign-in/council/signed-out/").status_code == 404


def test_a_claim_may_stand_inside_another(settings):
    settings.OIDC_GROUPS_CLAIM, settings.OIDC_ROLES = "realm_access.roles", {"team": "moderator"}
    assert roles_in({"realm_access": {"roles": ["team"]}}) == [Role.MODERATOR]
    assert roles_in({"realm_access": ["team"]}) == []
    assert claim_at({"a.b": 1}, "a.b") == 1


def test_a_strength_of_sign_in_is_asked_for_and_needed(client, provider, settings):
    settings.OIDC_ACR = ["gold", "silver"]
    assert parse_qs(urlsplit(start(client)).query)["acr_values"] == ["gold silver"]
    for acr in (None, "bronze", ["gold"]):
        provider.claims = {"acr": acr}
        refused(go(client, provider), "without the second step that is needed here")
    provider.claims = {"acr": "silver"}
    assert go(client, provider).status_code == 302


def test_who_signed_in_there_too_long_ago_signs_in_anew(client, provider, settings):
    assert parse_qs(urlsplit(start(client)).query)["max_age"] == [str(12 * 3600)]
    provider.claims = {"auth_time": NOW - 13 * 3600}
    assert go(client, provider).status_code == 403
    provider.claims = {"auth_time": NOW - 3600}
    assert go(client, provider).status_code == 302


def test_the_provider_cannot_send_us_elsewhere_to_ask(client, provider):
    back = path_back(client, provider)
    provider.answers["/keys"] = (302, {})
    refused(client.get(back), "The sign-in service")
    assert "/elsewhere" not in provider.asked


def test_the_second_step_is_the_provider_s(client, provider):
    provider.claims = {"groups": ["dir-admins"]}
    go(client, provider)
    assert client.get("/admin/").status_code == 200
    assert "Your password and your second step are looked after there." in words(client.get(reverse("mfa_index")))
