"""Links and codes of providers: what opens a referral, and the forty and more ways in which nothing does."""

import re
import threading
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Council
from outbox.delivery import deliver_due
from referrals.acts import move_referral
from referrals.answering import passes
from referrals.answering.links import MOST_TRIES, give_code, give_link, use_code
from referrals.answering.references import short
from referrals.messages.texts import KeptTexts
from referrals.models import AnswerLink, MessageKind, OwedMessage, Referral, ReferralEvent, Via
from referrals.progress import Progress
from tests.factories.referrals import make_coordinator, make_person, make_referable_asset, refer

pytestmark = pytest.mark.django_db

DOOR = "/answer/"
MARKERS = ("Jean", "07700 900123", "After lunch", "Somebody at the door")
CASES = 40


@pytest.fixture
def referral(jean, lunch_club):
    return refer(jean, lunch_club)


@pytest.fixture
def token(referral):
    return give_link(referral)


def page(referral):
    return f"{DOOR}{referral.key}/"


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def try_code(client, token, code, **more):
    return client.post(DOOR, {"link": token, "code": code, **more})


def by_hand(client, reference, code):
    return client.post(DOOR, {"reference": reference, "code": code})


def opened(client, referral):
    """Whether this browser sees what was shared."""
    answer = client.get(page(referral))
    shown = [one for one in MARKERS if one in answer.content.decode()]
    assert shown in ([], list(MARKERS))
    return bool(shown)


def words_of(answer):
    """The page without what is new in every answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())


def says_nothing(answer, referral):
    text = answer.content.decode() + str(answer.headers)
    assert not [one for one in (*MARKERS, referral.key, referral.asset_name) if one in text]


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


def test_there_are_forty_cases_and_more(request):
    cases = [one for one in request.session.items if one.path == request.node.path]
    assert len(cases) > CASES or len(cases) < 10  # a few that were asked for by name
