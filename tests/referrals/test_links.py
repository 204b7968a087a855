"""Links and codes of providers: what opens a referral, and the forty and more ways in which nothing does."""

import re
import threading
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connections
from django.test import Client
from django.utils import timezone

from outbox.delivery import deliver_due
from referrals.answering import passes
from referrals.answering.links import MOST_TRIES, give_code, give_link, use_code
from referrals.answering.references import short
from referrals.messages.texts import KeptTexts
from referrals.models import AnswerLink, MessageKind, OwedMessage, Referral, ReferralEvent
from referrals.progress import Progress
from tests.factories.referrals import make_referable_asset, refer
from tests.referrals.doors import DOOR, by_hand, opened, page, says_nothing, try_code, wrong

pytestmark = pytest.mark.django_db

CASES = 40


# What opens it.


def test_a_link_and_the_code_open_it_and_mark_it_seen(client, referral, token):
    code = give_code(referral)
    answer = try_code(client, token, f" {code[:3]} {code[3:]} ")
    assert (answer.status_code, answer.url) == (302, page(referral))
    assert opened(client, referral)
    referral.refresh_from_db()
    assert referral.progress == Progress.SEEN


def test_the_reference_and_the_code_open_it_however_they_are_typed(client, referral):
    code = give_code(referral)
    assert by_hand(client, f" {short(referral.key).upper().replace('-', ' ')} ", code).url == page(referral)
    assert opened(client, referral)


def test_the_code_goes_by_text_when_somebody_asks_for_it(client, referral, token):
    KeptTexts.kept.clear()
    OwedMessage.objects.all().delete()
    answer = client.post(DOOR, {"link": token, "text": "1"})
    assert "on its way" in answer.content.decode()
    deliver_due(OwedMessage)
    [text] = KeptTexts.kept
    assert try_code(client, token, re.search(r"\d{6}", text.words)[0]).status_code == 302


# Pre-fetched.


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("times", [1, 5])
def test_a_scanner_that_opens_the_link_learns_and_changes_nothing(method, times, client, referral, token):
    before = list(AnswerLink.objects.values())
    for _each in range(times):
        answer = getattr(client, method)(DOOR, {"link": token})
        assert answer.status_code == 200
        says_nothing(answer, referral)
    assert list(AnswerLink.objects.values()) == before
    referral.refresh_from_db()
    assert referral.progress == Progress.SENT
    assert not client.cookies.get("answers")
    # And the link still serves whom it was for.
    assert try_code(client, token, give_code(referral)).status_code == 302


# Guessed, cut short, doubled.


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:-1],
        lambda token: token[1:],
        lambda token: token + token,
        lambda token: token + "=",
        lambda token: f"{token}%00",
        lambda token: token + "\x00",
        lambda token: token.swapcase(),
        lambda token: f" {token}",
        lambda token: "x" * 43,
        lambda token: "x" * 10_000,
        lambda token: "' OR 1=1 --",
        lambda token: "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        lambda token: AnswerLink.objects.get().digest,
    ],
    ids=[
        "cut-short", "without-its-beginning", "doubled", "padded", "with-a-percent", "with-a-nul", "in-other-case",
        "with-a-space", "guessed", "long", "sql", "odd-letters", "the-digest-itself",
    ],
)  # fmt: skip
def test_what_is_nearly_a_link_opens_nothing(spoil, client, referral, token):
    code = give_code(referral)
    spoilt = spoil(token)
    for answer in (client.get(DOOR, {"link": spoilt}), try_code(client, spoilt, code)):
        assert answer.status_code == 404
        says_nothing(answer, referral)
    assert not opened(client, referral)
    assert AnswerLink.objects.get().tries == 0


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "12345a", "0" * 500, "-12345"])
def test_what_is_no_code_is_told_and_costs_nothing(code, client, referral, token):
    give_code(referral)
    answer = try_code(client, token, code)
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert not opened(client, referral)
    assert AnswerLink.objects.get().tries == 0


# Guessing codes.


def test_the_fifth_wrong_code_closes_the_link_and_the_coordinator_hears_of_it(client, referral, token):
    code = give_code(referral)
    OwedMessage.objects.all().delete()
    answers = [try_code(client, token, wrong(code)).status_code for _each in range(MOST_TRIES)]
    assert answers == [200, 200, 200, 200, 404]
    assert [one.kind for one in OwedMessage.objects.all()] == [MessageKind.LINK_CLOSED]
    assert try_code(client, token, code).status_code == 404
    assert by_hand(client, short(referral.key), code).status_code == 200
    assert not opened(client, referral)


def test_wrong_codes_by_hand_and_by_link_are_counted_together(client, referral, token):
    code = give_code(referral)
    for _each in range(3):
        by_hand(client, short(referral.key), wrong(code))
    for _each in range(2):
        try_code(client, token, wrong(code))
    assert try_code(client, token, code).status_code == 404


def test_another_code_gives_no_more_tries(client, referral, token):
    for _each in range(MOST_TRIES):
        try_code(client, token, wrong(give_code(referral)))
    assert client.get(DOOR, {"link": token}).status_code == 404


def test_another_link_gives_no_more_tries(client, referral, token):
    code = give_code(referral)
    for _each in range(3):
        try_code(client, token, wrong(code))
    again = give_link(referral)
    for _each in range(2):
        try_code(client, again, wrong(code))
    assert client.get(DOOR, {"link": again}).status_code == 404


def test_after_it_was_closed_the_coordinator_opens_another_way(client, referral, token):
    code = give_code(referral)
    for _each in range(MOST_TRIES):
        try_code(client, token, wrong(code))
    assert by_hand(client, short(referral.key), give_code(referral)).status_code == 302
    assert client.get(DOOR, {"link": token}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_many_at_once_have_five_tries_together(referral, token):
    code = give_code(referral)
    tried, ready = [], threading.Barrier(12)

    def guess(number):
        ready.wait(60)
        try:
            tried.append(use_code(referral, f"{(int(code) + 1 + number) % 1_000_000:06}"))
        finally:
            connections.close_all()

    guessing = [threading.Thread(target=guess, args=(number,)) for number in range(12)]
    for one in guessing:
        one.start()
    for one in guessing:
        one.join(120)
    assert tried == [False] * 12
    link = AnswerLink.objects.get()
    assert (link.tries, link.closed_at is None, link.code_digest) == (MOST_TRIES, False, "")
    assert not use_code(referral, code)


# Replayed, forwarded, too old.


def test_a_code_is_good_once(client, referral, token):
    code = give_code(referral)
    assert try_code(client, token, code).status_code == 302
    assert try_code(Client(), token, code).status_code == 200


def test_a_code_before_the_last_is_none(client, referral, token):
    first = give_code(referral)
    while (last := give_code(referral)) == first:
        pass
    assert try_code(client, token, first).status_code == 200
    assert try_code(client, token, last).status_code == 302


def test_a_link_that_was_forwarded_opens_nothing_in_another_browser(client, referral, token):
    try_code(client, token, give_code(referral))
    other = Client()
    says_nothing(other.get(DOOR, {"link": token}), referral)
    assert not opened(other, referral)
    assert opened(client, referral)


def test_the_address_of_the_page_opens_nothing_in_another_browser(client, referral, token):
    try_code(client, token, give_code(referral))
    answer = Client().get(page(referral))
    assert (answer.status_code, answer.url) == (302, DOOR)


def test_a_code_is_too_old_after_a_day(client, referral, token):
    code = give_code(referral)
    AnswerLink.objects.update(code_expires_at=timezone.now() - timedelta(seconds=1))
    assert try_code(client, token, code).status_code == 200
    assert not opened(client, referral)


def test_a_link_is_too_old_after_its_days(client, referral, token, settings):
    link = AnswerLink.objects.get()
    assert timedelta(days=29) < link.expires_at - timezone.now() <= timedelta(days=settings.ANSWER_LINK_DAYS)
    code = give_code(referral)
    AnswerLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(DOOR, {"link": token}).status_code == 404
    assert try_code(client, token, code).status_code == 404


def test_an_hour_later_the_code_is_asked_for_again(client, referral, token, monkeypatch):
    try_code(client, token, give_code(referral))
    now = passes.time.time()
    monkeypatch.setattr(passes.time, "time", lambda: now + passes.LASTS + 1)
    assert not opened(client, referral)


def test_a_cookie_that_was_altered_or_made_up_opens_nothing(client, referral, token):
    try_code(client, token, give_code(referral))
    kept = client.cookies["answers"].value
    for value in (
        kept[:-1],
        kept + "x",
        "",
        signing.dumps({referral.key: 9_999_999_999}, salt="another"),
        signing.dumps({referral.key: 9_999_999_999}, key="another key", salt=passes.SALT),
        signing.dumps([referral.key], salt=passes.SALT),
    ):
        client.cookies["answers"] = value
        assert not opened(client, referral)


def test_the_cookie_is_for_this_host_and_no_script(client, referral, token):
    cookie = try_code(client, token, give_code(referral)).cookies["answers"]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"], cookie["path"]) == (True, "Lax", "", "/")


# Used on another referral.


@pytest.fixture
def another(jean):
    return refer(jean, make_referable_asset(name="Another Club", email="other@example.org"))


def test_what_opens_one_opens_no_other(client, referral, token, another):
    try_code(client, token, give_code(referral))
    assert client.get(page(another)).url == DOOR
    answer = client.post(page(another), {"to": "accepted", "was": "sent"})
    assert answer.url == DOOR
    another.refresh_from_db()
    assert another.progress == Progress.SENT


def test_a_code_of_one_is_no_code_of_another(client, referral, token, another):
    code, other = give_code(referral), give_code(another)
    assert code == other or try_code(client, token, other).status_code == 200
    assert code == other or by_hand(client, short(another.key), code).status_code == 200
    assert ReferralEvent.objects.filter(became=Progress.SEEN).count() == (2 if code == other else 0)


def test_the_same_code_of_two_is_kept_as_two(referral, another):
    from referrals.answering.links import code_digest

    assert code_digest(referral, "123456") != code_digest(another, "123456")


def test_two_that_are_open_in_one_browser_are_told_apart(client, referral, token, another):
    try_code(client, token, give_code(referral))
    try_code(client, give_link(another), give_code(another))
    client.post(page(referral), {"to": "accepted", "was": "seen"})
    assert sorted(Referral.objects.values_list("progress", flat=True)) == ["accepted", "seen"]


def test_there_are_forty_cases_and_more(request):
    cases = [one for one in request.session.items if one.path == request.node.path]
    assert len(cases) > CASES or len(cases) < 10  # a few that were asked for by name
