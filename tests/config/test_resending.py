"""A form that comes without a token that still holds."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

pytestmark = pytest.mark.django_db
OURS = {"origin": "http://testserver"}


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True)


def test_what_was_typed_is_shown_and_sent_again_by_a_button(strict):
    typed = {"add": "12", "next": "/find/?text=a&b", "note": "Line one\nline <b>two</b>"}
    refused = strict.post("/my-list/change/?a=1", typed, headers=OURS)
    page = refused.content.decode()
    assert refused.status_code == 403
    assert "Nothing was changed" in page
    assert "line &lt;b&gt;two&lt;/b&gt;" in page
    assert "<b>two" not in page
    assert 'action="/my-list/change/?a=1"' in page
    assert "<script" not in re.sub(r'<script type="module" src="[^"]*"></script>', "", page)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    sent = dict(re.findall(r'<input type="hidden" name="(add|next|note)" value="([^"]*)"', page))
    assert set(sent) == {"add", "next", "note"}
    again = strict.post("/my-list/change/", {**typed, "csrfmiddlewaretoken": token}, headers=OURS)
    assert again.status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://elsewhere.example.org"},
        {"origin": "null"},
        {"referer": "http://elsewhere.example.org/my-list/"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
    ],
)
def test_what_another_site_sent_is_not_offered(strict, headers):
    refused = strict.post("/my-list/change/", {"add": "forged-listing"}, headers=headers)
    assert refused.status_code == 403
    assert "forged-listing" not in refused.content.decode()
    assert "Go back, load the page again" in refused.content.decode()


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"referer": "http://testserver/my-list/"}])
def test_the_browser_says_that_it_was_a_page_of_ours(strict, headers):
    assert "kept-by-us" in strict.post("/my-list/change/", {"add": "kept-by-us"}, headers=headers).content.decode()


@pytest.mark.parametrize("name", ["password", "new_password1", "Password", "otp", "recovery_code", "token", "secret"])
def test_secrets_are_never_written_into_a_page(strict, name):
    refused = strict.post("/my-list/change/", {"add": "sam@example.org", name: "correct-horse"}, headers=OURS)
    assert "correct-horse" not in refused.content.decode()
    assert 'value="sam@example.org"' not in refused.content.decode()


def test_a_file_must_be_chosen_again(strict):
    sent = {"add": "12", "picture": SimpleUploadedFile("zebediah.png", b"x")}
    refused = strict.post("/my-list/change/", sent, headers=OURS)
    assert "zebediah" not in refused.content.decode()
    assert "load the page again" in refused.content.decode()


def test_it_leads_nowhere_else(strict):
    refused = strict.post("//elsewhere.example.org/find", {"a": "b"}, headers=OURS)
    assert 'action="//' not in refused.content.decode()
