"""The page of one referral, and what is undone from it."""

import pytest
from django.urls import reverse

from accounts.models import AccessEvent
from accounts.roles import Role, make_roles
from referrals.acts import move_referral
from referrals.answering.references import short
from referrals.models import MessageKind, OwedMessage, Referral, Via
from referrals.progress import NoConsent, Progress
from referrals.referring.withdrawing import withdraw_consent
from referrals.results.asking import stop_asking
from tests.factories.referrals import (
    consent_to_be_asked,
    consent_to_share,
    make_coordinator,
    make_person,
    make_referable_asset,
    refer,
)
from tests.referrals.referring.posting import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(jean, lunch_club):
    consent_to_be_asked(jean)
    return refer(jean, lunch_club)


def page(browser, referral):
    return browser.get(reverse("referrals:referral", args=[referral.key])).content.decode()


def told(kind):
    return OwedMessage.objects.filter(kind=kind).count()


def test_it_says_what_was_shared_where_it_is_and_what_was_agreed(robin, referral):
    move_referral(referral, to=Progress.DECLINED, via=Via.RANG, reason="no-capacity", words="Full until May")
    words = page(robin, referral)
    for expected in (
        "Somebody at the door", "Riverside Neighbours said no", "they have no room", "“Full until May”", "by phone",
        "They said so", "version 1", "May we give", f"Reference {short(referral.key)}",
    ):  # fmt: skip
        assert expected in words


def test_a_look_is_written_down_and_others_find_nothing(robin, referral):
    page(robin, referral)
    assert AccessEvent.objects.get().whose == f"referrals.referral:{referral.pk}"
    theirs = refer(make_person(make_coordinator("alex")))
    assert robin.get(reverse("referrals:referral", args=[theirs.key])).status_code == 404


def test_an_administrator_sees_it_as_oversight(client, referral):
    root = make_coordinator("ada")
    root.groups.set([make_roles()[Role.ADMINISTRATOR]])
    client.force_login(root)
    client.post(reverse("referrals:why", args=[referral.person.key]), {"purpose": "oversight-check"})
    page(client, referral)
    assert AccessEvent.objects.get().why == "oversight-check"


def test_withdrawing_tells_the_provider_stops_messages_and_empties_what_was_shared(robin, referral):
    move_referral(referral, to=Progress.ACCEPTED, via=Via.LINK)
    robin.post(reverse("referrals:withdraw", args=[referral.key]), {"words": "She changed her mind"})
    referral.refresh_from_db()
    assert (referral.progress, referral.needs) == (Progress.WITHDRAWN, {})
    assert told(MessageKind.PROVIDER_WITHDRAWN) == 1
    assert not referral.asks.filter(cancelled_at=None).exists()
    assert referral.consent.withdrawn_at
    assert "Nothing is kept of it any more" in page(robin, referral)


def test_pressed_twice_it_is_taken_back_once(robin, referral):
    address, own = (reverse(f"referrals:{name}", args=[referral.key]) for name in ("withdraw", "referral"))
    for _each in range(2):
        assert robin.post(address, {"words": "She changed her mind"}).url == own
    assert told(MessageKind.PROVIDER_WITHDRAWN) == 1


def test_withdrawing_asks_for_words_and_keeps_what_ended_as_it_is(robin, referral):
    address = reverse("referrals:withdraw", args=[referral.key])
    assert "Say why, in a few words." in robin.post(address, {"words": " "}).content.decode()
    move_referral(referral, to=Progress.DECLINED, via=Via.LINK, reason="other", words="Closed")
    assert "cannot go from declined to withdrawn" in robin.post(address, {"words": "Too late"}).content.decode()


def test_what_was_entered_in_error_is_emptied_and_the_provider_told(robin, referral):
    robin.post(reverse("referrals:mistake", args=[referral.key]), {"words": "The wrong Jean"})
    referral.refresh_from_db()
    assert (referral.progress, referral.needs) == (Progress.ENTERED_IN_ERROR, {})
    assert referral.consent.withdrawn_at
    assert told(MessageKind.PROVIDER_WITHDRAWN) == 1


def test_a_yes_that_is_taken_back_ends_what_stood_on_it(robin, referral):
    address = reverse("referrals:consent_withdrawn", args=[referral.key, referral.consent.key])
    robin.post(address, {"words": "No more, please"})
    referral.refresh_from_db()
    assert (referral.progress, referral.needs) == (Progress.WITHDRAWN, {})
    assert robin.post(address, {"words": "No more, please"}).url == reverse("referrals:referral", args=[referral.key])


def test_no_more_questions_after_the_yes_to_them_is_taken_back(robin, referral, jean):
    move_referral(referral, to=Progress.ACCEPTED, via=Via.LINK)
    assert referral.asks.filter(cancelled_at=None).count() == 3
    asked = jean.consents.get(purpose="contact")
    robin.post(reverse("referrals:consent_withdrawn", args=[referral.key, asked.key]), {"words": "Enough"})
    referral.refresh_from_db()
    assert not referral.asks.filter(cancelled_at=None).exists()
    assert referral.progress == Progress.ACCEPTED


def test_whoever_was_told_and_has_ended_it_is_asked_to_forget(referral, jean, coordinator):
    for to in (Progress.ACCEPTED, Progress.ENDED):
        move_referral(referral, to=to, via=Via.LINK)
    withdraw_consent(referral.consent, via=Via.COORDINATOR, by=coordinator, words="")
    referral.refresh_from_db()
    assert (referral.progress, referral.needs) == (Progress.ENDED, {})
    assert told(MessageKind.PROVIDER_WITHDRAWN) == 1


def test_a_yes_for_two_referrals_stands_while_one_of_them_does(jean, lunch_club, robin):
    consent = consent_to_share(jean, lunch_club.provider)
    first, second = (refer(jean, lunch_club, consent=consent) for _each in range(2))
    robin.post(reverse("referrals:withdraw", args=[first.key]), {"words": "Once is enough"})
    consent.refresh_from_db()
    assert consent.withdrawn_at is None
    assert Referral.objects.get(pk=second.pk).progress == Progress.SENT


def test_nothing_is_sent_on_a_yes_that_was_taken_back_or_given_for_another(jean, lunch_club, coordinator):
    consent = consent_to_share(jean, lunch_club.provider)
    with pytest.raises(NoConsent):
        refer(jean, make_referable_asset(), consent=consent)
    withdraw_consent(consent, via=Via.COORDINATOR, by=coordinator, words="")
    with pytest.raises(NoConsent):
        refer(jean, lunch_club, consent=consent)


def test_withdrawn_twice_is_withdrawn_once(referral, coordinator):
    for _each in range(2):
        withdraw_consent(referral.consent, via=Via.COORDINATOR, by=coordinator, words="")
    assert told(MessageKind.PROVIDER_WITHDRAWN) == 1


def test_what_a_provider_without_an_address_needs_is_said(robin, jean):
    referral = refer(jean, make_referable_asset(email="", text_number="", phone="01632 960009"))
    assert "ring them, and record “I rang them”" in page(robin, referral)
    assert "01632 960009" in page(robin, referral)


def test_a_further_yes_is_written_down_with_what_it_is_to(robin, jean, lunch_club, coordinator):
    referral = refer(jean, lunch_club)
    move_referral(referral, to=Progress.ACCEPTED, via=Via.LINK)
    assert not referral.asks.exists()
    address = reverse("referrals:consent_given", args=[referral.key])
    assert "Choose what for." in robin.post(address, {}).content.decode()
    robin.post(address, {"purpose": "contact", "how": "bsl", "note": ""})
    consent = jean.consents.get(purpose="contact")
    assert (consent.how, consent.taken_by) == ("bsl", coordinator)
    assert referral.asks.exists()
    assert robin.post(address, {"purpose": "contact", "how": "bsl"}).status_code == 302
    assert jean.consents.filter(purpose="contact").count() == 1


def test_who_takes_back_their_yes_to_being_asked_and_says_yes_again_is_asked(robin, referral, jean):
    move_referral(referral, to=Progress.ACCEPTED, via=Via.LINK)
    withdraw_consent(jean.consents.get(purpose="contact"), via=Via.COORDINATOR, words="")
    assert not referral.asks.standing().exists()
    address = reverse("referrals:consent_given", args=[referral.key])
    robin.post(address, {"purpose": "contact", "how": "spoken", "note": ""})
    assert referral.asks.standing().count() == 3


def test_who_said_never_and_says_yes_at_another_time_is_asked(robin, referral, jean, lunch_club):
    stop_asking(jean)
    assert "They say yes to something more" in page(robin, referral)
    send(robin, jean, lunch_club, may_ask="on")
    newest = Referral.objects.first()
    assert newest != referral
    move_referral(newest, to=Progress.ACCEPTED, via=Via.LINK)
    assert newest.asks.standing().count() == 3


def test_what_came_of_it_stands_on_the_page(robin, referral):
    referral.results.create(answer="regularly", words="She knows everybody now", via="phone")
    words = page(robin, referral)
    assert "Going regularly" in words
    assert "She knows everybody now" in words


def test_whoever_cannot_be_sent_the_code_another_way_is_rung(robin, jean):
    referral = refer(jean, make_referable_asset(text_number="", phone="01632 960009"))
    assert "ring them, and read it out" in page(robin, referral)
