import json

import pytest

from accounts.models import Team
from assets_map.models import Area
from referrals.conversations import boxes, whereabouts
from referrals.conversations.saving import save
from referrals.models import Conversation, NextStep, Offer
from tests.factories.assets_map import box
from tests.factories.referrals import make_conversation, make_offer, make_person, make_referable_asset
from tests.search.conftest import place_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(jean):
    return make_conversation(jean, answers={})


def page(talk):
    """The marks of the page as it is now."""
    fresh = Conversation.objects.get(pk=talk.pk)
    return boxes.marks(fresh, boxes.read(fresh, fresh.offers.all()))


def send(talk, was=None, finish="", **sent):
    named = {name.replace("_", "-"): text for name, text in sent.items()}
    return save(talk, named, was=page(talk) if was is None else was, by=talk.held_by, finish=finish)


def test_what_was_typed_is_kept_and_counted_as_a_version(talk):
    saved = send(
        talk, matters="My garden", notes="Two chairs", called="Jeannie", phone="01632 960111", large_print="on"
    )
    kept = Conversation.objects.select_related("person").get()
    assert (kept.answers["matters"], kept.notes, kept.version) == ("My garden", "Two chairs", 1)
    assert (kept.person.called, kept.person.contact["phone"]) == ("Jeannie", "01632 960111")
    assert kept.person.large_print
    assert saved.clashes == {}


def test_the_same_again_changes_nothing(talk):
    was = page(talk)
    send(talk, was, matters="My garden")
    again = send(talk, was, matters="My garden")
    assert (again.conversation.version, again.clashes) == (1, {})


def test_two_windows_that_write_in_different_boxes_keep_both(talk):
    one = other = page(talk)
    send(talk, one, matters="My garden", change="")
    saved = send(talk, other, matters="", change="Sleep")
    assert saved.clashes == {}
    assert (saved.values["matters"], saved.values["change"]) == ("My garden", "Sleep")


def test_two_windows_that_write_in_one_box_are_both_shown(talk):
    one = other = page(talk)
    send(talk, one, matters="My garden")
    saved = send(talk, other, matters="My sister", change="Sleep")
    assert saved.clashes == {"matters": "My sister"}
    assert (saved.values["matters"], saved.values["change"]) == ("My garden", "Sleep")


def test_whoever_has_seen_both_texts_decides(talk):
    one = other = page(talk)
    send(talk, one, matters="My garden")
    seen = send(talk, other, matters="My sister").marks
    saved = send(talk, seen, matters="My garden and my sister")
    assert (saved.clashes, saved.values["matters"]) == ({}, "My garden and my sister")


def test_a_save_that_tells_of_no_page_writes_over_nothing(talk):
    send(talk, matters="My garden")
    assert send(talk, {}, matters="My sister").clashes == {"matters": "My sister"}


@pytest.mark.parametrize("name", ["csrfmiddlewaretoken", "working", "reference", "council", "state-x", "version"])
def test_what_is_no_box_of_the_page_is_left_alone(talk, name):
    send(talk, **{name: "yes"})
    talk.refresh_from_db()
    assert (talk.version, talk.answers) == (0, {})


def test_a_review_holds_its_four_answers_and_nothing_else(jean):
    review = make_conversation(jean, kind=Conversation.Kind.REVIEW, answers={})
    assert boxes.names_of(review) == ("working", "not-working", "else", "still-best")
    send(review, working="The choir", matters="My garden", called="X", notes="x")
    review.refresh_from_db()
    assert (review.answers, review.person.called, review.notes) == ({"working": "The choir"}, "Jean", "")


def test_odd_letters_and_endless_texts_are_kept_as_far_as_they_go(talk):
    saved = send(talk, matters="a\0b\ud83d\r\nc" + "x" * 30_000, called="Je\nan  " + "y" * 300)
    assert saved.values["matters"].startswith("ab\ncx")
    assert len(saved.values["matters"]) == boxes.LONGEST
    assert saved.values["called"].startswith("Je an y")
    assert len(saved.values["called"]) == boxes.LONGEST_LINE


def test_a_listing_is_put_on_the_list_marked_and_taken_off(talk, lunch_club):
    pk = lunch_club.pk
    send(talk, **{f"state-{pk}": "shortlisted", f"why-{pk}": "0.6 miles away"})
    offer = Offer.objects.get()
    assert (offer.asset, offer.asset_name) == (lunch_club, lunch_club.name)
    assert (offer.why, offer.state) == ("0.6 miles away", "shortlisted")
    send(talk, **{f"state-{pk}": "declined", f"words-{pk}": "Too loud for me", f"why-{pk}": "another"})
    offer.refresh_from_db()
    assert (offer.state, offer.words, offer.why) == ("declined", "Too loud for me", "0.6 miles away")
    send(talk, **{f"state-{pk}": ""})
    assert not Offer.objects.exists()


def test_what_is_in_no_directory_comes_on_no_list(talk):
    closed = make_referable_asset(live=False)
    send(talk, **{f"state-{closed.pk}": "chosen", "state-999999999999999": "chosen", "words-7": "Only words"})
    assert not Offer.objects.exists()


def test_a_state_that_there_is_not_changes_nothing(talk, lunch_club):
    make_offer(talk, lunch_club)
    send(talk, **{f"state-{lunch_club.pk}": "nonsense"})
    assert Offer.objects.get().state == "chosen"


def test_finishing_is_saved_once(talk):
    first = send(talk, finish="yes", matters="My garden").conversation
    again = send(talk, finish="yes").conversation
    assert first.finished_at == again.finished_at
    assert again.version == 1
    talk.person.refresh_from_db()
    assert talk.person.next_what == NextStep.NONE


def test_where_somebody_lives_says_whose_patch_it_is(talk, jean, monkeypatch):
    patch = Area.objects.create(code="P1", name="P1", kind="patch", slug="p1", shape=box(0.3, 51.4, 0.4, 51.5))
    Team.objects.create(name="Tilbury").patches.add(patch)
    monkeypatch.setattr(whereabouts, "find_place", lambda _text: place_at(codes=("P1", "E05002246")))
    send(talk, place="RM18 7AA")
    jean.refresh_from_db()
    assert jean.patch == patch


def test_a_mark_tells_nothing_of_the_words(talk):
    made = boxes.mark(talk, "matters", "My garden")
    other = make_conversation(make_person(talk.held_by))
    assert len(made) == 12
    assert made != boxes.mark(other, "matters", "My garden")
    assert "garden" not in json.dumps(page(talk))
