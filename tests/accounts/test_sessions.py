"""How long somebody stays signed in, where they are, and leaving all of it."""

import datetime as dt
import time
from base64 import b64encode

import pytest
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.device_words import device_words
from accounts.links import give_link
from accounts.models import User
from accounts.roles import Role
from tests.accounts.front_door import PASSWORD, make_person, sign_in, signed_in, words

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def sam():
    return make_person("sam@example.org", Role.MODERATOR)


def ago(client, **minutes):
    """Set the clock of a session back."""
    session = client.session
    for name, passed in minutes.items():
        session[name] = time.time() - passed * 60
    session.save()


def test_who_does_nothing_for_half_an_hour_is_signed_out_in_words(client):
    sign_in(client)
    ago(client, seen_at=29)
    assert client.get("/admin/").status_code == 200
    ago(client, seen_at=31)
    page = client.get("/admin/", follow=True)
    assert page.redirect_chain[-1][0].startswith("/sign-in/?next=")
    assert "You were signed out because nothing had happened for a while." in words(page)


def test_nobody_stays_for_more_than_half_a_day(client):
    sign_in(client)
    ago(client, signed_in_at=12 * 60 + 1, seen_at=1)
    assert "you had been signed in for a long time" in words(client.get("/admin/", follow=True))
    assert signed_in(client) is None


def test_the_limits_are_settings(client, settings):
    settings.IDLE_MINUTES, settings.SIGNED_IN_HOURS = 5, 1
    sign_in(client)
    ago(client, seen_at=6)
    assert client.get("/admin/").status_code == 302


def test_pages_for_everybody_go_on_for_who_was_signed_out(client):
    sign_in(client)
    ago(client, seen_at=31)
    assert client.get("/privacy/").status_code == 200
    assert signed_in(client) is None


def test_being_there_is_written_once_a_minute(client, django_assert_max_num_queries):
    sign_in(client)
    ago(client, seen_at=2)
    client.get("/privacy/")
    with django_assert_max_num_queries(30) as asked:
        client.get("/privacy/")
    assert not [one for one in asked if one["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]


def test_residents_have_no_session(client):
    answer = client.get("/privacy/")
    assert "sessionid" not in answer.cookies


def test_the_cookie_goes_with_the_browser_and_no_script_reads_it(client):
    cookie = sign_in(client).cookies["sessionid"]
    assert cookie["expires"] == ""
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_somebody_sees_where_they_are_signed_in(client):
    sign_in(Client(headers={"user-agent": FIREFOX}))
    sign_in(client)
    shown = words(client.get(reverse("usersessions_list")))
    assert "Firefox on Windows" in shown
    assert shown.count("last seen") == 2
    assert "this one" in shown


def test_signing_out_everywhere_but_here(client):
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    client.post(reverse("usersessions_list"), {"where": "elsewhere"})
    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302


def test_signing_out_everywhere(client):
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    assert client.post(reverse("usersessions_list"), {"where": "everywhere"}).url == reverse("signed_out")
    assert client.get("/admin/").status_code == 302
    assert elsewhere.get("/admin/").status_code == 302
    assert not UserSession.objects.exists()


def test_nobody_sees_or_ends_another_s_sessions(client):
    other = Client()
    make_person("other@example.org", Role.EDITOR)
    sign_in(other, "other@example.org")
    sign_in(client)
    assert words(client.get(reverse("usersessions_list"))).count("last seen") == 1
    client.post(reverse("usersessions_list"), {"where": "everywhere"})
    assert other.get("/admin/").status_code == 200


def test_looking_at_the_way_out_is_not_going(client):
    sign_in(client)
    assert "Sign out" in words(client.get(reverse("account_logout")))
    assert signed_in(client)


def test_a_signed_out_session_is_gone_for_good(client):
    sign_in(client)
    key = client.session.session_key
    client.post(reverse("account_logout"))
    client.cookies["sessionid"] = key
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    ("said", "device"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Linux"),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
)
def test_devices_are_named_as_their_owners_would(said, device):
    assert device_words(said) == device


def copied(client):
    """The browser of somebody who copied the cookie."""
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    return thief


def test_a_copied_cookie_opens_nothing_after_the_limits(client):
    sign_in(client)
    thief = copied(client)
    ago(client, seen_at=31)
    client.get("/admin/")
    assert thief.get("/admin/").status_code == 302


def test_an_account_that_is_closed_is_out_at_its_next_click(client, sam):
    sign_in(client)
    User.objects.filter(pk=sam.pk).update(is_active=False)
    assert client.get("/admin/").status_code == 302


def test_an_account_that_is_deleted_is_out_at_its_next_click(client, sam):
    sign_in(client)
    sam.delete()
    assert client.get("/admin/").status_code == 302


def test_ending_sessions_is_not_for_whoever_passes_an_open_screen(client):
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    ago(client, signed_in_at=60)
    asked = client.post(reverse("usersessions_list"), {"where": "elsewhere"})
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert elsewhere.get("/admin/").status_code == 200
    client.post(asked.url, {"password": PASSWORD})
    assert elsewhere.get("/admin/").status_code == 302
    assert client.get("/admin/").status_code == 200


def test_whoever_shows_again_who_they_are_has_a_new_key(client):
    sign_in(client)
    thief, before = copied(client), client.session.session_key
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.session.session_key != before
    assert client.get("/admin/").status_code == 200
    assert thief.get("/admin/").status_code == 302
    assert UserSession.objects.get().session_key == client.session.session_key


def test_one_person_or_everybody_is_signed_out_by_a_command(client):
    other = Client()
    make_person("other@example.org", Role.EDITOR)
    sign_in(other, "other@example.org")
    sign_in(client)
    call_command("sign_out", "Sam@example.org")
    assert client.get("/admin/").status_code == 302
    assert other.get("/admin/").status_code == 200
    call_command("sign_out", "--everybody")
    assert other.get("/admin/").status_code == 302
    with pytest.raises(CommandError, match="Nobody here has the address"):
        call_command("sign_out", "nobody@example.org")


def test_the_log_says_who_came_in_and_went_out_by_number(client, sam, caplog):
    with caplog.at_level("INFO", logger="accounts"):
        sign_in(Client(), password="quite another one")
        sign_in(client)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        client.post(reverse("account_logout"))
        give_link(sam, lasting=dt.timedelta(hours=1))
    said = "\n".join(record.getMessage() for record in caplog.records)
    for line in (
        "A wrong try",
        f"Account {sam.pk} came in: typed",
        f"Account {sam.pk} showed again who it is",
        f"Account {sam.pk} went out",
        f"Account {sam.pk} was given a link",
    ):
        assert line in said
    assert "sam@" not in said


@pytest.mark.parametrize(
    "path", ["/accounts/signup/", "/sign-in/signup/", "/sign-in/email/", "/sign-in/3rdparty/", "/admin/password_reset/"]
)
def test_there_is_no_other_way_in(client, path):
    assert client.get(path).status_code == 404


def test_the_name_and_password_in_a_header_open_nothing(client):
    basic = b64encode(f"sam@example.org:{PASSWORD}".encode()).decode()
    assert client.get("/admin/", headers={"authorization": f"Basic {basic}"}).status_code == 302
