"""Answering: by whom, how, and what the other side sees of it."""

from types import SimpleNamespace

import pytest
from django.test import Client

from accounts.access_events import AccessEvent
from accounts.joining import hold_only
from accounts.models import User
from accounts.roles import Role
from directory.models import ProviderMember
from referrals.acts import move_referral
from referrals.answering.links import give_code, give_link
from referrals.models import MessageKind, OwedMessage, ReferralEvent, Via
from referrals.progress import Progress
from tests.factories.directory import make_asset, make_provider
from tests.factories.referrals import make_coordinator, make_offer, make_person, make_referable_asset, refer

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(jean, lunch_club):
    return refer(jean, lunch_club)


def browser_with_a_pass(referral):
    client = Client()
    assert client.post("/answer/", {"link": give_link(referral), "code": give_code(referral)}).status_code == 302
    return client


@pytest.fixture
def by_link(referral):
    return browser_with_a_pass(referral)


@pytest.fixture
def by_coordinator(jean):
    client = Client()
    client.force_login(jean.coordinator)
    return client


def browser_of_member(provider, name="pat"):
    user = User.objects.create(username=f"{name}@example.org", email=f"{name}@example.org")
    hold_only(user, [Role.PROVIDER])
    ProviderMember.objects.create(user=user, provider=provider)
    client = Client()
    client.force_login(user)
    return client


def say(client, referral, to, *, was="seen", **more):
    return client.post(f"/answer/{referral.key}/", {"to": to, "was": was, **more})


def moves(referral):
    return list(referral.events.values_list("became", "via"))


def test_a_provider_accepts_is_in_contact_and_ends(by_link, referral):
    for to, was in (("accepted", "seen"), ("in-contact", "accepted"), ("ended", "in-contact")):
        assert say(by_link, referral, to, was=was).status_code == 302
    assert moves(referral) == [
        ("sent", "coordinator"),
        ("seen", "link"),
        ("accepted", "link"),
        ("in-contact", "link"),
        ("ended", "link"),
    ]
    assert "This has ended" in by_link.get(f"/answer/{referral.key}/").content.decode()


def test_a_no_asks_for_a_reason_and_words_and_keeps_what_was_typed(by_link, referral):
    for given, sentence in (
        ({"words": "We are full until May."}, "Choose the reason."),
        ({"reason": "no-capacity", "words": " "}, "Say why, in a few words."),
        ({"reason": "no-such-reason", "words": "We are full until May."}, "There is a problem"),
        ({"reason": "no-capacity", "words": "x" * 1_001}, "There is a problem"),
    ):
        answer = say(by_link, referral, "declined", **given)
        assert sentence in answer.content.decode()
        assert given["words"].strip() in answer.content.decode()
    say(by_link, referral, "declined", reason="no-capacity", words="We are full until May.")
    event = ReferralEvent.objects.get(became="declined")
    assert (event.reason, event.words) == ("no-capacity", "We are full until May.")


@pytest.mark.parametrize(
    "sent",
    [{}, {"to": ""}, {"to": "withdrawn", "was": "seen"}, {"to": "entered-in-error", "was": "seen"}, {"to": "draft"},
     {"to": "accepted", "was": "nowhere"}, {"to": "\x00", "was": "seen"}, {"to": "seen", "was": "sent"}],
)  # fmt: skip
def test_what_a_provider_cannot_say_changes_nothing(sent, by_link, referral):
    answer = by_link.post(f"/answer/{referral.key}/", sent)
    assert answer.status_code in {200, 409}
    referral.refresh_from_db()
    assert referral.progress == Progress.SEEN


def test_two_of_a_provider_s_people_say_the_same_and_one_move_is_made(by_link, referral):
    other = browser_with_a_pass(referral)
    for client in (by_link, other):
        assert say(client, referral, "accepted").status_code == 302
        assert "Accepted" in client.get(f"/answer/{referral.key}/").content.decode()
    assert [became for became, _via in moves(referral)].count("accepted") == 1


def test_two_who_disagree_are_both_told_what_stands_now(by_link, referral):
    other = browser_with_a_pass(referral)
    say(by_link, referral, "accepted")
    answer = say(other, referral, "declined", reason="no-capacity", words="Full.")
    assert answer.status_code == 409
    assert "it now stands at “Accepted”" in answer.content.decode()
    assert [became for became, _via in moves(referral)] == ["sent", "seen", "accepted"]


def test_what_somebody_did_meanwhile_is_not_overruled_unseen(by_link, referral):
    say(by_link, referral, "accepted")
    move_referral(referral, to=Progress.ON_HOLD, via=Via.RANG, words="The hall is flooded.")
    assert say(by_link, referral, "ended", was="accepted").status_code == 409
    referral.refresh_from_db()
    assert referral.progress == Progress.ON_HOLD


def test_a_mistake_is_told_to_the_coordinator_and_undone_by_nobody(by_link, referral):
    say(by_link, referral, "declined", reason="other", words="Oh no.")
    OwedMessage.objects.all().delete()
    answer = by_link.post(f"/answer/{referral.key}/", {"mistaken": "1"})
    assert "The coordinator hears of it" in answer.content.decode()
    assert [one.kind for one in OwedMessage.objects.all()] == [MessageKind.PROVIDER_MISTAKEN]
    referral.refresh_from_db()
    assert referral.progress == Progress.DECLINED


def test_a_mistake_is_told_by_the_link_too_when_the_hour_of_the_code_is_over(by_link, referral):
    say(by_link, referral, "declined", reason="other", words="Oh no.")
    OwedMessage.objects.all().delete()
    address = f"/answer/?link={give_link(referral)}"
    later = Client()
    assert 'name="mistaken"' in later.get(address).content.decode()
    for _each in range(20):
        assert "The coordinator hears of it" in later.post(address, {"mistaken": "1"}).content.decode()
    assert 1 <= OwedMessage.objects.filter(kind=MessageKind.PROVIDER_MISTAKEN).count() <= 6


def test_every_look_by_link_is_written_down(by_link, referral):
    AccessEvent.objects.filter(what="opened").exists() or by_link.get(f"/answer/{referral.key}/")
    event = AccessEvent.objects.get(what="opened", why="by-link")
    assert (event.whose, event.who) == (f"referrals.referral:{referral.pk}", None)


def test_a_yes_is_thanked_for_and_what_to_say_next_is_told(by_link, referral):
    say(by_link, referral, "accepted")
    assert "When you have reached them, come back and say so here." in by_link.get(f"/answer/{referral.key}/").text


# With an account.


def test_a_member_sees_theirs_in_one_list_and_answers(referral, jean, lunch_club):
    others = refer(jean, make_referable_asset(name="Others", provider=make_provider(name="Others")))
    client = browser_of_member(lunch_club.provider)
    listed = client.get("/my-referrals/").content.decode()
    assert referral.key in listed
    assert others.key not in listed
    assert client.get(f"/my-referrals/{others.key}/").status_code == 404
    assert client.post(f"/my-referrals/{others.key}/", {"to": "accepted", "was": "sent"}).status_code == 404
    assert "Somebody at the door" in client.get(f"/my-referrals/{referral.key}/").content.decode()
    assert "govuk-back-link" in client.get(f"/my-referrals/{referral.key}/").content.decode()
    client.post(f"/my-referrals/{referral.key}/", {"to": "accepted", "was": "seen"})
    assert moves(referral)[1:] == [("seen", "member"), ("accepted", "member")]
    assert referral.events.last().by.username == "pat@example.org"


def test_a_list_of_many_has_pages(jean, lunch_club, monkeypatch):
    monkeypatch.setattr("referrals.answering.by_member.ON_A_PAGE", 2)
    for _each in range(3):
        refer(jean, lunch_club)
    client = browser_of_member(lunch_club.provider)
    assert client.get("/my-referrals/").content.decode().count("govuk-heading-s") == 2
    assert client.get("/my-referrals/?page=2").content.decode().count("govuk-heading-s") == 1
    assert client.get("/my-referrals/?page=x").status_code == 200


# By phone.


def test_a_coordinator_writes_down_what_was_said_by_phone(by_coordinator, referral):
    address = f"/referrals/{referral.key}/rang/"
    assert "01632 960001" in by_coordinator.get(address).content.decode()
    assert by_coordinator.post(address, {"to": "accepted", "was": "sent"}).url == f"/referrals/{referral.key}/"
    event = referral.events.last()
    assert (event.became, event.via, event.by) == ("accepted", "rang", referral.made_by)
    # Who said it by phone need not be told by mail.
    assert not OwedMessage.objects.filter(kind=MessageKind.COORDINATOR_TOLD).exists()


def test_a_no_by_phone_leads_at_once_to_what_else_there_is(by_coordinator, referral):
    given = {"to": "declined", "was": "sent", "reason": "no-capacity", "words": "Full until May."}
    answer = by_coordinator.post(f"/referrals/{referral.key}/rang/", given)
    assert answer.url == f"/referrals/{referral.key}/next-best/"


def test_others_people_are_not_there(referral):
    stranger = Client()
    stranger.force_login(make_coordinator("stranger"))
    for page in ("rang", "code", "send-again", "next-best"):
        assert stranger.get(f"/referrals/{referral.key}/{page}/").status_code == 404


def test_a_code_to_read_out_is_shown_once_and_opens_by_hand(by_coordinator, referral):
    import re

    address = f"/referrals/{referral.key}/code/"
    assert not re.search(r">\d{6}<", by_coordinator.get(address).content.decode())
    shown = by_coordinator.post(address).content.decode()
    code = re.search(r">(\d{6})<", shown)[1]
    assert code not in by_coordinator.get(address).content.decode()
    reference = f"{referral.key[:4]}-{referral.key[4:8]}"
    assert reference in shown
    assert "/answer/</strong>" in shown
    assert Client().post("/answer/", {"reference": reference, "code": code}).status_code == 302


def test_another_link_is_sent_after_somebody_says_so(by_coordinator, referral):
    OwedMessage.objects.all().delete()
    address = f"/referrals/{referral.key}/send-again/"
    by_coordinator.get(address)
    assert not OwedMessage.objects.exists()
    assert by_coordinator.post(address).status_code == 302
    assert [one.kind for one in OwedMessage.objects.all()] == [MessageKind.PROVIDER_ASKED]


# What else there is.

found = []


def find(words, place, *, without=(), count=6):
    found.append((words, place, set(without)))
    rows = [SimpleNamespace(asset_id=one, reason="0.6 miles away", why="my garden") for one in range(1, 100_000, 1)]
    from directory.models import Asset

    there = set(Asset.objects.values_list("pk", flat=True)) - set(without)
    return [one for one in rows if one.asset_id in there][:count]


@pytest.fixture
def offers(settings):
    found.clear()
    settings.FIND_OFFERS = f"{__name__}.find"
    return found


def test_the_next_best_leaves_out_what_was_tried_and_declined(by_coordinator, referral, jean, offers):
    from tests.factories.referrals import make_conversation

    conversation = make_conversation(jean)
    declined = make_offer(conversation, make_asset(name="Chess Club"), state="declined")
    fresh = make_asset(name="Garden Club")
    referral.conversation = conversation
    referral.save()
    shown = by_coordinator.get(f"/referrals/{referral.key}/next-best/").content.decode()
    [(words, place, without)] = offers
    assert (words, place) == ("My garden, and seeing my sister.", "RM18 8AD")
    assert without == {referral.asset_id, declined.asset_id}
    assert "Garden Club" in shown
    assert f"/people/{jean.key}/refer/{fresh.slug}/" in shown
    assert "Chess Club" not in shown


def test_a_reason_is_told_by_each_side_in_its_own_words(by_link, by_coordinator, referral, offers):
    assert "We have no room just now" in by_link.get(f"/answer/{referral.key}/").text
    assert "They have no room just now" in by_coordinator.get(f"/referrals/{referral.key}/rang/").text
    say(by_link, referral, "declined", reason="no-capacity", words="Full.")
    for page, told in (("", "said no</strong>: they have no room"), ("next-best/", "said no: they have no room")):
        assert told in by_coordinator.get(f"/referrals/{referral.key}/{page}").text


def test_without_a_conversation_it_goes_by_what_was_shared_or_the_listing(by_coordinator, referral, offers):
    by_coordinator.get(f"/referrals/{referral.key}/next-best/")
    assert offers[0][0] == "A hot meal and company every Tuesday."


def test_where_nothing_else_is_known_the_page_says_so(by_coordinator, referral, offers):
    assert "nothing else that fits" in by_coordinator.get(f"/referrals/{referral.key}/next-best/").content.decode()


def test_what_was_a_person_s_until_they_were_forgotten_is_nobody_s(by_coordinator, referral, offers):
    referral.person = None
    referral.save()
    assert by_coordinator.get(f"/referrals/{referral.key}/next-best/").status_code == 404
    assert make_person()
