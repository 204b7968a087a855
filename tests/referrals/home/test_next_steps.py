"""What happens next for a person follows from what is written down."""

import datetime as dt

import pytest
from django.utils import timezone

from referrals.acts import move_referral
from referrals.models import Conversation, NextStep, Offer, Person, Referral, ResultAsk, RingBack, Via
from referrals.next_steps import Facts, keep_next_step, keep_next_steps, next_step
from referrals.progress import DeclineReason, Progress
from tests.factories.referrals import make_conversation, make_offer, make_person, refer

MONDAY, TUESDAY = dt.date(2026, 11, 30), dt.date(2026, 12, 1)


def kept(person):
    keep_next_step(person)
    return NextStep(person.next_what), person.next_at


def decline(referral):
    return move_referral(
        referral, to=Progress.DECLINED, via=Via.LINK, reason=DeclineReason.NO_CAPACITY, words="Full until spring."
    )


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        (Facts(), (NextStep.NONE, None)),
        (Facts(waiting=MONDAY), (NextStep.AWAIT, MONDAY)),
        (Facts(waiting=MONDAY, ask=TUESDAY), (NextStep.AWAIT, MONDAY)),
        (Facts(waiting=TUESDAY, ask=MONDAY), (NextStep.ASK_RESULT, MONDAY)),
        (Facts(unfinished=TUESDAY, ask=MONDAY), (NextStep.FINISH, TUESDAY)),
        (Facts(silent=TUESDAY, unfinished=MONDAY), (NextStep.RING_PROVIDER, TUESDAY)),
        (Facts(declined=TUESDAY, silent=MONDAY), (NextStep.FIND_ANOTHER, TUESDAY)),
        (Facts(ring_back=TUESDAY, declined=MONDAY), (NextStep.RING_BACK, TUESDAY)),
    ],
)
def test_the_most_pressing_thing_comes_first(facts, step):
    assert next_step(facts) == step


def test_of_several_dates_the_earliest_counts():
    facts = Facts()
    for on in (TUESDAY, MONDAY, None, TUESDAY):
        facts.note("ask", on)
    assert facts.ask == MONDAY


@pytest.mark.django_db
class TestKept:
    def test_there_is_nothing_to_do_for_somebody_new(self, jean):
        assert kept(jean) == (NextStep.NONE, None)

    def test_a_conversation_is_finished_first(self, jean):
        make_conversation(jean, held_on=MONDAY)
        assert kept(jean) == (NextStep.FINISH, MONDAY)
        Conversation.objects.update(finished_at=timezone.now())
        assert kept(jean) == (NextStep.NONE, None)

    def test_a_referral_that_was_sent_is_waited_for_until_it_is_chased(self, jean):
        referral = refer(jean)
        jean.refresh_from_db()
        assert (jean.next_what, jean.next_at) == (NextStep.AWAIT, referral.next_at)

    def test_a_provider_that_was_reminded_twice_is_rung(self, jean):
        friday = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
        Referral.objects.filter(pk=refer(jean).pk).update(chased=2, sent_at=friday, next_at=TUESDAY)
        assert kept(jean) == (NextStep.RING_PROVIDER, MONDAY)

    def test_a_declined_referral_asks_for_something_else(self, jean):
        referral = decline(refer(jean))
        jean.refresh_from_db()
        assert (jean.next_what, jean.next_at) == (NextStep.FIND_ANOTHER, timezone.localdate(referral.progress_at))

    def test_another_referral_is_something_else(self, jean, lunch_club):
        decline(refer(jean))
        refer(jean, lunch_club)
        jean.refresh_from_db()
        assert jean.next_what == NextStep.AWAIT

    def test_so_is_something_that_was_offered_since(self, jean):
        decline(refer(jean))
        make_offer(make_conversation(jean, finished_at=timezone.now()), state=Offer.State.CHOSEN)
        assert kept(jean) == (NextStep.NONE, None)

    def test_what_was_only_put_on_the_list_is_not(self, jean):
        decline(refer(jean))
        make_offer(make_conversation(jean, finished_at=timezone.now()), state=Offer.State.SHORTLISTED)
        assert kept(jean)[0] == NextStep.FIND_ANOTHER

    def test_an_answer_to_one_referral_hides_no_decline_of_another(self, jean, lunch_club):
        accepted = refer(jean, lunch_club)
        Referral.objects.filter(pk=accepted.pk).update(made_at=timezone.now() - dt.timedelta(days=2))
        decline(refer(jean))
        move_referral(accepted, to=Progress.ACCEPTED, via=Via.LINK)
        jean.refresh_from_db()
        assert jean.next_what == NextStep.FIND_ANOTHER

    def test_somebody_who_is_to_be_asked_is_asked_on_the_day(self, jean):
        referral = move_referral(refer(jean), to=Progress.ACCEPTED, via=Via.LINK)
        now = timezone.now()
        ResultAsk.objects.create(referral=referral, week=2, due_on=TUESDAY, asked_at=now)
        ResultAsk.objects.create(referral=referral, week=1, due_on=MONDAY, asked_at=now, answered_at=now)
        assert kept(jean) == (NextStep.ASK_RESULT, TUESDAY)

    def test_a_promised_ring_back_comes_before_everything(self, jean):
        decline(refer(jean))
        RingBack.objects.create(person=jean, promised_for=TUESDAY)
        assert kept(jean) == (NextStep.RING_BACK, TUESDAY)

    def test_nothing_happens_for_who_is_closed(self, jean):
        make_conversation(jean)
        Person.objects.update(closed_at=timezone.now())
        assert kept(jean) == (NextStep.NONE, None)

    def test_many_are_kept_in_as_many_queries_as_one(self, coordinator, django_assert_max_num_queries):
        people = [make_person(coordinator) for _each in range(30)]
        for person in people:
            make_conversation(person, held_on=MONDAY)
        with django_assert_max_num_queries(12):
            keep_next_steps(person.pk for person in people)
        assert Person.objects.filter(next_what=NextStep.FINISH, next_at=MONDAY).count() == 30
