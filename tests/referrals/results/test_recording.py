import datetime as dt

import pytest
from django.utils import timezone

from referrals.models import NextStep, Result, ResultAnswer, RingBack
from referrals.models.results import How
from referrals.results.questions import UNHAPPY, is_unhappy
from referrals.results.recording import Answers, TooLate, promised, record_result
from referrals.results.ring_backs import AlreadyDone, NotADay, mark_done, promise_again, promise_in_words
from referrals.working_days import is_working_day, working_days_after
from tests.referrals.results.conftest import open_ask

pytestmark = pytest.mark.django_db
HAPPY = Answers(answer="regularly", statements={"listened": "yes"}, words="They are kind.")
SAD = Answers(answer="not-got-there", statements={})


def record(ask, answers, **more):
    return record_result(ask.referral, answers, via=How.LINK, ask=ask, **more)


def a_working_day(days=1):
    return working_days_after(timezone.localdate(), days)


def test_a_result_is_kept_with_the_persons_words_sealed():
    result = record(open_ask(), HAPPY)
    result.refresh_from_db()
    assert (result.answer, result.statements, result.words) == ("regularly", {"listened": "yes"}, "They are kind.")
    assert not result.unhappy
    assert not RingBack.objects.exists()


def test_an_ask_is_answered_once_and_what_is_said_again_takes_its_place():
    ask = open_ask()
    record(ask, HAPPY)
    record(ask, HAPPY._replace(answer="once", words=""))
    result = Result.objects.get()
    assert (result.answer, result.words) == ("once", "They are kind.")
    ask.refresh_from_db()
    assert ask.answered_at == result.at


def test_after_a_week_it_stands():
    ask = open_ask()
    record(ask, HAPPY)
    Result.objects.update(at=timezone.now() - dt.timedelta(days=7, seconds=1))
    with pytest.raises(TooLate, match="more than a week ago"):
        record(ask, SAD)
    assert Result.objects.get().answer == "regularly"


@pytest.mark.parametrize("answer", ResultAnswer)
def test_which_answers_are_unhappy(answer):
    assert is_unhappy(answer, {}) == (answer in UNHAPPY)


def test_a_no_is_unhappy_and_so_is_who_asks_to_be_rung():
    assert is_unhappy("regularly", {"control": "no"})
    assert is_unhappy("regularly", {}, ring="yes")
    assert not is_unhappy("regularly", {"control": "partly"}, ring="no")


def test_an_unhappy_answer_promises_a_call_within_two_working_days():
    ask = open_ask()
    ring_back = promised(record(ask, SAD))
    assert ring_back.promised_for == a_working_day(2)
    person = ask.referral.person
    person.refresh_from_db()
    assert (person.next_what, person.next_at) == (NextStep.RING_BACK, ring_back.promised_for)


def test_the_days_are_a_setting(settings):
    settings.RING_BACK_DAYS = 5
    assert promised(record(open_ask(), SAD)).promised_for == a_working_day(5)


def test_an_answer_that_is_changed_brings_no_second_promise_and_takes_none_back():
    ask = open_ask()
    record(ask, SAD)
    record(ask, SAD._replace(ring="yes", number="01632 960777"))
    record(ask, HAPPY)
    (ring_back,) = RingBack.objects.promised()
    assert ring_back.words == "They asked to be rung on 01632 960777."


def test_who_does_not_want_a_call_is_on_the_list_with_that_said():
    ring_back = promised(record(open_ask(), SAD._replace(ring="no")))
    assert ring_back.words == "They said that nobody needs to ring."


def test_nothing_is_asked_any_more_of_who_found_another_way():
    ask = open_ask()
    record(ask, SAD._replace(answer="met-another-way"))
    assert not ask.referral.asks.standing().exists()


def test_who_says_never_again_is_not_asked_again():
    ask = open_ask()
    record(ask, HAPPY._replace(never_again=True))
    ask.referral.person.refresh_from_db()
    assert ask.referral.person.results_never
    assert not ask.referral.asks.standing().exists()


def test_a_promise_that_is_kept_is_off_the_list(sam):
    ask = open_ask()
    ring_back = mark_done(promised(record(ask, SAD)), words="The bus was the trouble. She has a lift now.", by=sam)
    assert ring_back.done_by == sam
    assert "She has a lift now." in ring_back.words
    assert not RingBack.objects.promised().exists()
    ask.referral.person.refresh_from_db()
    assert ask.referral.person.next_what != NextStep.RING_BACK


def test_two_who_ring_at_once_are_told(sam):
    ring_back = promised(record(open_ask(), SAD))
    mark_done(ring_back, words="Rung.", by=sam)
    with pytest.raises(AlreadyDone):
        mark_done(ring_back, words="Rung too.", by=sam)
    with pytest.raises(AlreadyDone):
        promise_again(ring_back, day=a_working_day(), why="Nobody in", by=sam)


def test_a_promise_is_made_again_with_its_reason(sam):
    ring_back = promised(record(open_ask(), SAD))
    day = a_working_day(3)
    again = promise_again(ring_back, day=day, why="She is at the hospital", by=sam)
    assert again.promised_for == day
    assert "She is at the hospital" in again.words
    again.person.refresh_from_db()
    assert again.person.next_at == day


def test_nobody_is_promised_a_call_on_a_day_that_is_none(sam):
    ring_back = promised(record(open_ask(), SAD))
    today = timezone.localdate()
    sunday = today + dt.timedelta(days=(6 - today.weekday()) % 7 + 7)
    for day in (today - dt.timedelta(days=1), today + dt.timedelta(days=29), sunday):
        with pytest.raises(NotADay):
            promise_again(ring_back, day=day, why="Because", by=sam)
    assert is_working_day(a_working_day())


def test_a_promise_says_in_words_whether_it_is_late():
    friday = dt.date(2026, 11, 27)
    one = RingBack(promised_for=friday)
    assert promise_in_words(one, friday - dt.timedelta(days=1)) == "Promised for Friday 27 November"
    assert promise_in_words(one, friday) == "Promised for today"
    assert promise_in_words(one, friday + dt.timedelta(days=3)) == "Overdue: promised for Friday 27 November"


def test_a_call_that_is_promised_over_christmas_leaves_bank_holidays_out():
    assert working_days_after(dt.date(2026, 12, 24), 2) == dt.date(2026, 12, 30)
