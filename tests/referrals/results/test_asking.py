import datetime as dt
import re

import pytest
from django.utils import timezone

from outbox.problems import NotDeliverable
from referrals.acts import move_referral
from referrals.models import NextStep, OwedMessage, ResultAsk, ResultRound, Via
from referrals.models.results import How
from referrals.progress import Progress
from referrals.referring.withdrawing import withdraw_consent
from referrals.results.asking import ask_due, cancel_asks_of, slips_sent, still_wanted, stop_asking, try_again
from referrals.results.ways import way_to_ask
from tests.factories.referrals import make_coordinator, make_person
from tests.referrals.results.conftest import accepted, weeks_on

pytestmark = pytest.mark.django_db
MOBILE, DESK = "07700 900123", "01632 960001"
EMAIL = {"email": "jean@example.org"}


def asks_of(referral):
    return list(referral.asks.order_by("week"))


def test_an_accepted_referral_is_asked_about_three_times():
    referral = accepted()
    today = timezone.localdate()
    assert [(ask.week, (ask.due_on - today).days) for ask in asks_of(referral)] == [(2, 14), (6, 42), (12, 84)]


def test_the_weeks_are_a_setting(settings):
    settings.RESULT_WEEKS = (1, 3)
    assert [ask.week for ask in asks_of(accepted())] == [1, 3]


def test_nobody_is_asked_who_did_not_say_yes_or_said_never():
    assert asks_of(accepted(asked=False)) == []
    assert asks_of(accepted(make_person(make_coordinator("sam"), results_never=True))) == []


def test_an_accepted_referral_that_was_on_hold_is_not_asked_about_twice_as_often():
    referral = accepted()
    move_referral(referral, to=Progress.ON_HOLD, via=Via.LINK, words="They are away")
    move_referral(referral, to=Progress.ACCEPTED, via=Via.LINK)
    assert len(asks_of(referral)) == 3


@pytest.mark.parametrize("end", [Progress.WITHDRAWN, Progress.ENTERED_IN_ERROR])
def test_nobody_is_asked_about_what_was_taken_back(end):
    referral = accepted()
    move_referral(referral, to=end, via=Via.COORDINATOR, words="They moved away")
    assert not referral.asks.standing().exists()
    assert ask_due(weeks_on(12)) == 0


def test_somebody_with_an_e_mail_address_is_sent_a_message_that_holds_nothing_of_them():
    referral = accepted(make_person(make_coordinator(), contact=EMAIL))
    OwedMessage.objects.all().delete()
    assert ask_due(weeks_on(2)) == 1
    owed = OwedMessage.objects.get()
    first, *later = asks_of(referral)
    assert (owed.kind, owed.ask, owed.referral, first.how) == ("result-asked", first, referral, How.LINK)
    assert first.asked_at
    assert not any(ask.asked_at for ask in later)


def test_what_was_asked_is_not_asked_again():
    accepted(make_person(make_coordinator(), contact=EMAIL))
    ask_due(weeks_on(2))
    owed = OwedMessage.objects.count()
    assert ask_due(weeks_on(2)) == 0
    assert OwedMessage.objects.count() == owed


def test_nobody_is_asked_at_night(settings):
    accepted()
    for hour in (3, 8, 18, 23):
        assert ask_due(weeks_on(2).replace(hour=hour)) == 0
    assert ask_due(weeks_on(2).replace(hour=9)) == 1


def test_a_yes_that_was_taken_back_is_looked_at_again_when_the_day_comes():
    referral = accepted()
    referral.person.consents.filter(purpose="contact").update(withdrawn_at=timezone.now())
    assert not still_wanted(asks_of(referral)[0])
    ask_due(weeks_on(2))
    first, *_later = asks_of(referral)
    assert first.cancelled_at
    assert not first.asked_at


def test_taking_back_a_yes_cancels_all_that_was_to_come():
    referral = accepted()
    cancel_asks_of(referral.person)
    assert ask_due(weeks_on(12)) == 0


@pytest.mark.parametrize("by", ["taking back the yes", "saying never"])
def test_who_is_not_to_be_asked_any_more_does_not_wait_to_be_rung(by):
    person = accepted(make_person(make_coordinator(), contact={"phone": DESK})).person
    ask_due(weeks_on(2))
    person.refresh_from_db()
    assert person.next_what == NextStep.ASK_RESULT
    if by == "saying never":
        stop_asking(person)
    else:
        yes = person.consents.get(purpose="contact")
        withdraw_consent(yes, via=Via.PERSON, words="")
    person.refresh_from_db()
    assert person.next_what == NextStep.NONE


def test_somebody_who_wants_a_call_is_on_the_list_to_ring():
    referral = accepted(make_person(make_coordinator(), contact={"phone": "01632 960001"}))
    ask_due(weeks_on(2))
    (first,) = ResultAsk.objects.to_ring(weeks_on(2))
    assert first.referral == referral
    assert list(ResultAsk.objects.by_hand()) == [first]


def test_somebody_without_a_phone_has_a_slip_that_is_to_be_printed_with_a_code():
    accepted(make_person(make_coordinator(), contact={}))
    ask_due(weeks_on(2))
    (first,) = ResultAsk.objects.to_print()
    assert first.code_digest
    assert slips_sent(ResultAsk.objects.all()) == 1
    assert slips_sent(ResultAsk.objects.all()) == 0
    assert not ResultAsk.objects.by_hand().exists()
    assert list(ResultAsk.objects.slips_out(timezone.now())) == [first]


def test_who_cannot_be_reached_by_a_message_is_asked_by_hand(monkeypatch):
    def refuse(*_given, **_more):
        raise NotDeliverable("There is no such number.")

    referral = accepted(make_person(make_coordinator(), contact={"phone": MOBILE}))
    OwedMessage.objects.all().delete()
    ask_due(weeks_on(2))
    monkeypatch.setattr("referrals.messages.texts.KeptTexts.send", refuse)
    with pytest.raises(NotDeliverable):
        OwedMessage.objects.get().deliver()
    assert [ask.referral for ask in ResultAsk.objects.by_hand()] == [referral]
    assert OwedMessage.objects.count() == 1


def test_whose_address_was_taken_out_since_is_asked_by_hand(mailoutbox):
    referral = accepted(make_person(make_coordinator(), contact={**EMAIL, "phone": DESK}))
    OwedMessage.objects.all().delete()
    ask_due(weeks_on(2))
    type(referral.person).objects.update(contact={"phone": DESK})
    OwedMessage.objects.get().deliver()
    assert mailoutbox == []
    assert asks_of(referral)[0].how == How.PHONE


def test_where_no_texts_are_sent_nobody_is_asked_by_text(settings):
    settings.TEXTS = "referrals.messages.texts.NoTexts"
    assert way_to_ask(make_person(contact={"phone": MOBILE, "how": "text"})) == How.PHONE


def test_the_message_holds_a_link_that_opens_the_questions_and_nobodys_name(client, mailoutbox):
    accepted(make_person(make_coordinator(), called="Wilhelmina", contact=EMAIL))
    OwedMessage.objects.all().delete()
    ask_due(weeks_on(2))
    OwedMessage.objects.get().deliver()
    (mail,) = mailoutbox
    assert mail.to == [EMAIL["email"]]
    for word in ("Wilhelmina", "Riverside", "LAS-"):
        assert word not in mail.subject + mail.body
    (link,) = re.findall(r"https?://[^/\s]+(/how-did-it-go/\?link=\S+)", mail.body)
    assert "What came of it?" in client.get(link).content.decode()


def test_who_did_not_pick_up_is_on_the_list_again_on_the_next_working_day():
    accepted()
    ask_due(weeks_on(2))
    (ask,) = ResultAsk.objects.to_ring(weeks_on(2))
    day = try_again(ask)
    assert day > timezone.localdate()
    assert day.weekday() < 5
    assert not ResultAsk.objects.to_ring(timezone.now()).exists()
    assert list(ResultAsk.objects.by_hand()) == [ask]


def test_the_next_time_takes_the_place_of_one_that_has_not_left_the_house():
    referral = accepted()
    ask_due(weeks_on(2))
    ask_due(weeks_on(6))
    first, second, _third = asks_of(referral)
    assert first.cancelled_at
    assert list(ResultAsk.objects.to_ring(weeks_on(6))) == [second]


def test_when_the_worker_was_away_for_long_the_person_is_asked_once():
    accepted(make_person(make_coordinator(), contact=EMAIL))
    OwedMessage.objects.all().delete()
    ask_due(weeks_on(12))
    assert OwedMessage.objects.count() == 1


def test_who_is_never_reached_by_phone_is_off_the_list_in_the_end():
    referral = accepted()
    ask_due(weeks_on(12))
    ask_due(weeks_on(18) + dt.timedelta(hours=1))
    assert not referral.asks.standing().exists()
    referral.person.refresh_from_db()
    assert referral.person.next_what == NextStep.NONE


def test_never_is_never():
    referral = accepted()
    stop_asking(referral.person)
    referral.person.refresh_from_db()
    assert referral.person.results_never
    assert ask_due(weeks_on(12)) == 0


def test_a_person_whose_record_was_closed_is_not_asked():
    referral = accepted()
    type(referral.person).objects.update(closed_at=timezone.now())
    ask_due(weeks_on(2))
    assert asks_of(referral)[0].cancelled_at


def test_the_worker_has_it_as_a_duty(monkeypatch):
    asked = []
    monkeypatch.setattr("referrals.results.asking.ask_due", lambda: asked.append(1))
    ResultRound.deliver_many([ResultRound.lay()])
    assert asked == [1]


def test_a_round_costs_a_few_queries_for_each(django_assert_max_num_queries):
    coordinator = make_coordinator()
    for _each in range(5):
        accepted(make_person(coordinator, contact=EMAIL))
    with django_assert_max_num_queries(30):
        assert ask_due(weeks_on(2)) == 5


@pytest.mark.parametrize(
    ("contact", "how"),
    [
        ({}, How.SLIP),
        ({"phone": "no idea"}, How.SLIP),
        ({"phone": DESK}, How.PHONE),
        ({"phone": MOBILE}, How.TEXT),
        ({"phone": MOBILE, "how": "phone"}, How.PHONE),
        ({"phone": MOBILE, "how": "Please ring, after lunch"}, How.PHONE),
        ({"phone": MOBILE, "how": "Write me a letter"}, How.SLIP),
        ({"phone": DESK, "how": "text"}, How.PHONE),
        ({"email": "jean@example.org"}, How.LINK),
        ({"email": "not an address", "phone": DESK}, How.PHONE),
        ({"email": "jean@example.org", "phone": MOBILE, "how": "text"}, How.TEXT),
        ({"email": "jean@example.org", "phone": MOBILE, "how": "e-mail"}, How.LINK),
        ({"email": "jean@example.org", "how": "on paper, please"}, How.SLIP),
        ({"email": "jean@example.org", "how": "through my daughter"}, How.LINK),
    ],
)
def test_each_is_asked_as_they_like_it(contact, how):
    assert way_to_ask(make_person(contact=contact)) == how
