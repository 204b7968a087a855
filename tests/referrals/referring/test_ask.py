"""Residents who ask to be put in touch, and take it back."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from accounts.models import AccessEvent, Council, Team
from assets_map.models import Area
from referrals.acts import move_referral
from referrals.models import Consent, MessageKind, NextStep, OwedMessage, Person, Referral, RingBack, Source, Via
from referrals.progress import Progress
from referrals.referring.own_code import is_theirs, new_code, read_code, referral_of
from referrals.results.recording import Answers, record_result
from tests.factories.assets_map import box
from tests.factories.directory import make_asset, make_provider
from tests.referrals.referring.posting import CODE, ask, ask_for, heading
from tests.search.conftest import place_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(client):
    """`own(code, contact)`: what somebody sees who looks what became of it; `step` "withdraw" takes it back."""

    def look(code=CODE, contact="07700 900123", step="look"):
        return client.post(reverse("referrals:own"), {"code": code, "contact": contact, "step": step})

    return look


def test_a_listing_where_people_may_ask_has_a_button(client, open_club):
    assert "Ask to be put in touch" in client.get(open_club.get_absolute_url()).content.decode()


@pytest.mark.parametrize("overrides", [{"email": "lunch@example.org"}, {"self_referral": True, "text_number": ""}])
def test_a_listing_that_does_not_take_it_or_that_nobody_can_write_to_has_none(client, overrides):
    asset = make_asset(provider=make_provider(), **overrides)
    assert "Ask to be put in touch" not in client.get(asset.get_absolute_url()).content.decode()
    assert heading(client.get(reverse("referrals:ask", args=[asset.slug]))) == "They like to be asked directly"
    assert heading(ask(client, asset)) == "They like to be asked directly"
    assert not Person.objects.exists()


def test_somebody_asks_for_themselves(client, open_club):
    response = ask(client, open_club, may_ask="on")
    assert CODE in response.content.decode()
    referral = Referral.objects.get()
    assert (referral.source, referral.progress, referral.made_by) == (Source.SELF, Progress.SENT, None)
    assert referral.needs["contact"] == "Ring 07700 900123"
    assert set(Consent.objects.values_list("purpose", "how", "taken_by")) == {
        ("share", "online", None),
        ("contact", "online", None),
    }
    assert OwedMessage.objects.filter(kind=MessageKind.PROVIDER_ASKED).count() == 1


def test_nothing_is_kept_before_it_is_sent(client, open_club):
    assert heading(ask(client, open_club, step="check")) == "Is anybody in danger?"
    assert heading(ask(client, open_club, step="worried")) == "What to do now"
    assert heading(ask(client, open_club, step="change")) == "What they need to know"
    assert not Person.objects.exists()
    assert "sessionid" not in client.cookies


def test_without_a_tick_nothing_is_sent(client, open_club):
    assert "Tick the box when you agree" in ask(client, open_club, agree="").content.decode()
    assert not Person.objects.exists()


def test_sent_twice_it_is_one_and_the_code_is_the_same(client, open_club):
    pages = [ask(client, open_club).content.decode() for _each in range(2)]
    assert all(CODE in page for page in pages)
    assert Referral.objects.count() == Person.objects.count() == 1


def test_a_form_whose_mark_was_changed_has_a_code_of_its_own(client, open_club):
    page = ask(client, open_club, once="mine").content.decode()
    assert "mine<" not in page
    assert Referral.objects.count() == 1


def test_a_carer_asks_for_somebody_who_said_yes(client, open_club):
    assert heading(ask_for(client, open_club)) == "We have told Riverside Neighbours"
    referral = Referral.objects.get()
    assert referral.source == Source.CARER
    assert referral.needs["carer"] == "Pat, her neighbour"
    assert referral.consent.note == "Pat, her neighbour"


@pytest.mark.parametrize("agree", ["no", "cannot"])
def test_a_carer_cannot_say_yes_instead_of_them(client, open_club, agree):
    response = ask_for(client, open_club, agree=agree, carer="")
    assert heading(response) == "Nothing is sent without their yes"
    assert "There is a problem" not in response.content.decode()
    assert not Person.objects.exists()


def test_the_coordinator_whose_patch_it_is_sees_them(client, open_club):
    patch = Area.objects.create(code="patch", name="Riverside", kind="patch", shape=box(0.3, 51.4, 0.4, 51.5))
    team = Team.objects.create(name="Riverside")
    team.patches.add(patch)
    ask(client, open_club)
    person = Person.objects.get()
    assert (person.patch, person.team) == (patch, team)
    assert OwedMessage.objects.filter(kind=MessageKind.COORDINATOR_TOLD).count() == 1


def test_who_lives_in_another_council_s_patch_is_seen_by_who_looks_after_the_place(client, open_club, monkeypatch):
    site = Site.objects.get()
    ours = Council.objects.create(name="Ours", codes="E07000066", site=site)
    there = Site.objects.create(hostname="theirs.example", root_page=site.root_page)
    theirs = Council.objects.create(name="Theirs", codes="E07000109", site=there)
    far_off, here = box(1.3, 52.4, 1.4, 52.5), box(0.3, 51.4, 0.4, 51.5)
    for code, council, shape in (("patch-1", theirs, far_off), ("patch-2", ours, here)):
        patch = Area.objects.create(code=code, slug=code, name=code, kind="patch", shape=shape)
        Team.objects.create(name=f"Team {code}", council=council).patches.add(patch)
    monkeypatch.setattr("referrals.referring.asking.find_place", lambda _typed: place_at(codes=("patch-1",)))
    open_club.asks_for = ["area"]
    open_club.save()
    ask(client, open_club, area="Far off")
    person = Person.objects.get()
    assert (person.council, person.patch.code, person.team.council) == (ours, "patch-2", ours)


def test_every_page_can_be_left_quickly_without_scripts_too(client, open_club):
    ways = ("ask", "ask_for_me", "ask_for_somebody")
    pages = [client.get(reverse(f"referrals:{name}", args=[open_club.slug])) for name in ways]
    pages += [ask(client, open_club, step=step) for step in ("check", "worried", "send")]
    pages += [ask_for(client, open_club, agree="no"), client.get(reverse("referrals:own"))]
    for page in pages:
        words = page.content.decode()
        assert 'href="https://www.bbc.co.uk/weather"' in words
        assert 'content="noindex"' in words
        assert "no-store" in page["Cache-Control"] or page.request["REQUEST_METHOD"] == "GET"


def test_with_the_code_and_the_number_somebody_sees_how_far_it_is(client, open_club, own):
    ask(client, open_club)
    page = own(code="2345 6789 ABCD", contact="+44 7700 900123").content.decode()
    assert "They have not opened it yet" in page
    assert AccessEvent.objects.get().why == "own-code"


@pytest.mark.parametrize(
    ("code", "contact"),
    [(CODE, "07700 900124"), ("2345-6789-abce", "07700 900123"), ("", "07700 900123"), (CODE, ""), ("'", "\0")],
)
def test_one_of_the_two_is_not_enough(client, open_club, own, code, contact):
    ask(client, open_club)
    page = own(code=code, contact=contact).content.decode()
    assert "There is a problem" in page
    assert "Sent" not in page
    assert not AccessEvent.objects.exists()


def test_whoever_guesses_the_number_has_to_wait(client, open_club, own):
    ask(client, open_club)
    for number in range(5):
        own(contact=f"07700 90010{number}")
    assert "wrong too often" in own().content.decode()


def test_what_cannot_be_a_code_makes_nobody_wait(client, open_club, own):
    ask(client, open_club)
    for _each in range(6):
        assert "We cannot find that" in own(code="2345-6789").content.decode()
    assert "They have not opened it yet" in own().content.decode()


@pytest.mark.parametrize("typed", ["+44 (0)7700 900123", "0044 7700 900123", "(07700) 900-123", "07700900123"])
def test_a_number_is_theirs_however_it_is_written(client, open_club, typed):
    ask(client, open_club)
    assert is_theirs(Referral.objects.get(), typed)


def test_taken_back_it_is_told_to_the_provider_and_emptied(client, open_club, own):
    ask(client, open_club, may_ask="on")
    assert heading(own(step="withdraw")) == "You took it back"
    referral = Referral.objects.get()
    assert (referral.progress, referral.needs) == (Progress.WITHDRAWN, {})
    assert OwedMessage.objects.filter(kind=MessageKind.PROVIDER_WITHDRAWN, referral=referral).exists()
    assert referral.consent.withdrawn_at
    person = referral.person
    assert (person.called, person.contact, person.place) == ("", {}, "")
    assert person.closed_at


def test_taken_back_what_they_said_of_it_and_a_call_that_was_promised_go_too(client, open_club, own):
    ask(client, open_club)
    referral = move_referral(Referral.objects.get(), to=Progress.ACCEPTED, via=Via.LINK)
    record_result(referral, Answers("not-met", {}, words="Nobody rang", ring="yes", number="01632 960777"), via="phone")
    own(step="withdraw")
    assert referral.results.get().words == ""
    assert not RingBack.objects.exists()
    assert Person.objects.get().next_what == NextStep.NONE


def test_taken_back_by_a_carer_their_name_is_gone_too(client, open_club, own):
    ask_for(client, open_club)
    own(step="withdraw")
    assert Consent.objects.get().note == ""


def test_taken_back_twice_it_is_still_taken_back(client, open_club, own):
    ask(client, open_club)
    assert [heading(own(step="withdraw")) for _each in range(2)] == ["You took it back"] * 2
    assert Referral.objects.get().events.count() == 2


def test_a_code_leads_to_nothing_that_a_coordinator_made(jean, open_club, robin):
    from tests.referrals.referring.posting import send

    send(robin, jean, open_club)
    assert Referral.objects.count() == 1
    assert referral_of(CODE) is None


def test_codes_are_read_however_they_are_typed():
    code = new_code()
    assert read_code(code.upper().replace("-", " ")) == code
    assert read_code(code.replace("-", "")) == code
    assert read_code(code[:-1]) == ""
    assert read_code(f"{code[:-1]}1") == ""


def test_an_address_is_theirs_in_any_case_of_letters(client, open_club):
    ask(client, open_club, contact="email", email="Jean@Example.org", phone="")
    referral = Referral.objects.get()
    assert is_theirs(referral, " jean@example.ORG")
    assert not is_theirs(referral, "")


def test_the_same_mark_is_forgotten_after_a_day_and_still_one(client, open_club):
    """What was sent is known by the referral too."""
    from accounts.models import Once

    ask(client, open_club)
    Once.objects.update(until=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    ask(client, open_club)
    assert Referral.objects.count() == Person.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_twice_at_once_is_one_request(open_club):
    def press(_each):
        try:
            return ask(Client(), open_club).content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(press, range(4)))
    assert all(CODE in page for page in pages)
    assert (Referral.objects.count(), Person.objects.count(), Consent.objects.count()) == (1, 1, 1)
    assert OwedMessage.objects.filter(kind=MessageKind.PROVIDER_ASKED).count() == 1
