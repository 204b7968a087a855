"""Whoever is erased is nowhere any more, and whoever must know is told."""

import pytest

from accounts.access_events import AccessEvent
from outbox.models import OldRows
from referrals.answering.links import give_link
from referrals.keeping.erasing import Because, erase, what_will_go
from referrals.messages.letters import write
from referrals.models import AnswerLink, MessageKind, OwedMessage, Person, Referral, ReferralCount
from referrals.progress import Progress
from tests.factories.referrals import make_conversation, make_coordinator, make_person
from tests.referrals.everything import MARKERS, live_through, opened_rows, rows_with

pytestmark = pytest.mark.django_db


def erased(person, by=None):
    erase(person, by=by or person.coordinator, because=Because.PERSON_ASKED)
    return Person.objects.get(pk=person.pk)


def test_nothing_of_the_person_is_left_in_any_table_opened_or_not():
    person = live_through()
    assert [one for one in MARKERS if one.casefold() not in opened_rows().casefold()] == []
    erased(person)
    assert rows_with() == []
    kept = opened_rows().casefold()
    assert [one for one in MARKERS if one.casefold() in kept] == []
    assert person.ward not in kept


def test_others_keep_what_is_theirs():
    other = make_person(make_coordinator("alex"), called="Agnes")
    make_conversation(other)
    erased(live_through())
    other.refresh_from_db()
    assert (other.called, other.conversations.count()) == ("Agnes", 1)


def test_every_provider_who_was_sent_something_is_told_and_nobody_else_hears_of_it_any_more():
    person = live_through()
    told = what_will_go(person).told
    assert told == ["Provider declined", "Provider ended", "Provider sent", "Provider withdrawn"]
    erased(person)
    owed = OwedMessage.objects.exclude(kind=MessageKind.PERSON_ERASED)
    assert {one.kind for one in owed} == {MessageKind.PROVIDER_WITHDRAWN}
    assert sorted(str(one.referral.provider) for one in owed) == told


def test_of_a_referral_that_was_sent_the_line_stays_without_the_person():
    person = live_through()
    before = set(person.referrals.values_list("pk", flat=True))
    erased(person)
    for referral in Referral.objects.filter(pk__in=before):
        left = (referral.person, referral.conversation, referral.consent, referral.needs, referral.made_by)
        assert left == (None, None, None, {}, None)
        assert not referral.events.exists()
        assert not referral.is_open


def test_an_open_referral_is_withdrawn():
    person = live_through()
    waiting = person.referrals.get(progress=Progress.SENT)
    erased(person)
    waiting.refresh_from_db()
    assert waiting.progress == Progress.WITHDRAWN


def test_the_coordinator_is_told_when_somebody_else_did_it():
    person, administrator = live_through(), make_coordinator("alex")
    erased(person, by=administrator)
    owed = OwedMessage.objects.get(kind=MessageKind.PERSON_ERASED)
    assert owed.person.coordinator == person.coordinator


def test_who_did_it_and_why_is_kept_as_a_look():
    person = live_through()
    erased(person)
    event = AccessEvent.objects.get(what="erased")
    assert (event.who, event.whose, event.why) == (person.coordinator, f"referrals.person:{person.pk}", "person-asked")


def test_counts_are_left():
    erased(live_through())
    assert ReferralCount.objects.get(what="result").code == "not-for-them"
    assert ReferralCount.objects.get(what="offer").code == "declined"
    assert ReferralCount.objects.get(what="conversation").count == 1


def test_an_erased_person_is_found_by_nobody():
    person = live_through()
    coordinator = person.coordinator
    erased(person)
    assert not Person.objects.visible_to(coordinator).exists()
    assert not Person.objects.referenced("ZEBEDIAH-77").exists()


def test_the_worker_clears_the_files_at_once():
    OldRows.lay()
    OldRows.objects.update(due_at="2099-01-01T00:00Z")
    erased(live_through())
    assert OldRows.objects.get().due_at.year < 2099


def test_a_failure_on_the_way_leaves_everything(monkeypatch):
    person = live_through()

    def fails(*_given, **_more):
        raise ValueError

    monkeypatch.setattr("referrals.keeping.erasing.record_look", fails)
    with pytest.raises(ValueError):  # our own
        erase(person, by=person.coordinator, because=Because.MISTAKE)
    person.refresh_from_db()
    assert person.called == "Zebediah"
    assert person.conversations.count() == 1


def test_what_the_coordinator_is_sent_names_nobody():
    person = live_through()
    erased(person, by=make_coordinator("alex"))
    letter = write(OwedMessage.objects.get(kind=MessageKind.PERSON_ERASED))
    assert letter.to == (person.coordinator.email,)
    assert [one for one in MARKERS if one.casefold() in f"{letter.subject} {letter.words}".casefold()] == []


def test_a_provider_who_was_written_to_is_told():
    person = live_through()
    for referral in person.referrals.exclude(sent_at=None):
        give_link(referral)
    erased(person)
    told = [write(one) for one in OwedMessage.objects.filter(kind=MessageKind.PROVIDER_WITHDRAWN)]
    assert len(told) == 4
    assert None not in told
    assert not AnswerLink.objects.filter(closed_at=None).exists()
