"""How a referral moves, and what each move brings with it."""

import datetime as dt

import pytest
from django.utils import timezone

from referrals.acts import make_referral, move_referral
from referrals.answering.moves import OWN, TOLD
from referrals.models import MessageKind, OwedMessage, Referral, ResultAsk, Via
from referrals.progress import NEXT, OPEN, DeclineReason, MoveNotAllowed, NoConsent, Progress, WordsMissing
from tests.factories.referrals import NEEDS, consent_to_be_asked, consent_to_share, make_person, refer

pytestmark = pytest.mark.django_db


def test_a_referral_is_sent_at_once_with_a_message_owed(jean, lunch_club):
    referral = refer(jean, lunch_club)
    assert referral.progress == Progress.SENT
    assert [(event.was, event.became) for event in referral.events.all()] == [("draft", "sent")]
    assert [one.kind for one in OwedMessage.objects.all()] == [MessageKind.PROVIDER_ASKED]


def test_nothing_is_sent_without_consent_to_that_provider(jean, lunch_club):
    other = make_person(jean.coordinator)
    for consent in (
        consent_to_share(jean, None),
        consent_to_be_asked(jean),
        consent_to_share(other, lunch_club.provider),
    ):
        with pytest.raises(NoConsent, match="without a yes"):
            refer(jean, lunch_club, consent=consent)
    withdrawn = consent_to_share(jean, lunch_club.provider)
    withdrawn.withdrawn_at = timezone.now()
    withdrawn.save()
    with pytest.raises(NoConsent):
        refer(jean, lunch_club, consent=withdrawn)
    assert not Referral.objects.exists()


def test_one_press_of_a_button_is_one_referral(jean, lunch_club):
    consent = consent_to_share(jean, lunch_club.provider)
    press = "9f0f8f3e-9d8b-4a63-8a5e-3a7a0f5b1c2d"
    both = [
        make_referral(jean, asset=lunch_club, needs=NEEDS, consent=consent, by=jean.coordinator, submission=press)
        for _each in range(2)
    ]
    assert both[0] == both[1]
    assert Referral.objects.count() == 1


@pytest.mark.parametrize("was", Progress)
def test_only_the_moves_that_are_written_down_are_made(was, jean, lunch_club):
    referral = refer(jean, lunch_club)
    for to in Progress:
        reason = {"decline_reason": "other"} if was == Progress.DECLINED else {"decline_reason": ""}
        Referral.objects.filter(pk=referral.pk).update(progress=was, **reason)
        move = {"to": to, "via": Via.COORDINATOR, "reason": DeclineReason.OTHER, "words": "Because."}
        if to in NEXT[was]:
            assert move_referral(referral, **move).progress == to
        else:
            with pytest.raises(MoveNotAllowed, match=f"from {was.label.lower()} to {to.label.lower()}"):
                move_referral(referral, **move)


def test_every_open_referral_can_be_withdrawn_and_no_other():
    assert {was for was in Progress if Progress.WITHDRAWN in NEXT[was]} == OPEN
    assert OPEN.isdisjoint({Progress.DECLINED, Progress.ENDED, Progress.WITHDRAWN, Progress.ENTERED_IN_ERROR})


@pytest.mark.parametrize(
    ("to", "given", "sentence"),
    [
        (Progress.DECLINED, {"words": "Full."}, "Choose the reason"),
        (Progress.DECLINED, {"reason": "no-such-reason", "words": "Full."}, "Choose the reason"),
        (Progress.DECLINED, {"reason": "no-capacity", "words": "  "}, "Say why"),
        (Progress.WITHDRAWN, {}, "Say why"),
    ],
)
def test_some_moves_ask_for_words(to, given, sentence, jean, lunch_club):
    referral = refer(jean, lunch_club)
    with pytest.raises(WordsMissing, match=sentence):
        move_referral(referral, to=to, via=Via.LINK, **given)
    assert Referral.objects.get().progress == Progress.SENT


def test_an_accepted_referral_lays_the_questions_how_it_went(jean, lunch_club, settings):
    settings.RESULT_WEEKS = (2, 6, 12)
    consent_to_be_asked(jean)
    referral = refer(jean, lunch_club)
    move_referral(referral, to=Progress.ACCEPTED, via=Via.LINK)
    accepted = timezone.localdate(referral.decided_at)
    assert [(one.week, one.due_on - accepted) for one in referral.asks.all()] == [
        (week, dt.timedelta(weeks=week)) for week in (2, 6, 12)
    ]
    move_referral(referral, to=Progress.WITHDRAWN, via=Via.PERSON, words="I changed my mind.")
    assert not ResultAsk.objects.filter(cancelled_at=None).exists()


def test_nobody_is_asked_who_did_not_say_yes_or_said_never(jean, lunch_club):
    move_referral(refer(jean, lunch_club), to=Progress.ACCEPTED, via=Via.LINK)
    never = make_person(jean.coordinator, results_never=True)
    consent_to_be_asked(never)
    move_referral(refer(never, lunch_club), to=Progress.ACCEPTED, via=Via.LINK)
    assert not ResultAsk.objects.exists()


def test_a_withdrawal_is_told_to_the_provider(jean, lunch_club):
    referral = refer(jean, lunch_club)
    move_referral(referral, to=Progress.WITHDRAWN, via=Via.PERSON, words="I changed my mind.")
    assert OwedMessage.objects.filter(kind=MessageKind.PROVIDER_WITHDRAWN, referral=referral).count() == 1


def test_every_reason_and_move_can_be_said_by_both_sides():
    for voice in (OWN, TOLD):
        assert set(voice.reasons) == set(DeclineReason)
        assert list(voice.moves) == list(OWN.moves)
