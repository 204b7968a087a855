"""Whoever was signed out while they wrote is given back what they wrote, on every page where words are written."""

import pytest
from django.urls import reverse

from referrals.models import RingBack
from tests.referrals.referring.posting import refer_address
from tests.referrals.results.conftest import accepted, open_ask

pytestmark = pytest.mark.django_db
TYPED = "My <long> words"


def pages(referral):
    person, one = referral.person, [referral.key]
    ring_back = RingBack.objects.create(person=person, promised_for="2026-12-01")
    return {
        refer_address(person, referral.asset): "welcome",
        **{reverse(f"referrals:{name}", args=one): "words" for name in ("withdraw", "mistake", "rang", "my_referral")},
        reverse("referrals:consent_given", args=one): "note",
        reverse("referrals:consent_withdrawn", args=[referral.key, referral.consent.key]): "words",
        reverse("referrals:heard", args=one): "words",
        reverse("referrals:script", args=[open_ask(referral=accepted(person)).key]): "words",
        reverse("referrals:ring_back", args=[ring_back.key]): "done-words",
    }


def test_the_words_are_on_the_page_to_be_sent_again(client, referral):
    for address, name in pages(referral).items():
        page = client.post(address, {name: TYPED, "step": "check", "to": "declined", "was": "sent"})
        text = page.content.decode()
        assert page.status_code == 401, address
        assert f'name="{name}" value="My &lt;long&gt; words"' in text
        assert 'name="to" value="declined"' in text
        # What nobody typed is not shown as if they had.
        assert text.count("<blockquote") == 1
        assert "no-store" in page.headers["Cache-Control"]


def test_a_button_alone_leads_to_signing_in(client, referral):
    page = client.post(reverse("referrals:rang", args=[referral.key]), {"to": "accepted", "was": "sent"})
    assert page.url.startswith("/sign-in/?next=")
