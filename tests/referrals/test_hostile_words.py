"""Whatever is typed about a person is answered in words, kept or refused as a whole, and stands where it was typed."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from outbox.delivery import deliver_due
from referrals.acts import move_referral
from referrals.answering.links import give_code, give_link
from referrals.messages.texts import KeptTexts
from referrals.models import OwedMessage, Person, RingBack, Via
from referrals.progress import Progress
from referrals.results.links import give_result_link
from tests.factories.referrals import make_conversation, refer
from tests.referrals.referring.posting import ASKED, ASKED_FOR, REFERRED, refer_address
from tests.referrals.results.conftest import accepted as said_yes
from tests.referrals.results.conftest import open_ask

pytestmark = pytest.mark.django_db
MARKUP = '<script>alert(1)</script>{{ 7*7 }}{% now %}#import("/etc/passwd") $x$ *b* \\ `raw`'
ODD = f"{MARKUP} \u202egarden\u202c שלום 👩\u200d👧🙂 Jean\r\nBcc: all@example.org\r\n\r\nHello \u2060 {'x' * 300}"
HALF_A_PAIR = b"gar\xed\xa0\x80den".decode("utf-8", "surrogateescape")


def bytes_of(form):
    """As a browser of ill will sends it: not every byte of it is text."""
    from urllib.parse import quote_from_bytes

    parts = (
        f"{name}={quote_from_bytes(str(value).encode('utf-8', 'surrogateescape'))}" for name, value in form.items()
    )
    return "&".join(parts)


def post(client, address, form):
    return client.post(address, bytes_of(form), content_type="application/x-www-form-urlencoded")


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def forms(jean, lunch_club):
    """By address: what is sent, and which of it is typed."""
    lunch_club.self_referral = True
    lunch_club.save()
    waiting, accepted, other = (refer(jean, lunch_club) for _each in range(3))
    move_referral(accepted, to=Progress.ACCEPTED, via=Via.LINK)
    talk = make_conversation(jean, answers={})
    ring_back = RingBack.objects.create(person=jean, promised_for="2026-12-01")
    asked = open_ask(referral=said_yes(jean))
    no = {"to": "declined", "was": "sent", "reason": "other"}
    typed = ("called", "phone", "email", "through", "when", "welcome", "note", "once", "read")
    return {
        refer_address(jean, lunch_club): (REFERRED, typed),
        reverse("referrals:ask_for_me", args=[lunch_club.slug]): (ASKED, typed),
        reverse("referrals:ask_for_somebody", args=[lunch_club.slug]): (ASKED_FOR, (*typed, "carer")),
        reverse("referrals:own"): ({"code": "2345-6789-abcd", "contact": "x"}, ("code", "contact", "step")),
        reverse("referrals:refer_somebody", args=[lunch_club.slug]): ({}, ("sought",)),
        reverse("referrals:people"): ({}, ("sought",)),
        reverse("referrals:start"): ({"reference": "LAS-1"}, ("reference", "called", "key", "person")),
        reverse("referrals:conversation", args=[talk.key]): (
            {"was": "{}"}, ("matters", "notes", "place", "called", "phone", "was", "put", "off", "do", "state-1"),
        ),
        reverse("referrals:crisis", args=[talk.key]): ({"told": "Pat"}, ("told", "at")),
        reverse("referrals:rang", args=[waiting.key]): (no, ("words", "reason", "to", "was")),
        reverse("referrals:withdraw", args=[waiting.key]): ({}, ("words",)),
        reverse("referrals:mistake", args=[other.key]): ({}, ("words",)),
        reverse("referrals:consent_given", args=[accepted.key]): (
            {"purpose": "contact", "how": "advocate", "note": "Pat"}, ("purpose", "how", "note", "read"),
        ),
        reverse("referrals:ring_back", args=[ring_back.key]): ({}, ("done-words", "again-day", "again-why", "what")),
        reverse("referrals:heard", args=[accepted.key]): ({"answer": "once"}, ("words", "number", "answer", "ring")),
        reverse("referrals:be_away"): ({}, ("by", "from_date", "to_date")),
        reverse("referrals:hand_over"): ({}, ("to", "patch", "giver", "seen")),
        reverse("referrals:answer"): (
            {"link": give_link(waiting), "code": give_code(waiting)}, ("link", "code", "reference", "text"),
        ),
        reverse("referrals:how_did_it_go"): (
            {"link": give_result_link(asked), "step": "answers", "answer": "once"}, ("words", "number", "link"),
        ),
    }  # fmt: skip


@pytest.mark.parametrize("text", [ODD, f"gar\0den {HALF_A_PAIR}"], ids=["odd", "no text"])
def test_whatever_is_typed_into_any_form_is_answered_in_words(text, desk, forms):
    for address, (form, typed) in forms.items():
        for name in typed:
            answer = post(desk, address, {**form, name: text})
            assert answer.status_code < 500, (address, name)
            assert "<script>alert(1)" not in answer.content.decode(), (address, name)


@pytest.mark.parametrize("text", [ODD, "garden " * 2_800], ids=["odd", "long"])
def test_what_was_kept_stands_on_pages_and_paper_and_in_no_message(text, client, coordinator, forms, mailoutbox):
    KeptTexts.kept.clear()
    client.force_login(coordinator)
    for address, (form, typed) in forms.items():
        words = {name: text for name in typed if name in {"welcome", "words", "matters", "notes", "called"}}
        post(client, address, {**form, **words})
    person = Person.objects.filter(coordinator=coordinator).order_by("pk").first()
    [talk] = person.conversations.all()
    assert talk.answers["matters"]
    pages = [reverse(f"referrals:{name}", args=[person.key]) for name in ("person", "held")]
    pages += [reverse("referrals:referral", args=[one.key]) for one in person.referrals.all()]
    for address in (*pages, reverse("referrals:conversation", args=[talk.key])):
        page = client.get(address)
        assert page.status_code == 200, address
        assert "<script>alert(1)" not in page.content.decode()
    for address in (reverse("referrals:held_pdf", args=[person.key]), reverse("referrals:plan", args=[talk.key])):
        assert PdfReader(io.BytesIO(client.get(address).content)).pages, address
    deliver_due(OwedMessage)
    assert mailoutbox
    told = [f"{mail.message()} {mail.body}" for mail in mailoutbox] + [one.words for one in KeptTexts.kept]
    for words in ("garden", "alert(1)", "all@example.org"):
        assert [one for one in told if words in one] == []
