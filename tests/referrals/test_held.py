"""A person can read everything that is held about them, and who looked at it."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts.access_events import AccessEvent
from referrals.keeping.held import everything_held
from referrals.models.sealed import SealedField
from referrals.referring.needs import in_words
from tests.factories.referrals import make_coordinator, make_person, make_referable_asset, refer
from tests.referrals.everything import WORDS, live_through

pytestmark = pytest.mark.django_db


@pytest.fixture
def zebediah(client):
    person = live_through()
    client.force_login(person.coordinator)
    return person


def told(person):
    return "\n".join(
        line for one in everything_held(person) for part in one.parts for line in [part.heading, *part.lines]
    )


def test_every_sealed_box_is_in_it(zebediah):
    """A new box is filled with words of its own, so that one that is left out is found."""
    number = 0
    for record in records(zebediah):
        for field in record._meta.concrete_fields:
            if isinstance(field, SealedField):
                value = getattr(record, field.name)
                texts = [in_words(*one) for one in value.items()] if isinstance(value, dict) else [value]
                for text in filter(None, texts):
                    number += 1
                    assert text in told(zebediah), f"{record._meta.label}.{field.name}"
    assert number > 25


def records(person):
    from referrals.keeping.held import records_of

    for record in records_of(person):
        yield record
        for name in ("offers", "events"):
            yield from getattr(record, name).all() if hasattr(record, name) else ()


def test_a_yes_to_a_listing_that_nobody_is_known_to_run_is_none_to_us(client):
    person = make_person(make_coordinator())
    refer(person, make_referable_asset(name="Knit and Natter", provider=None))
    client.force_login(person.coordinator)
    assert "With: Knit and Natter" in told(person)
    page = client.get(reverse("referrals:person", args=[person.key])).content.decode()
    assert "Share these details with this provider: Knit and Natter" in page


def test_it_is_in_plain_words(zebediah):
    said = told(zebediah)
    for words in ("What matters to you?", "Not for them", "Tried, not for them", "What was read out", "Nothing."):
        assert words in said or words == "Nothing."
    assert "{" not in said
    assert "How you would like to be contacted: Ring" in said
    for code in ("not-for-them", "{'", "None", "best-interests", "referrals."):
        assert code not in said


def test_who_looked_when_and_why_is_in_it(zebediah, client):
    client.get(reverse("referrals:held", args=[zebediah.key]))
    said = told(zebediah)
    assert f"account {zebediah.coordinator_id} looked at everything that is kept of you (they look after this)" in said


def test_a_person_of_whom_little_is_known_reads_that(client):
    person = make_person(make_coordinator(), contact={})
    assert "Nothing." in told(person)


def test_the_page_shows_it_and_the_look_is_written_down(zebediah, client):
    page = client.get(reverse("referrals:held", args=[zebediah.key])).content.decode()
    assert WORDS in page
    assert AccessEvent.objects.get(whose=f"referrals.person:{zebediah.pk}").why == "own"


@pytest.mark.parametrize("size", [12, 24])
def test_it_prints_also_in_large_letters(size, zebediah, client):
    answer = client.get(reverse("referrals:held_pdf", args=[zebediah.key]), {"size": size})
    assert answer["Content-Disposition"] == 'attachment; filename="held.pdf"'
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Zebediah keeps a quokka" in text
    assert AccessEvent.objects.get().what == "exported"


def test_on_paper_nothing_is_cut_short(zebediah, client):
    conversation = zebediah.conversations.get()
    conversation.answers = {"matters": "It was long ago. " * 1_100 + "Wintergarden"}
    conversation.save()
    for name, key in (("held_pdf", zebediah.key), ("plan", conversation.key)):
        answer = client.get(reverse(f"referrals:{name}", args=[key]))
        assert any("Wintergarden" in page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages), name


def test_who_needs_large_print_gets_it_unasked(zebediah, client):
    def pages(**fields):
        answer = client.get(reverse("referrals:held_pdf", args=[zebediah.key]), fields)
        return len(PdfReader(io.BytesIO(answer.content)).pages)

    zebediah.large_print = True
    zebediah.save()
    assert pages() == pages(size=18) > pages(size=12)


def test_nobody_reads_another_s(client):
    other = make_person(make_coordinator("alex"))
    client.force_login(make_coordinator())
    for name in ("held", "held_pdf", "erase"):
        assert client.get(reverse(f"referrals:{name}", args=[other.key])).status_code == 404
    assert not AccessEvent.objects.exists()
