"""The front door without OpenID Connect: passwords, one-time links, wrong tries, and what is told to strangers."""

import datetime as dt

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import guessing
from accounts.joining import make_staff
from accounts.links import give_link
from accounts.models import OneTimeLink, User, WrongTries
from accounts.roles import Role, make_roles
from tests.accounts.front_door import PASSWORD, link_in_mail, make_person, sign_in, signed_in, words

pytestmark = pytest.mark.django_db
NEW = "three words together"


def choose(client, link, password=NEW, again=None):
    client.get(link)
    return client.post("/sign-in/link/", {"password": password, "again": password if again is None else again})


def path_of(link):
    return link.partition("8000")[2]


def test_the_right_password_opens_the_admin(client):
    make_person("sam@example.org", Role.MODERATOR)
    assert sign_in(client).url == reverse("wagtailadmin_home")
    assert client.get("/admin/").status_code == 200


def test_the_door_leads_on_to_where_somebody_wanted_to_go(client):
    make_person("sam@example.org", Role.MODERATOR)
    wanted = reverse("wagtailsnippets_directory_asset:list")
    found = client.get(wanted, follow=True)
    assert found.redirect_chain[-1][0].startswith("/sign-in/?next=")
    assert sign_in(client, next=wanted).url == wanted


@pytest.mark.parametrize("elsewhere", ["https://evil.example.org/", "//evil.example.org", "/\\evil.example.org"])
def test_the_door_leads_to_no_other_site(client, elsewhere):
    make_person("sam@example.org", Role.MODERATOR)
    assert sign_in(client, next=elsewhere).url == reverse("wagtailadmin_home")


def test_the_session_of_before_is_not_the_session_of_after(client):
    make_person("sam@example.org", Role.MODERATOR)
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    sign_in(client)
    assert client.session.session_key != planted
    assert not client.session.exists(planted)


def test_somebody_without_a_role_is_told_whom_to_ask(client):
    make_person("sam@example.org")
    found = sign_in(client)
    assert found.status_code == 403
    assert "nobody has said yet what you do here. Ask your manager" in words(found)
    assert signed_in(client) is None


def test_a_closed_account_is_told_so_after_the_right_password_alone(client):
    make_person("sam@example.org", Role.MODERATOR, is_active=False)
    assert "The e-mail address or the password is not right." in words(sign_in(client))
    assert signed_in(client) is None


def test_whoever_is_in_and_has_no_business_in_the_admin_finds_nothing(client):
    client.force_login(make_person("sam@example.org"))
    assert client.get("/admin/", follow=True).status_code == 404


def test_signing_out_of_the_admin_is_signing_out(client):
    make_person("sam@example.org", Role.MODERATOR)
    sign_in(client)
    assert client.post(reverse("wagtailadmin_logout")).url == reverse("signed_out")
    assert signed_in(client) is None
    assert "You are signed out" in words(client.get(reverse("signed_out")))


def test_an_address_without_an_account_is_answered_as_one_with(client):
    make_person("sam@example.org", Role.MODERATOR)
    stranger, known = Client(), Client()
    no_account, wrong = sign_in(stranger, "nobody@example.org"), sign_in(known, password="quite another one")
    assert words(no_account) == words(wrong).replace("sam@", "nobody@")
    assert no_account.status_code == wrong.status_code


@pytest.mark.parametrize(
    "made", [{}, {"is_active": False}, {"password": None}], ids=["an account", "a closed one", "without a password"]
)
def test_every_wrong_try_costs_one_password_s_work(client, monkeypatch, made):
    """Time tells a stranger nothing: as many passwords are worked through, whoever is named."""
    make_person("sam@example.org", Role.MODERATOR, **made)
    worked = []
    encode = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", lambda *given: worked.append(1) or encode(*given))
    counts = []
    for email in ("sam@example.org", "nobody@example.org"):
        worked.clear()
        sign_in(Client(), email, password="quite another one")
        counts.append(len(worked))
    assert counts == [1, 1]


def wrong_tries(client, times, email="sam@example.org"):
    for _time in range(times):
        found = sign_in(client, email, password="quite another one")
    return found


def test_after_five_wrong_tries_even_the_right_password_waits(client):
    make_person("sam@example.org", Role.MODERATOR)
    wrong_tries(client, 5)
    found = sign_in(client)
    assert "Too many wrong tries. Wait 1 minute." in words(found)
    assert signed_in(client) is None


def test_each_more_wrong_try_doubles_the_wait_up_to_an_hour():
    waits = [guessing.wait_after(tries) // dt.timedelta(minutes=1) for tries in range(14)]
    assert waits == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_addresses_without_accounts_wait_as_well(client):
    wrong_tries(client, 5, "nobody@example.org")
    assert "Too many wrong tries" in words(sign_in(client, "nobody@example.org"))


def test_a_stranger_cannot_lock_a_colleague_out_of_a_device_that_is_known(client):
    make_person("sam@example.org", Role.MODERATOR)
    sign_in(client)
    client.post(reverse("account_logout"))
    assert "Too many wrong tries" in words(wrong_tries(Client(), 6))
    assert sign_in(client).status_code == 302
    assert signed_in(client)


def test_a_stranger_cannot_lock_a_colleague_out_of_a_new_device_either(client):
    make_person("sam@example.org", Role.MODERATOR)
    wrong_tries(Client(), 6)
    client.post(reverse("ask_for_link"), {"email": "sam@example.org"})
    choose(client, link_in_mail())
    sign_in(client, password=NEW)
    assert signed_in(client)


def test_a_known_device_that_guesses_waits_too(client):
    make_person("sam@example.org", Role.MODERATOR)
    sign_in(client)
    client.post(reverse("account_logout"))
    assert "Too many wrong tries" in words(wrong_tries(client, 6))


def test_wrong_tries_are_kept_for_a_day_and_without_the_address(client):
    wrong_tries(client, 1)
    assert "sam" not in repr(list(WrongTries.objects.values()))
    WrongTries.objects.update(last_at=timezone.now() - dt.timedelta(days=2))
    wrong_tries(client, 1, "other@example.org")
    assert WrongTries.objects.count() == 1


def test_a_link_sets_a_password_once(client):
    _user, link = make_staff(email="sam@example.org", role=Role.MODERATOR)
    assert choose(client, path_of(link)).url == reverse("account_login")
    sign_in(client, password=NEW)
    assert signed_in(client)
    again = choose(Client(), path_of(link), "yet another password")
    assert again.status_code == 404
    assert "This link no longer works" in words(again)


def test_looking_at_a_link_spends_nothing_and_takes_it_out_of_the_address(client):
    _user, link = make_staff(email="sam@example.org", role=Role.MODERATOR)
    for _time in range(3):
        assert Client().get(path_of(link)).url == "/sign-in/link/"
    assert choose(client, path_of(link)).status_code == 302


def test_what_is_kept_of_a_link_is_not_the_link():
    _user, link = make_staff(email="sam@example.org", role=Role.MODERATOR)
    assert link.partition("?link=")[2] not in repr(list(OneTimeLink.objects.values()))


def test_a_link_ends_with_its_time(client):
    _user, link = make_staff(email="sam@example.org", role=Role.MODERATOR)
    OneTimeLink.objects.update(expires_at=timezone.now())
    assert choose(client, path_of(link)).status_code == 404


def test_a_new_link_ends_the_one_before(client):
    user, first = make_staff(email="sam@example.org", role=Role.MODERATOR)
    second = give_link(user, lasting=dt.timedelta(hours=1))
    assert choose(Client(), path_of(first)).status_code == 404
    assert choose(client, path_of(second)).status_code == 302


def test_a_link_of_a_closed_account_opens_nothing(client):
    user, link = make_staff(email="sam@example.org", role=Role.MODERATOR)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert choose(client, path_of(link)).status_code == 404


@pytest.mark.parametrize("typed", ["", "x", "\x00", "é" * 300, "../../etc/passwd", "1;2"])
def test_links_that_were_never_given_open_nothing(client, typed):
    assert client.get("/sign-in/link/", {"link": typed}, follow=True).status_code == 404


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", "short", "at least 12"),
        ("password1234", "password1234", "too common"),
        ("sam@example.org", "sam@example.org", "too similar"),
        (NEW, "other words together", "not the same password"),
        ("", "", "required"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_words_and_spends_nothing(client, password, again, said):
    _user, link = make_staff(email="sam@example.org", role=Role.MODERATOR)
    assert said in words(choose(client, path_of(link), password, again))
    assert OneTimeLink.objects.exists()


def ask(client, email):
    return client.post(reverse("ask_for_link"), {"email": email}, follow=True)


def test_asking_for_a_link_says_the_same_whoever_asks_and_writes_a_letter_each_time():
    make_person("sam@example.org", Role.MODERATOR)
    known, unknown = ask(Client(), "Sam@Example.org"), ask(Client(), "nobody@example.org")
    assert words(known) == words(unknown)
    assert [letter.to for letter in mail.outbox] == [["sam@example.org"], ["nobody@example.org"]]
    assert "/sign-in/link/" in mail.outbox[0].body
    assert "There is no account with a password for it" in mail.outbox[1].body
    assert "/sign-in/link/" not in mail.outbox[1].body


def test_nobody_s_mailbox_is_filled(client):
    for _time in range(8):
        assert "Look in your e-mail" in words(ask(Client(), "sam@example.org"))
    assert len(mail.outbox) == 5


def test_a_mail_server_that_is_down_is_no_error_and_tells_nothing(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    make_person("sam@example.org", Role.MODERATOR)
    assert "Look in your e-mail" in words(ask(client, "sam@example.org"))


def test_a_new_password_ends_sessions_elsewhere(client):
    make_person("sam@example.org", Role.MODERATOR)
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    chosen = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post(reverse("account_change_password"), chosen).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302


def test_a_lost_second_step_is_forgotten_by_the_command_alone(client, capsys):
    from tests.accounts.front_door import give_app, has_step

    user = give_app(make_person("sam@example.org", Role.ADMINISTRATOR))
    call_command("create_staff", "sam@example.org", role="administrator")
    assert has_step(user)
    call_command("create_staff", "sam@example.org", "--lost-second-step", role="administrator")
    assert not has_step(user)


@pytest.mark.parametrize(
    "password", ["kettle bus gravel", " two spaces  at both ends ", "🫖🚌🪨 and a few", "x1 kettle " * 19]
)
def test_any_signs_will_do_and_are_kept_as_they_are(client, password):
    _user, link = make_staff(email="sam@example.org", role=Role.MODERATOR)
    assert choose(client, path_of(link), password).status_code == 302
    assert sign_in(Client(), password=password.strip() + "!").status_code == 200
    sign_in(client, password=password)
    assert signed_in(client)


def test_a_password_is_changed_by_whoever_knows_it(client):
    make_person("sam@example.org", Role.MODERATOR)
    sign_in(client)
    wrong = {"oldpassword": "not it", "password1": NEW, "password2": NEW}
    assert "This is not your password." in words(client.post(reverse("account_change_password"), wrong))


def test_boxes_for_passwords_hide_them_and_let_managers_fill_them(client):
    page = client.get("/sign-in/").content.decode()
    assert 'type="password"' in page
    assert 'autocomplete="current-password"' in page


def test_whoever_an_administrator_made_an_account_for_asks_for_a_link(client, as_role):
    made = {"username": "new@example.org", "email": "new@example.org", "first_name": "New", "last_name": "Person"}
    groups = [make_roles()[Role.EDITOR].pk]
    found = as_role(Role.ADMINISTRATOR).post(
        reverse("wagtailusers_users:add"), {**made, "groups": groups, "is_active": "on"}
    )
    assert found.status_code == 302, found.context["form"].errors
    assert not User.objects.get(username="new@example.org").has_usable_password()
    stranger = Client()
    ask(stranger, "new@example.org")
    choose(stranger, link_in_mail())
    sign_in(stranger, "new@example.org", NEW)
    assert stranger.get("/admin/").status_code == 200


def test_the_admin_leads_to_how_one_signs_in(as_role):
    assert reverse("mfa_index") in as_role(Role.EDITOR).get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("role", "place"), [(Role.COORDINATOR, "/today/"), (Role.EDITOR, "/admin/"), (Role.MODERATOR, "/admin/")]
)
def test_each_comes_in_where_their_work_is(client, settings, role, place):
    settings.SECOND_STEP_REQUIRED = False
    make_person("sam@example.org", role)
    assert sign_in(client).url == place
