import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse

from accounts import rules
from accounts.doors import only
from accounts.models import User
from accounts.roles import Role, make_roles

pytestmark = pytest.mark.django_db
PREDICATES = {
    Role.EDITOR: rules.is_editor,
    Role.MODERATOR: rules.is_moderator,
    Role.COMMISSIONER: rules.is_commissioner,
    Role.ADMINISTRATOR: rules.is_administrator,
    Role.COORDINATOR: rules.is_coordinator,
    Role.PROVIDER: rules.is_provider_member,
}


def somebody(*roles, **given):
    user = User.objects.create_user("-".join(roles) or "nobody", **given)
    user.groups.set([make_roles()[role] for role in roles])
    return user


@pytest.mark.parametrize("role", Role)
def test_a_role_is_one_predicate_and_no_other(role):
    user = somebody(role)
    assert [one for one, predicate in PREDICATES.items() if predicate(user)] == [role]


def test_a_person_can_hold_more_than_one_role():
    user = somebody(Role.COORDINATOR, Role.EDITOR)
    assert rules.is_coordinator(user)
    assert rules.is_editor(user)
    assert (rules.is_editor & rules.is_coordinator)(user)
    assert not rules.is_moderator(user)


def test_nobody_and_a_closed_account_have_no_role():
    assert not rules.is_editor(AnonymousUser())
    assert not rules.is_editor(None)
    assert not rules.is_editor(somebody(Role.EDITOR, is_active=False))


def test_whoever_may_do_everything_is_an_administrator_and_no_coordinator():
    root = User.objects.create_superuser("root")
    assert rules.is_administrator(root)
    assert not rules.is_coordinator(root)


@only(Role.COORDINATOR, Role.ADMINISTRATOR)
def room(request):
    return HttpResponse("within")


def test_a_door_lets_in_its_roles_and_hides_from_others(rf, settings):
    request = rf.get("/room/", {"page": "2"})
    request.user = somebody(Role.COORDINATOR)
    assert room(request).content == b"within"
    request.user = somebody(Role.MODERATOR)
    with pytest.raises(Http404):
        room(request)


def test_a_door_leads_nobody_to_the_sign_in_page_and_back(rf):
    request = rf.get("/room/", {"page": "2"})
    request.user = AnonymousUser()
    response = room(request)
    assert response.status_code == 302
    assert response.url.endswith("?next=/room/%3Fpage%3D2")


def test_a_door_that_was_refused_is_in_the_log(rf, as_role, caplog):
    request = rf.get("/room/")
    request.user = somebody(Role.MODERATOR)
    with pytest.raises(Http404):
        room(request)
    assert f"Door unnamed was refused to account {request.user.pk}" in caplog.text
    client = as_role(Role.COMMISSIONER)
    assert client.get("/admin/users/").status_code == 404
    assert "Door wagtailusers_users:index was refused to account" in caplog.text
