import datetime as dt
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader
from wagtail.models import Site

from accounts.models import AccessEvent, Council
from accounts.roles import Role
from referrals.keeping.erasing import Because, erase
from referrals.models import Person, Result, ResultAsk, RingBack
from referrals.models.results import How
from referrals.results.codes import spaced
from referrals.results.links import give_code
from referrals.results.recording import Answers, NotAskedAnyMore, record_result
from referrals.working_days import working_days_after
from tests.factories.referrals import make_coordinator, make_person
from tests.referrals.results.conftest import accepted, open_ask
from tests.referrals.results.test_public import said

pytestmark = pytest.mark.django_db
SAD = Answers(answer="not-got-there", statements={"listened": "no"}, words="The bus does not come.")


@pytest.fixture
def robin(db):
    return make_coordinator("robin")


@pytest.fixture
def desk(client, robin):
    client.force_login(robin)
    return client


@pytest.fixture
def to_ring(robin):
    return open_ask(How.PHONE, accepted(make_person(robin, called="Jean")))


@pytest.fixture
def slip(robin):
    return open_ask(How.SLIP, accepted(make_person(robin, called="Alf", contact={})), expires_at=None)


@pytest.fixture
def ring_back(to_ring):
    record_result(to_ring.referral, SAD, via=How.PHONE, ask=to_ring)
    return RingBack.objects.get()


def looks(what):
    return [event.whose for event in AccessEvent.objects.filter(what=what)]


def test_the_lists_of_what_is_done_by_hand(desk, to_ring, slip):
    words = said(desk.get("/to-ask/"))
    assert "Jean Riverside Lunch Club · after 2 weeks · 07700 900123 · After lunch" in words
    assert f"Alf ({slip.referral.person.reference}), Riverside Lunch Club, after 2 weeks" in words
    assert looks("to-ask") == ["referrals.resultask"]


def test_whoever_has_no_case_reference_has_no_empty_brackets(desk, robin):
    open_ask(How.SLIP, accepted(make_person(robin, called="Alf", reference="", contact={})), expires_at=None)
    assert "Alf, Riverside Lunch Club, after 2 weeks" in said(desk.get("/to-ask/"))


def test_nobody_elses_people_are_on_them(client, to_ring, slip, ring_back):
    elsewhere = Council.objects.create(name="Elsewhere", site=Site.objects.get())
    for name, council in (("pat", None), ("lee", elsewhere)):
        client.force_login(make_coordinator(name, council=council))
        for address in ("/to-ask/", "/ring-backs/"):
            words = said(client.get(address))
            assert "Jean" not in words
            assert "Alf" not in words
        for address in (f"/to-ask/{to_ring.key}/", f"/ring-backs/{ring_back.key}/", f"/heard/{to_ring.referral.key}/"):
            assert client.get(address).status_code == 404
            assert client.post(address, {"answer": "once"}).status_code == 404
        assert client.post("/to-ask/slips.pdf", {"ask": [slip.key]}).status_code == 302
        client.post("/to-ask/sent/", {"ask": [slip.key]})
        slip.refresh_from_db()
        assert slip.expires_at is None


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.EDITOR, Role.COMMISSIONER, Role.PROVIDER])
def test_other_roles_find_nothing_there(as_role, role):
    desk = as_role(role)
    for address in ("/to-ask/", "/ring-backs/"):
        assert desk.get(address).status_code == 404


def test_what_is_said_on_the_phone_stands_there_and_the_look_is_written_down(desk, to_ring):
    words = said(desk.get(f"/to-ask/{to_ring.key}/"))
    assert "Hello, Jean. I am ringing from the council." in words
    assert "we put you in touch with Riverside Lunch Club" in words
    assert looks("asked-how-it-went") == [f"referrals.person:{to_ring.referral.person_id}"]


def test_what_they_say_on_the_phone_is_kept(desk, robin, to_ring):
    response = desk.post(f"/to-ask/{to_ring.key}/", {"answer": "not-for-them", "words": "Too loud"}, follow=True)
    day = working_days_after(timezone.localdate(), 2)
    assert f"ring them back by {day:%A} {day.day} {day:%B}" in said(response)
    result = Result.objects.get()
    assert (result.via, result.taken_by, result.ask) == (How.PHONE, robin, to_ring)


def test_nothing_said_is_lost_when_an_answer_is_missing(desk, to_ring):
    words = said(desk.post(f"/to-ask/{to_ring.key}/", {"words": "Do not lose me"}))
    assert "Choose what came of it" in words
    assert "Do not lose me" in words


def test_who_does_not_pick_up_is_tried_again(desk, to_ring):
    assert "on the list again on" in said(desk.post(f"/to-ask/{to_ring.key}/", {"again": "1"}, follow=True))
    assert "Jean" not in said(desk.get("/to-ask/"))


def test_who_does_not_want_to_be_asked_is_not_asked_again(desk, to_ring):
    desk.post(f"/to-ask/{to_ring.key}/", {"never": "1"})
    to_ring.referral.person.refresh_from_db()
    assert to_ring.referral.person.results_never
    again = desk.post(f"/to-ask/{to_ring.key}/", {"never": "1"}, follow=True)
    assert "They are not to be asked about this any more." in said(again)


def test_what_somebody_tells_unasked_is_kept_too_and_once_when_a_button_is_pressed_twice(desk, to_ring):
    for answer in ("once", "once", "regularly", "regularly"):
        desk.post(f"/heard/{to_ring.referral.key}/", {"answer": answer})
    assert list(Result.objects.values_list("answer", "ask")) == [("regularly", None), ("once", None)]


def test_slips_are_printed_as_often_as_need_be_and_change_nothing(desk, slip):
    before = ResultAsk.objects.exclude(code_digest="").count()
    pages = []
    for _each in range(2):
        response = desk.post("/to-ask/slips.pdf", {"ask": [slip.key], "point": "18"})
        assert response["Content-Type"] == "application/pdf"
        pages.append([page.extract_text() for page in PdfReader(BytesIO(response.content)).pages])
    assert pages[0] == pages[1]
    assert before == 0
    slip.refresh_from_db()
    assert slip.expires_at is None
    text = " ".join(" ".join(pages[0]).split())
    assert spaced(give_code(slip)) in text
    assert "Alf" not in text
    assert slip.referral.person.reference not in text
    assert looks("slip-printed") == [f"referrals.person:{slip.referral.person_id}"] * 2


def test_slips_in_the_post_are_out_with_their_codes_beside_who_they_went_to(desk, slip):
    assert "1 slip is in the post" in said(desk.post("/to-ask/sent/", {"ask": [slip.key]}, follow=True))
    assert "They were in the post already" in said(desk.post("/to-ask/sent/", {"ask": [slip.key]}, follow=True))
    words = said(desk.get("/to-ask/"))
    assert "There are no slips to print" in words
    assert f"{spaced(give_code(slip))} Alf ({slip.referral.person.reference})" in words


@pytest.mark.parametrize("asked", [{}, {"ask": ["nothing"]}, {"ask": ["x" * 5_000, "\x00"]}])
def test_without_slips_a_sentence(desk, slip, asked):
    for address in ("/to-ask/slips.pdf", "/to-ask/sent/"):
        assert "Tick the slips that you mean" in said(desk.post(address, asked, follow=True))


def test_people_who_need_large_print_are_apart(desk, robin, slip):
    open_ask(How.SLIP, accepted(make_person(robin, large_print=True, contact={})), expires_at=None)
    html = desk.get("/to-ask/").content.decode()
    assert html.index("In large print") < html.index("In ordinary print")
    assert '<option value="18" selected>' in html


def test_the_oldest_promise_comes_first_and_says_that_it_is_late(desk, robin, ring_back):
    late = open_ask(How.PHONE, accepted(make_person(robin, called="Nell")))
    record_result(late.referral, SAD, via=How.PHONE, ask=late)
    day = timezone.localdate() - dt.timedelta(days=3)
    RingBack.objects.exclude(pk=ring_back.pk).update(promised_for=day)
    words = said(desk.get("/ring-backs/"))
    assert words.index("Nell") < words.index("Jean")
    assert f"Overdue: promised for {day:%A} {day.day} {day:%B}" in words
    assert looks("ring-backs") == ["referrals.ringback"]


def test_a_ring_back_shows_what_was_said(desk, ring_back):
    words = said(desk.get(f"/ring-backs/{ring_back.key}/"))
    for told in (
        "Could not get there · Riverside Lunch Club",
        "The bus does not come.",
        "and understood No",
    ):
        assert told in words
    assert looks("ring-back") == [f"referrals.person:{ring_back.person_id}"]


def test_done_with_words_it_is_off_the_list(desk, robin, ring_back):
    address = f"/ring-backs/{ring_back.key}/"
    assert "Write what was said" in said(desk.post(address, {"what": "done"}))
    response = desk.post(address, {"what": "done", "done-words": "She has a lift now."}, follow=True)
    assert "They are off the list" in said(response)
    assert "Nobody is waiting to be rung" in said(response)
    assert "They have been rung already" in said(desk.post(address, {"what": "done", "done-words": "Again"}))
    assert "She has a lift now." in said(desk.get(address))


def test_another_day_needs_a_reason_and_a_day_that_can_be(desk, ring_back):
    address, day = f"/ring-backs/{ring_back.key}/", working_days_after(timezone.localdate(), 4)
    for sent, told in (
        ({}, "Choose the day"),
        ({"again-day": "yesterday", "again-why": "x"}, "Write the day like this"),
        ({"again-day": "1926-01-01", "again-why": "x"}, "Choose a working day"),
        ({"again-day": day.isoformat()}, "Say why"),
    ):
        assert told in said(desk.post(address, {"what": "again", **sent}))
    for _each in range(2):
        desk.post(address, {"what": "again", "again-day": day.isoformat(), "again-why": "Nobody in"})
    ring_back.refresh_from_db()
    assert ring_back.promised_for == day
    assert ring_back.words.count("Nobody in") == 1


def test_somebody_without_a_number_is_to_be_seen_or_written_to(desk, slip):
    record_result(slip.referral, SAD, via=How.SLIP, ask=slip)
    assert "None is known" in said(desk.get(f"/ring-backs/{RingBack.objects.get().key}/"))


def test_with_whom_nothing_goes_on_any_more_is_not_rung_nor_written_to(desk, to_ring, slip):
    Person.objects.update(closed_at=timezone.now())
    words = said(desk.get("/to-ask/"))
    assert "Jean" not in words
    assert "Alf" not in words


def test_what_is_told_after_the_record_was_erased_is_kept_nowhere(desk, robin, to_ring):
    open_page = to_ring.referral
    erase(open_page.person, by=robin, because=Because.PERSON_ASKED)
    for ask in (to_ring, None):
        with pytest.raises(NotAskedAnyMore):
            record_result(open_page, SAD, via=How.PHONE, ask=ask)
    assert not Result.objects.exists()
