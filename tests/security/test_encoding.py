"""What is typed is decoded once, and written so that it stays what it is wherever it goes."""

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories.directory import make_asset

pytestmark = pytest.mark.django_db
TYPED = "<b>\"lunch\" & 'tea'</b>"


def test_what_is_typed_is_decoded_once(client):
    """`%253C` is the text `%3C` and never `<`; `&lt;` is four letters."""
    shown = client.get("/find/?text=%253Cscript%253Ealert", follow=True).content.decode()
    assert "<script>alert" not in shown
    shown = client.get("/find/", {"text": "&lt;script&gt;alert"}, follow=True).content.decode()
    assert "&amp;lt;script" in shown
    assert "<script>alert" not in shown


def test_what_is_typed_is_kept_as_typed_and_escaped_where_it_is_shown(client):
    asset = make_asset(name=TYPED)
    asset.refresh_from_db()
    assert asset.name == TYPED
    shown = client.get(asset.get_absolute_url()).content.decode()
    assert "<b>" not in shown
    assert "&lt;b&gt;" in shown


@pytest.mark.parametrize("text", ["tea&place=Tilbury", "tea#x", "tea?x=1", "50% off", "a/b", "tea\r\nSet-Cookie: a=b"])
def test_what_is_typed_becomes_one_value_of_an_address(client, text):
    """Everywhere that the page leads on with the same words."""
    shown = client.get("/find/", {"text": text}, follow=True).content.decode()
    assert "tea&place=Tilbury" not in shown
    assert "text=tea#x" not in shown
    assert "\r\nSet-Cookie" not in shown


@pytest.mark.parametrize(
    "address", ["a@example.org\nBcc: b@example.org", "a@example.org\r\nSubject: x", "a@example.org,b@example.org"]
)
def test_an_address_with_more_in_it_gets_no_letter(client, address):
    client.post(reverse("ask_for_link"), {"email": address})
    assert [one.to for one in mail.outbox if len(one.to) != 1 or one.to != one.recipients()] == []
    assert not any("b@example.org" in one.recipients() for one in mail.outbox)
