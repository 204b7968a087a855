"""Lists of people, finding one, one person's page, closing and opening again."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts.access_events import AccessEvent
from accounts.roles import Role
from referrals.acts import move_referral
from referrals.answering.references import short
from referrals.home import finding
from referrals.models import NextStep, Person, Result, RingBack, Via
from referrals.progress import DeclineReason, Progress
from tests.factories.referrals import (
    consent_to_be_asked,
    make_conversation,
    make_coordinator,
    make_person,
    make_referable_asset,
    refer,
)

pytestmark = pytest.mark.django_db
PEOPLE = "/people/"


def find(client, sought):
    response = client.post(PEOPLE, {"sought": sought})
    assert response.status_code == 200
    return [row.name for row in response.context.get("rows") or []]


def person_page(client, person):
    return client.get(reverse("referrals:person", args=[person.key]))


def test_own_people_are_listed_twenty_five_a_page(as_coordinator, coordinator):
    for number in range(27):
        make_person(coordinator, called=f"Person {number}")
    first, last = as_coordinator.get(PEOPLE), as_coordinator.get(f"{PEOPLE}?page=999")
    assert len(first.context["rows"]) == 25
    assert len(last.context["rows"]) == 2
    assert first.context["next"] == {"href": "?page=2"}


def test_those_of_one_step_can_be_looked_at_alone(as_coordinator, coordinator, jean):
    refer(make_person(coordinator, called="Amir"))
    response = as_coordinator.get(f"{PEOPLE}?step=await&page=1")
    assert [row.name for row in response.context["rows"]] == ["Amir"]
    assert response.context["steps"] == [("await", "Waiting for an answer", 1), ("none", "Nothing to do", 1)]


@pytest.mark.parametrize("query", ["step=no-such-step", "page=abc", "page=-1", "step=%00", "page=9999999999999"])
def test_what_makes_no_sense_in_the_address_is_passed_over(as_coordinator, jean, query):
    assert len(as_coordinator.get(f"{PEOPLE}?{query}").context["rows"]) == 1


def test_closed_people_stand_apart(as_coordinator, coordinator):
    make_person(coordinator, called="Amir", closed_at=timezone.now())
    assert as_coordinator.get(PEOPLE).context["rows"] == []
    assert [row.name for row in as_coordinator.get(f"{PEOPLE}?step=closed").context["rows"]] == ["Amir"]


def test_a_list_takes_as_many_questions_for_twenty_people_as_for_one(
    as_coordinator, coordinator, jean, django_assert_max_num_queries
):
    as_coordinator.get(PEOPLE)
    with django_assert_max_num_queries(100) as few:
        as_coordinator.get(PEOPLE)
    for _each in range(20):
        make_person(coordinator)
    with django_assert_max_num_queries(len(few)):
        as_coordinator.get(PEOPLE)


@pytest.mark.parametrize("sought", ["LAS-00042", "las-00042", " LAS -000 42 "])
def test_a_reference_finds_its_person_however_it_is_spaced(as_coordinator, coordinator, sought):
    make_person(coordinator, called="Jean", reference="LAS-00042")
    make_person(coordinator, called="Amir")
    assert find(as_coordinator, sought) == ["Jean"]


@pytest.mark.parametrize("sought", ["jean", "JEAN", "ean o'n", "Jéan"])
def test_a_part_of_a_name_finds_own_people(as_coordinator, coordinator, sought):
    make_person(coordinator, called="Jean O'Neil")
    make_person(coordinator, called="Amir")
    make_person(make_coordinator("alex"), called="Jean of somebody else")
    assert find(as_coordinator, sought) == ["Jean O'Neil"]


def test_names_in_any_alphabet_are_found(as_coordinator, coordinator):
    make_person(coordinator, called="Оксана")
    assert find(as_coordinator, "окса") == ["Оксана"]


def test_the_reference_that_a_provider_reads_out_finds_whom_it_is_about(as_coordinator, jean):
    read_out, of_others = (short(refer(one).key).upper() for one in (jean, make_person(make_coordinator("alex"))))
    assert find(as_coordinator, read_out) == ["Jean"]
    assert find(as_coordinator, of_others) == []


def test_others_references_find_nobody(as_coordinator):
    make_person(make_coordinator("alex"), reference="LAS-00042")
    assert find(as_coordinator, "LAS-00042") == []


def test_no_more_names_are_opened_than_it_says(as_coordinator, coordinator, monkeypatch):
    monkeypatch.setattr(finding, "MOST_OPENED", 2)
    for called in ("Jean", "Amir", "Bo"):
        make_person(coordinator, called=called)
    response = as_coordinator.post(PEOPLE, {"sought": "e"})
    assert [row.name for row in response.context["rows"]] == []
    assert response.context["cut"] is True


@pytest.mark.parametrize("sought", ["", "   ", "x" * 201, "\0", "%", "’" * 50])
def test_nonsense_is_answered_with_a_page(as_coordinator, jean, sought):
    assert find(as_coordinator, sought) == []


def test_what_is_sought_stands_in_no_address_and_the_search_is_written_down(as_coordinator, jean):
    find(as_coordinator, "Jean")
    event = AccessEvent.objects.get(what="searched")
    assert (event.whose, event.why) == ("referrals.person", "own-people")
    assert 'method="post"' in as_coordinator.get(PEOPLE).content.decode()


def test_an_administrator_finds_by_reference_alone(as_role, jean):
    client = as_role(Role.ADMINISTRATOR)
    assert find(client, jean.reference) == ["Jean"]
    assert find(client, "Jean") == []
    assert "rows" not in client.get(PEOPLE).context


def test_a_persons_page_says_what_has_been_and_what_happens_next(as_coordinator, jean, lunch_club):
    consent_to_be_asked(jean)
    make_conversation(jean, finished_at=timezone.now())
    accepted = move_referral(refer(jean, lunch_club), to=Progress.ACCEPTED, via=Via.LINK)
    Result.objects.create(referral=accepted, answer="regularly", via="phone")
    move_referral(
        refer(jean), to=Progress.DECLINED, via=Via.LINK, reason=DeclineReason.NO_CAPACITY, words="Full until spring."
    )
    words = person_page(as_coordinator, jean).content.decode()
    for said in (
        "Jean",
        jean.reference,
        "Find something else",
        "Conversation one",
        "Accepted since today",
        "Declined since today: they have no room just now",
        "Going regularly",
        "Contact me about how it went",
        "07700 900123",
    ):
        assert said in words


def test_it_takes_as_many_questions_for_many_referrals_as_for_one(as_coordinator, jean, django_assert_max_num_queries):
    asset = make_referable_asset()

    def lay(count):
        for _each in range(count):
            refer(jean, asset)
            make_conversation(jean)
            RingBack.objects.create(person=jean, promised_for="2026-12-01")

    lay(1)
    person_page(as_coordinator, jean)
    with django_assert_max_num_queries(100) as few:
        person_page(as_coordinator, jean)
    lay(10)
    with django_assert_max_num_queries(len(few)):
        person_page(as_coordinator, jean)


def test_opening_a_record_is_written_down(as_coordinator, coordinator, jean):
    person_page(as_coordinator, jean)
    event = AccessEvent.objects.get(what="opened")
    assert (event.who, event.whose, event.why) == (coordinator, f"referrals.person:{jean.pk}", "own")


def test_other_peoples_records_are_not_there(as_coordinator):
    theirs = make_person(make_coordinator("alex"))
    forgotten = make_person(erased_at=timezone.now())
    for person in (theirs, forgotten):
        assert person_page(as_coordinator, person).status_code == 404
        for door in ("close_person", "reopen_person", "settle_person"):
            assert as_coordinator.post(reverse(f"referrals:{door}", args=[person.key])).status_code == 404


def test_a_record_is_closed_and_opened_again(as_coordinator, jean):
    as_coordinator.post(reverse("referrals:close_person", args=[jean.key]))
    jean.refresh_from_db()
    assert jean.closed_at is not None
    assert "Open again" in person_page(as_coordinator, jean).content.decode()
    as_coordinator.post(reverse("referrals:reopen_person", args=[jean.key]))
    jean.refresh_from_db()
    assert jean.closed_at is None
    assert sorted(AccessEvent.objects.exclude(what="opened").values_list("what", flat=True)) == ["closed", "reopened"]


def test_a_record_is_not_closed_while_something_is_to_do(as_coordinator, jean):
    refer(jean)
    RingBack.objects.create(person=jean, promised_for="2026-12-01")
    response = as_coordinator.post(reverse("referrals:close_person", args=[jean.key]))
    (message,) = get_messages(response.wsgi_request)
    assert str(message) == "Not yet. 1 ring-back is promised. 1 referral has no answer yet."
    assert Person.objects.get().closed_at is None


def test_what_was_declined_asks_for_nothing_once_they_know_what_else_there_is(as_coordinator, jean):
    said = {"reason": DeclineReason.NO_CAPACITY, "words": "Full until spring."}
    move_referral(refer(jean), to=Progress.DECLINED, via=Via.LINK, **said)
    assert "They know what else there is" in person_page(as_coordinator, jean).content.decode()
    as_coordinator.post(reverse("referrals:settle_person", args=[jean.key]))
    jean.refresh_from_db()
    assert jean.next_what == NextStep.NONE
    assert "They know what else there is" not in person_page(as_coordinator, jean).content.decode()
    assert AccessEvent.objects.filter(what="settled", whose=f"referrals.person:{jean.pk}").exists()
    move_referral(refer(jean), to=Progress.DECLINED, via=Via.LINK, **said)
    jean.refresh_from_db()
    assert jean.next_what == NextStep.FIND_ANOTHER


def test_another_conversation_and_a_review_begin_at_the_persons_page(as_coordinator, jean):
    first = make_conversation(jean, finished_at=timezone.now())
    words = person_page(as_coordinator, jean).content.decode()
    assert reverse("referrals:review", args=[first.key]) in words
    assert f'name="person" value="{jean.key}"' in words


def test_whoever_is_reached_through_somebody_is_shown_with_them(as_coordinator, coordinator):
    person = make_person(coordinator, contact={"how": "through", "through": "Pat, her neighbour"})
    page = person_page(as_coordinator, person).text
    assert "Pat, her neighbour" in page
    assert "Through somebody else" in page
