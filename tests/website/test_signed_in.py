"""What stands round every page for who is signed in."""

import pytest

from accounts.models import User
from accounts.roles import Role

pytestmark = pytest.mark.django_db


def foot(client):
    return client.get("/credits/").content.decode().partition("<footer")[2]


def test_a_visitor_is_offered_to_sign_in_and_no_session_is_read(client, django_assert_num_queries):
    client.get("/credits/")
    with django_assert_num_queries(0):
        page = foot(client)
    assert "Sign in" in page
    assert "Sign out" not in page


def test_whoever_is_signed_in_reads_as_whom_and_can_sign_out(as_role):
    page = foot(as_role(Role.EDITOR))
    assert "Signed in as editor@example.org" in page
    assert "Sign out" in page
    assert ">Sign in<" not in page


def test_a_name_is_shown_rather_than_an_address(as_role):
    client = as_role(Role.EDITOR)
    User.objects.update(first_name="Sam", last_name="Reed")
    assert "Signed in as Sam Reed" in foot(client)


@pytest.mark.parametrize(("role", "shown"), [(Role.MODERATOR, True), (Role.COORDINATOR, False)])
def test_the_admin_is_offered_to_those_who_may_enter_it(as_role, role, shown):
    assert (">Admin<" in foot(as_role(role))) is shown


def test_pages_before_anybody_is_known_have_a_foot_too(client):
    assert "Sign in" in client.get("/no-such-page/").content.decode()


def navigation(client):
    return client.get("/credits/").content.decode().partition("<main")[0]


def test_a_coordinator_has_today_and_people_on_every_page(as_role):
    page = navigation(as_role(Role.COORDINATOR))
    assert 'href="/today/"' in page
    assert 'href="/people/"' in page


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR, Role.PROVIDER])
def test_nobody_else_has(as_role, role):
    assert "/today/" not in navigation(as_role(role))
