"""Links of providers on another council's site, after a referral has ended, and what nobody learns from them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Council
from referrals.acts import move_referral
from referrals.answering.links import MOST_TRIES, give_code, give_link
from referrals.answering.references import short
from referrals.models import AnswerLink, MessageKind, OwedMessage, Referral, Via
from referrals.progress import Progress
from tests.factories.referrals import make_coordinator, make_person, refer
from tests.referrals.doors import DOOR, MARKERS, by_hand, opened, page, try_code, words_of, wrong

pytestmark = pytest.mark.django_db


# Another council's site.


@pytest.fixture
def basildon(settings):
    from wagtail.models import Site

    settings.ALLOWED_HOSTS = ["*"]
    site = Site.objects.create(hostname="basildon.example.org", root_page=Site.objects.get().root_page)
    return Council.objects.create(name="Basildon", site=site, codes="E07000066")


@pytest.mark.parametrize("whose", ["ours", "theirs"])
def test_on_another_council_s_site_there_is_no_such_link(whose, basildon, lunch_club):
    council = basildon if whose == "theirs" else None
    person = make_person(make_coordinator("kim", council=council), council=council)
    referral = refer(person, lunch_club)
    token, code = give_link(referral), give_code(referral)
    right, other = ("basildon.example.org", "testserver")[:: 1 if council else -1]
    elsewhere, here = Client(headers={"host": other}), Client(headers={"host": right})
    assert elsewhere.get(DOOR, {"link": token}).status_code == 404
    assert try_code(elsewhere, token, code).status_code == 404
    assert by_hand(elsewhere, short(referral.key), code).status_code == 200
    assert try_code(here, token, code).status_code == 302
    elsewhere.cookies = here.cookies
    assert elsewhere.get(page(referral)).url == DOOR


# After it ended.


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Progress.WITHDRAWN, "This has been withdrawn"),
        (Progress.ENTERED_IN_ERROR, "This was sent by mistake"),
        (Progress.DECLINED, "This was declined"),
    ],
)
def test_after_it_ended_nothing_of_the_person_is_shown(state, words, client, referral, token):
    try_code(client, token, give_code(referral))
    assert opened(client, referral)
    move_referral(referral, to=state, via=Via.COORDINATOR, reason="other", words="Jean changed her mind.")
    for answer in (client.get(page(referral)), client.get(DOOR, {"link": token}), try_code(client, token, "123456")):
        assert words in answer.content.decode()
        assert not [one for one in MARKERS if one in answer.content.decode()]
    answer = client.post(page(referral), {"to": "accepted", "was": "seen"})
    assert answer.status_code == 409
    referral.refresh_from_db()
    assert referral.progress == state


def test_after_it_was_deleted_there_is_nothing(client, referral, token):
    try_code(client, token, give_code(referral))
    Referral.objects.all().delete()
    assert client.get(page(referral)).url == DOOR
    assert client.get(DOOR, {"link": token}).status_code == 404


# Nobody learns what there is.


def test_a_reference_that_is_and_one_that_is_not_are_answered_alike(client, referral):
    code = give_code(referral)
    # What is kept for a minute is kept from here on.
    by_hand(client, short(referral.key), wrong(code))
    answers, asked = [], []
    for reference in (short(referral.key), "2222-2222", short(referral.key)):
        with CaptureQueriesContext(connection) as queries:
            answers.append(by_hand(client, reference, wrong(code)))
        asked.append([re.sub(r"\W.*", "", one["sql"]) for one in queries])
    texts = {words_of(one).replace(short(referral.key), "2222-2222") for one in answers}
    assert ({one.status_code for one in answers}, len(texts)) == ({200}, 1)
    # The same questions to the database, so that a clock tells nothing either.
    assert len({tuple(one) for one in asked}) == 1


def test_a_closed_one_is_answered_by_hand_like_one_that_never_was(client, referral):
    code = give_code(referral)
    for _each in range(MOST_TRIES):
        by_hand(client, short(referral.key), wrong(code))
    closed, never = by_hand(client, short(referral.key), code), by_hand(client, "2222-2222", code)
    assert words_of(closed).replace(short(referral.key), "2222-2222") == words_of(never)


def test_a_guessed_an_old_and_a_closed_link_are_answered_alike(client, referral, token):
    AnswerLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    old, guessed = client.get(DOOR, {"link": token}), client.get(DOOR, {"link": "x" * 43})
    AnswerLink.objects.update(expires_at=timezone.now() + timedelta(days=1), closed_at=timezone.now())
    closed = client.get(DOOR, {"link": token})
    assert words_of(old) == words_of(guessed) == words_of(closed)


def test_a_key_that_is_and_one_that_is_not_lead_to_the_same_door(client, referral):
    assert client.get(page(referral)).url == client.get(f"{DOOR}2k7m9xqdw4hp2k7m/").url == DOOR


def test_the_phone_that_is_listed_does_not_ring_all_day(client, referral, token):
    OwedMessage.objects.all().delete()
    for _each in range(20):
        client.post(DOOR, {"link": token, "text": "1"})
    assert OwedMessage.objects.filter(kind=MessageKind.PROVIDER_CODE).count() <= 6


def test_answers_are_kept_by_no_cache_and_tell_no_other_site(client, referral, token):
    for answer in (client.get(DOOR, {"link": token}), try_code(client, token, give_code(referral))):
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "same-origin"


def test_neither_link_nor_code_is_in_the_log(client, referral, token, caplog):
    code = give_code(referral)
    with caplog.at_level("DEBUG"):
        client.get(DOOR, {"link": token})
        try_code(client, token, wrong(code))
        try_code(client, token, code)
    said = " ".join(one.getMessage() + str(vars(one)) for one in caplog.records if one.name != "django.db.backends")
    assert token not in said
    assert referral.key not in said
