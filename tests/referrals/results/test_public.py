import datetime as dt
import re

import pytest
from django.utils import timezone

from accounts.models import Council
from referrals.models import Result, ResultAsk, RingBack
from referrals.models.results import How
from referrals.results.asking import cancel_asks
from referrals.results.codes import code_of, spaced
from referrals.results.links import give_code, give_result_link
from tests.factories.directory import make_venue
from tests.factories.referrals import make_coordinator, make_person
from tests.referrals.results.conftest import accepted, open_ask

pytestmark = pytest.mark.django_db
PAGE = "/how-did-it-go/"
GOOD = {"step": "answers", "answer": "regularly"}


def said(response):
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(text.split())


@pytest.fixture
def ask():
    return open_ask(referral=accepted(make_person(make_coordinator(), called="Wilhelmina")))


@pytest.fixture
def link(ask):
    return give_result_link(ask)


@pytest.fixture
def slip(ask):
    ResultAsk.objects.update(how=How.SLIP)
    return give_code(ask)


def test_a_link_opens_the_questions_and_changes_nothing(client, ask, link, django_assert_num_queries):
    before = ResultAsk.objects.values().get(pk=ask.pk)
    for method in (client.get, client.head, client.get):
        response = method(PAGE, {"link": link})
        assert response.status_code == 200
    assert ResultAsk.objects.values().get(pk=ask.pk) == before
    assert not Result.objects.exists()
    assert "What came of it?" in said(response)


def test_the_page_names_the_group_and_never_the_person(client, link):
    words = said(client.get(PAGE, {"link": link}))
    assert "Riverside Lunch Club" in words
    assert "Wilhelmina" not in words
    assert "LAS-" not in words


def test_a_group_whose_place_is_hidden_is_not_named(client, ask, link):
    asset = ask.referral.asset
    asset.venue = make_venue(hidden=True)
    asset.save()
    words = said(client.get(PAGE, {"link": link}))
    assert "Riverside" not in words
    assert "in touch with somebody near you" in words


def test_an_answer_by_link_is_kept(client, ask, link):
    sent = {**GOOD, "link": link, "listened": "partly", "words": "The soup is good.\r\nAnd warm."}
    response = client.post(PAGE, sent, follow=True)
    assert "What you said is kept" in said(response)
    result = Result.objects.get()
    assert (result.answer, result.statements, result.via) == ("regularly", {"listened": "partly"}, How.LINK)
    assert result.words == "The soup is good.\nAnd warm."
    assert result.taken_by is None


def test_an_unhappy_answer_is_told_by_when_somebody_rings(client, link):
    sent = {"step": "answers", "link": link, "answer": "not-got-there", "ring": "yes"}
    words = said(client.post(PAGE, sent, follow=True))
    day = RingBack.objects.get().promised_for
    assert f"Somebody will ring you by {day:%A} {day.day} {day:%B}" in words


def test_without_an_answer_nothing_that_was_typed_is_lost(client, link):
    response = client.post(PAGE, {"step": "answers", "link": link, "words": "Do not lose me"})
    words = said(response)
    assert "Choose what came of it" in words
    assert "Do not lose me" in words
    assert not Result.objects.exists()


def test_a_second_answer_shows_what_stands_but_not_the_words(client, link):
    client.post(PAGE, {**GOOD, "link": link, "words": "A secret"})
    response = client.get(PAGE, {"link": link})
    html = response.content.decode()
    assert "You have answered already" in said(response)
    assert re.search(r'value="regularly" checked', html)
    assert "A secret" not in html
    client.post(PAGE, {**GOOD, "link": link, "answer": "once"})
    assert (Result.objects.get().answer, Result.objects.get().words) == ("once", "A secret")


def test_after_a_week_the_page_says_so(client, link):
    client.post(PAGE, {**GOOD, "link": link})
    Result.objects.update(at=timezone.now() - dt.timedelta(days=8))
    for response in (client.get(PAGE, {"link": link}), client.post(PAGE, {**GOOD, "link": link, "answer": "once"})):
        assert "more than a week ago" in said(response)
    assert Result.objects.get().answer == "regularly"


def test_the_code_of_a_slip_opens_the_questions_and_takes_the_answer(client, slip):
    opened = client.post(PAGE, {"slip": spaced(slip).lower()})
    assert "What came of it?" in said(opened)
    assert not Result.objects.exists()
    client.post(PAGE, {**GOOD, "slip": slip})
    assert Result.objects.get().via == How.SLIP


def test_whoever_types_in_a_slip_that_came_back_is_written_down(client, slip):
    sam = make_coordinator("sam")
    client.force_login(sam)
    client.post(PAGE, {**GOOD, "slip": slip})
    assert Result.objects.get().taken_by == sam


def test_the_square_code_fills_the_box_and_asks_nothing(client, slip):
    response = client.get(PAGE, {"code": slip})
    assert f'value="{slip}"' in response.content.decode()
    assert "What came of it?" not in said(response)


def test_a_slip_of_the_pen_is_told_and_costs_nothing(client, slip):
    wrong = slip[:8] + ("2" if slip[8] != "2" else "3")
    for _each in range(12):
        response = client.post(PAGE, {"slip": wrong})
        assert response.status_code == 200
        assert "one letter or number is wrong" in said(response)
    assert "What came of it?" in said(client.post(PAGE, {"slip": slip}))


def test_guesses_are_few(client, slip):
    told = [client.post(PAGE, {"slip": code_of(f"guess {number}")}) for number in range(8)]
    assert [one.status_code for one in told] == [200] * 5 + [429] * 3
    assert "We do not know that code" in said(told[0])
    assert "Several codes were wrong. Please wait" in said(told[-1])
    assert client.post(PAGE, {"slip": slip}).status_code == 429


def test_somebody_elses_guesses_keep_nobody_else_waiting(client, slip):
    for number in range(8):
        client.post(PAGE, {"slip": code_of(f"guess {number}")}, REMOTE_ADDR="192.0.2.7")
    assert client.post(PAGE, {"slip": slip}, REMOTE_ADDR="192.0.2.8").status_code == 200


def test_one_right_code_does_not_make_up_for_wrong_ones(client, slip):
    for number in range(5):
        client.post(PAGE, {"slip": code_of(f"guess {number}")})
        assert client.post(PAGE, {"slip": slip}).status_code == (200 if number < 4 else 429)


def gone(ask):
    ResultAsk.objects.filter(pk=ask.pk).update(expires_at=timezone.now() - dt.timedelta(seconds=1))


def forgotten(ask):
    type(ask.referral).objects.filter(pk=ask.referral_id).update(person=None)


@pytest.mark.parametrize("end", [gone, forgotten, lambda ask: cancel_asks(ask.referral), lambda ask: ask.delete()])
def test_what_is_over_opens_nothing(client, ask, link, slip, end):
    end(ask)
    for method in (client.get, client.post):
        response = method(PAGE, {**GOOD, "link": link})
        assert response.status_code == 404
        assert "This link does not open anything any more" in said(response)
    assert "We do not know that code" in said(client.post(PAGE, {**GOOD, "slip": slip}))
    assert not Result.objects.exists()


@pytest.mark.parametrize("link", ["x", "ä" * 90, "a" * 5_000, "../../etc", "' OR 1=1 --", "\x00", "😀"])
def test_links_that_never_were_open_nothing(client, ask, link):
    give_result_link(ask)
    assert client.get(PAGE, {"link": link}).status_code == 404
    assert client.post(PAGE, {**GOOD, "link": link}).status_code == 404


def test_the_link_of_one_ask_answers_no_other(client, ask, link):
    other = open_ask(referral=accepted(make_person(ask.referral.person.coordinator)))
    give_result_link(other)
    client.post(PAGE, {**GOOD, "link": link, "ask": other.key, "key": other.key, "slip": give_code(other)})
    assert Result.objects.get().ask == ask


def test_at_another_councils_site_it_opens_nothing(client, ask, link, slip):
    from wagtail.models import Site

    home = Site.objects.get().root_page
    site = Site.objects.create(hostname="elsewhere.example.org", root_page=home)
    theirs = Council.objects.create(name="Elsewhere", site=site, codes="E07000109")
    ours = Council.objects.create(name="Thurrock", site=Site.objects.get(is_default_site=True), codes="E06000034")
    type(ask.referral).objects.update(council=theirs)
    assert client.get(PAGE, {"link": link}).status_code == 404
    assert "We do not know that code" in said(client.post(PAGE, {"slip": slip}))
    type(ask.referral).objects.update(council=ours)
    assert client.get(PAGE, {"link": link}).status_code == 200


HOSTILE = [
    {"answer": "everything"},
    {"answer": ["once", "regularly", "<b>"]},
    {"listened": "maybe"},
    {"ring": "now"},
    {"number": "1"},
    {"number": "9" * 500},
    {"words": "w" * 5_000},
]


@pytest.mark.parametrize("sent", HOSTILE)
def test_whatever_else_is_sent_is_answered_with_a_sentence(client, link, sent):
    response = client.post(PAGE, {**GOOD, "link": link, **sent})
    assert response.status_code == 200
    assert "There is a problem" in said(response)
    assert not Result.objects.exists()


def test_characters_that_nobody_sees_are_left_out(client, link):
    client.post(PAGE, {**GOOD, "link": link, "words": "a\x00b\x1b[31m\u202ec\nd"})
    assert Result.objects.get().words == "ab[31mc\nd"


def test_ten_megabytes_are_turned_away_with_a_sentence(client, link):
    response = client.post(PAGE, {**GOOD, "link": link, "words": "w" * 10_000_000})
    assert response.status_code == 413
    assert "more than we can take" in said(response)


def test_a_link_outlives_a_change_of_the_secret(client, settings, ask, link, slip):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret, of forty letters and more"
    assert client.get(PAGE, {"link": link}).status_code == 200
    ask.refresh_from_db()
    assert give_code(ask) == slip
    assert "What came of it?" in said(client.post(PAGE, {"slip": slip}))


def test_sent_twice_a_message_has_the_same_link(ask, link):
    ask.refresh_from_db()
    assert give_result_link(ask) == link
    assert link not in str(ResultAsk.objects.values().get(pk=ask.pk))
