"""The administrators' page of owed work."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from outbox.models import Worker
from tests.outbox.owing.models import Parcel

pytestmark = pytest.mark.django_db

KIND = {"label": "owing.parcel"}


@pytest.fixture
def admin(as_role):
    return as_role(Role.ADMINISTRATOR)


def parked(content="tea", **given):
    return Parcel.objects.create(content=content, parked_at=timezone.now(), attempts=20, last_error="No.", **given)


def page(client, name="index", **where):
    answer = client.get(reverse(f"owed_work:{name}", kwargs=where))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_lists_every_kind_in_numbers(admin):
    now = timezone.now()
    for given in (
        {"parked_at": now},
        {"attempts": 2, "due_at": now + dt.timedelta(minutes=1)},
        {"claimed_by": "h:1", "claimed_until": now + dt.timedelta(minutes=1)},
        {"due_at": now - dt.timedelta(minutes=7)},
        {"due_at": now + dt.timedelta(days=1)},
    ):
        Parcel.objects.create(content="tea", **given)
    Worker.objects.create(name="h:1", host="machine-1", pid=77)
    text = page(admin)
    for words in ("Parked", "Failed, tried again later", "Being delivered", "For later"):
        assert f"<dt>{words}</dt><dd>1</dd>" in text
    assert "1, for 7 minutes at most" in text
    assert "On machine-1, process 77" in text
    assert "Index entries to be written" in text


def test_a_kind_s_page_says_what_is_parked_and_why(admin):
    row = parked(request_id="r-7")
    text = page(admin, "kind", **KIND)
    assert f"parcel {row.pk}" in text
    assert "No." in text
    assert "Owed by request r-7." in text
    assert not re.search(r"\btea\b", text)


def test_many_parked_are_leafed_through(admin):
    for number in range(60):
        parked(str(number))
    assert page(admin, "kind", **KIND).count("Tried 20 times.") == 50
    answer = admin.get(reverse("owed_work:kind", kwargs=KIND), {"p": "2"})
    assert answer.content.decode().count("Tried 20 times.") == 10
    assert admin.get(reverse("owed_work:kind", kwargs=KIND), {"p": "\x00-1"}).status_code == 200


def test_one_or_all_are_tried_again(admin):
    first, _second, _third = parked(), parked(), parked()
    admin.post(reverse("owed_work:retry", kwargs={**KIND, "pk": first.pk}))
    assert Parcel.objects.due(timezone.now()).get() == first
    answer = admin.post(reverse("owed_work:retry_all", kwargs=KIND), follow=True)
    assert "2 are tried again now." in answer.content.decode()
    assert Parcel.objects.due(timezone.now()).count() == 3
    answer = admin.post(reverse("owed_work:retry_all", kwargs=KIND), follow=True)
    assert "Nothing was parked any more." in answer.content.decode()


def test_nothing_is_given_up_without_a_reason(admin):
    pk = parked().pk
    address = reverse("owed_work:give_up", kwargs={**KIND, "pk": pk})
    assert "Say why it is given up." in admin.post(address, {"because": " "}).content.decode()
    assert Parcel.objects.count() == 1
    answer = admin.post(address, {"because": "They closed"}, follow=True)
    assert "will not be delivered" in answer.content.decode()
    assert not Parcel.objects.exists()
    assert admin.post(address, {"because": "again"}).status_code == 404
    assert f"parcel {pk}: Gave it up: They closed" in page(admin, "kind", **KIND)


def test_only_what_is_parked_can_be_given_up(admin):
    row = Parcel.objects.create(content="tea")
    assert admin.get(reverse("owed_work:give_up", kwargs={**KIND, "pk": row.pk})).status_code == 404


@pytest.mark.parametrize("label", ["accounts.user", "owing.order", "nothing", "owing.parcel.x", "%00"])
def test_there_is_no_page_of_anything_else(admin, label):
    assert admin.get(reverse("owed_work:kind", kwargs={"label": label})).status_code == 404
    assert admin.post(reverse("owed_work:retry_all", kwargs={"label": label})).status_code == 404


def test_looking_changes_nothing(admin):
    row = parked()
    for name, where in (("retry_all", KIND), ("retry", {**KIND, "pk": row.pk})):
        assert admin.get(reverse(f"owed_work:{name}", kwargs=where)).status_code == 405
    assert Parcel.objects.parked().count() == 1


def test_nobody_else_finds_it(client, as_role):
    row = parked()
    doors = [
        ("get", "index", {}), ("get", "kind", KIND), ("post", "retry_all", KIND),
        ("post", "retry", {**KIND, "pk": row.pk}), ("post", "give_up", {**KIND, "pk": row.pk}),
    ]  # fmt: skip
    for method, name, where in doors:
        assert getattr(client, method)(reverse(f"owed_work:{name}", kwargs=where)).status_code == 302
    for role in (Role.MODERATOR, Role.EDITOR, Role.COMMISSIONER):
        member = as_role(role)
        for method, name, where in doors:
            answer = getattr(member, method)(reverse(f"owed_work:{name}", kwargs=where), {"because": "x"})
            assert answer.status_code == 404, (role, name)
        assert "Owed work" not in member.get("/admin/").content.decode()
    assert Parcel.objects.parked().count() == 1


def test_it_is_in_the_menu(admin):
    assert reverse("owed_work:index") in admin.get("/admin/").content.decode()
