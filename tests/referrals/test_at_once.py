"""Two at the same instant: one move is made, nobody waits for ever, and nothing that was done is overlooked."""

import re
from functools import partial

import pytest
import requests
from django.test import Client
from django.urls import reverse

from referrals.acts import move_referral
from referrals.answering.links import give_code, give_link
from referrals.answering.moves import answer
from referrals.conversations.saving import save
from referrals.models import Consent, Conversation, NextStep, OwedMessage, Person, Referral, ResultAsk, Via
from referrals.models.consents import Purpose
from referrals.progress import Progress
from referrals.referring.giving import say_yes
from referrals.referring.withdrawing import withdraw_consent
from referrals.results.asking import try_again
from referrals.results.recording import Answers, record_result
from tests.factories.referrals import (
    consent_to_be_asked,
    make_conversation,
    make_coordinator,
    make_person,
    make_referable_asset,
    refer,
)
from tests.referrals.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NO = {"to": "declined", "was": "seen", "reason": "no-capacity", "words": "We are full."}
YES = {"to": "accepted", "was": "seen"}
# How a row is held until a transaction ends; one that holds the whole database needs no such words.
HELD = "FOR UPDATE"


class Desk:
    """Somebody of a provider, at a browser of their own, with the page of a referral open."""

    def __init__(self, site, referral):
        self.page = f"{site}/answer/{referral.key}/"
        self.browser = requests.Session()
        link = f"{site}/answer/?link={give_link(referral)}"
        self.send(link, self.token(link), code=give_code(referral))
        self.ready = self.token(self.page)

    def token(self, address):
        page = self.browser.get(address, timeout=60)
        return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]

    def send(self, address, token, **form):
        return self.browser.post(
            address, data={"csrfmiddlewaretoken": token, **form}, timeout=60, allow_redirects=False
        )

    def press(self, form):
        return self.send(self.page, self.ready, **form)


@pytest.mark.parametrize(("said", "statuses"), [((YES, NO), [302, 409]), ((YES, YES), [302, 302])])
def test_two_of_a_provider_s_people_press_at_once_and_one_move_is_made(said, statuses, live_server):
    referral = refer()
    desks = [Desk(live_server.url, referral) for _each in said]
    OwedMessage.objects.all().delete()
    answers = at_once(*(partial(desk.press, form) for desk, form in zip(desks, said, strict=True)))
    assert sorted(one.status_code for one in answers) == statuses
    [event] = referral.events.exclude(became__in=["sent", "seen"])
    assert Referral.objects.get().progress == event.became
    assert OwedMessage.objects.count() == 1
    for one in answers:
        if one.status_code == 409:
            assert f"it now stands at “{Progress(event.became).label}”" in one.text


def test_nobody_waits_for_who_waits_for_them():
    """Withdrawing beside an answer, a refusal to be asked beside a call, a save beside a referral."""
    for both in (answered_and_withdrawn, rung_and_withdrawn, told_and_withdrawn, written_and_referred):
        acts, stands = both()
        came_to = at_once(*acts, after=HELD)
        assert [one for one in came_to if isinstance(one, Exception)] == [], both.__name__
        assert stands(), both.__name__


def asked_person():
    person = make_person(make_coordinator(f"c{Person.objects.count()}"))
    consent_to_be_asked(person)
    return person


def answered_and_withdrawn():
    referral = refer(asked_person())
    says_yes = partial(answer, referral, {"to": "accepted", "was": "sent"}, via=Via.LINK)
    takes_back = partial(withdraw_consent, referral.consent, via=Via.COORDINATOR, words="No more")
    return (says_yes, takes_back), lambda: Referral.objects.get(pk=referral.pk).progress == Progress.WITHDRAWN


def rung_and_withdrawn():
    referral = move_referral(refer(asked_person()), to=Progress.ACCEPTED, via=Via.LINK)
    ResultAsk.objects.filter(referral=referral).update(how="phone", asked_at=referral.sent_at)
    takes_back = partial(withdraw_consent, referral.person.consents.get(purpose="contact"), via=Via.PERSON, words="")
    calls = partial(try_again, referral.asks.first())
    return (calls, takes_back), lambda: not referral.asks.standing().exists()


def told_and_withdrawn():
    referral = move_referral(refer(asked_person()), to=Progress.ACCEPTED, via=Via.LINK)
    tells = partial(record_result, referral, Answers("not-met", {}), via="phone")
    takes_back = partial(withdraw_consent, referral.consent, via=Via.PERSON, words="")
    return (tells, takes_back), lambda: referral.results.count() == 1


def written_and_referred():
    talk = make_conversation(asked_person())
    writes = partial(save, talk, {"change": "Sleep"}, was={}, by=None)
    refers = partial(refer, talk.person, make_referable_asset(), conversation=talk)
    return (writes, refers), lambda: Conversation.objects.get(pk=talk.pk).answers["change"] == "Sleep"


def test_what_happens_next_follows_from_both_moves():
    first = refer()
    second = refer(first.person)
    at_once(
        partial(move_referral, first, to=Progress.DECLINED, via=Via.LINK, reason="no-capacity", words="Full"),
        partial(move_referral, second, to=Progress.ACCEPTED, via=Via.LINK),
        before='UPDATE "referrals_person"',
    )
    assert Person.objects.get().next_what == NextStep.FIND_ANOTHER


def test_a_conversation_that_is_begun_twice_at_once_is_one(coordinator):
    form = {"reference": "LAS-77", "key": "2k7m9xqdw4hp2k7m"}

    def press():
        browser = Client()
        browser.force_login(coordinator)
        return browser.post(reverse("referrals:start"), form)

    pressed = at_once(press, press, before='INSERT INTO "referrals_person"')
    assert {one.url for one in pressed} == {reverse("referrals:conversation", args=[form["key"]])}
    assert Person.objects.count() == Conversation.objects.count() == 1


def test_a_further_yes_that_is_written_down_twice_at_once_is_one(jean):
    said = partial(say_yes, jean, purpose=Purpose.CONTACT, how="spoken", note="", by=jean.coordinator)
    assert at_once(said, said, before='INSERT INTO "referrals_consent"') == [None, None]
    assert Consent.objects.get().purpose == Purpose.CONTACT
