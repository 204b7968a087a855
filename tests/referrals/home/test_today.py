"""The coordinator's home: what to do today, people by what happens next, and the patch."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.access_events import AccessEvent
from accounts.roles import Role
from referrals.acts import move_referral
from referrals.models import Cover, Person, Referral, ResultAsk, RingBack, Via
from referrals.next_steps import keep_next_steps
from referrals.progress import Progress
from tests.factories.referrals import make_conversation, make_coordinator, make_person, make_referable_asset, refer

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def today():
    return timezone.localdate()


def page(client):
    response = client.get(reverse("referrals:today"))
    assert response.status_code == 200
    return response


def promise(person, on):
    ring_back = RingBack.objects.create(person=person, promised_for=on)
    keep_next_steps([person.pk])
    return ring_back


def ask(person, on, **given):
    referral = move_referral(refer(person), to=Progress.ACCEPTED, via=Via.LINK)
    found = ResultAsk.objects.create(referral=referral, week=2, due_on=on, **{"asked_at": timezone.now(), **given})
    keep_next_steps([person.pk])
    return found


def names(tasks):
    return [row.name for row in tasks.rows]


def test_it_is_where_a_coordinator_comes_in(as_role):
    client = as_role(Role.COORDINATOR)
    assert "Today" in page(client).content.decode()


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ADMINISTRATOR, Role.PROVIDER, Role.COMMISSIONER])
def test_others_have_no_such_page(as_role, role):
    assert as_role(role).get(reverse("referrals:today")).status_code == 404


def test_the_oldest_promise_stands_first(as_coordinator, coordinator):
    for called, on in (("Jean", today()), ("Amir", today() - 2 * DAY), ("Bo", today() + DAY)):
        promise(make_person(coordinator, called=called), on)
    promise(make_person(make_coordinator("alex"), called="Somebody else's"), today())
    found = page(as_coordinator).context["ring_backs"]
    assert names(found) == ["Amir", "Jean", "Bo"]
    assert [row.late for row in found.rows] == [True, False, False]


def test_somebody_who_was_rung_back_is_gone_from_the_list(as_coordinator, jean):
    ring_back = promise(jean, today())
    ring_back.done_at = timezone.now()
    ring_back.save()
    assert page(as_coordinator).context["ring_backs"].rows == []


def test_a_promise_to_somebody_whose_record_is_closed_is_kept(as_coordinator, jean):
    promise(jean, today())
    Person.objects.update(closed_at=timezone.now())
    assert names(page(as_coordinator).context["ring_backs"]) == ["Jean"]


def test_referrals_without_an_answer_stand_there_the_longest_wait_first(as_coordinator, coordinator):
    for called, days in (("Jean", 1), ("Amir", 4)):
        referral = refer(make_person(coordinator, called=called))
        Referral.objects.filter(pk=referral.pk).update(sent_at=timezone.now() - days * DAY, chased=days // 2)
    move_referral(refer(make_person(coordinator, called="Bo")), to=Progress.ACCEPTED, via=Via.LINK)
    found = page(as_coordinator).context["unanswered"]
    assert names(found) == ["Amir", "Jean"]
    assert "reminded 2 times" in found.rows[0].words
    assert "not opened" in found.rows[1].words


def test_people_whom_somebody_is_to_ask_stand_there_when_the_day_has_come(as_coordinator, coordinator):
    ask(make_person(coordinator, called="Jean"), today())
    ask(make_person(coordinator, called="Amir"), today() + DAY)
    ask(make_person(coordinator, called="Bo"), today(), how="link")
    ask(make_person(coordinator, called="Di"), today(), answered_at=timezone.now())
    ask(make_person(coordinator, called="Eli"), today(), asked_at=None)
    assert names(page(as_coordinator).context["results_due"]) == ["Jean"]


def test_people_stand_by_what_happens_next_the_most_pressing_first(as_coordinator, coordinator):
    refer(make_person(coordinator, called="Waits"))
    promise(make_person(coordinator, called="Rings"), today() + 9 * DAY)
    make_person(coordinator, called="Rests")
    groups = page(as_coordinator).context["groups"]
    assert [(str(group.step.label), [row.name for row in group.rows]) for group in groups] == [
        ("Ring back", ["Rings"]),
        ("Waiting for an answer", ["Waits"]),
        ("Nothing to do", ["Rests"]),
    ]


def test_closed_and_forgotten_people_are_not_on_the_list(as_coordinator, coordinator):
    make_person(coordinator, closed_at=timezone.now())
    make_person(coordinator, erased_at=timezone.now())
    assert page(as_coordinator).context["groups"] == []


def test_people_of_the_own_team_whom_no_one_has_are_everybodys(as_coordinator, coordinator, team):
    coordinator.teams.add(team)
    make_person(team=team, called="Nobody's yet")
    make_person(make_coordinator("alex"), team=team, called="Alex's")
    (group,) = page(as_coordinator).context["groups"]
    assert [row.name for row in group.rows] == ["Nobody's yet"]


def test_whoever_stands_in_has_the_people_of_who_is_away_and_is_told_so(as_coordinator, coordinator, colleague):
    make_person(colleague, called="Amir")
    cover = Cover.objects.create(away=colleague, by=coordinator, from_date=today(), to_date=today())
    response = page(as_coordinator)
    assert "You stand in for alex@example.org" in response.content.decode()
    assert [row.name for group in response.context["groups"] for row in group.rows] == ["Amir"]
    Cover.objects.filter(pk=cover.pk).update(from_date=today() - 2 * DAY, to_date=today() - DAY)
    assert page(as_coordinator).context["groups"] == []


def test_looking_at_the_list_is_written_down_once(as_coordinator, coordinator, jean):
    page(as_coordinator)
    assert list(AccessEvent.objects.values_list("who", "what", "whose", "why")) == [
        (coordinator.pk, "listed", "referrals.person", "own-people")
    ]


def test_the_page_asks_as_many_questions_for_forty_people_as_for_one(
    as_coordinator, coordinator, django_assert_max_num_queries
):
    asset = make_referable_asset()

    def lay(count):
        for _each in range(count):
            person = make_person(coordinator)
            refer(person, asset)
            promise(person, today())
            ask(person, today())
            make_conversation(person)

    lay(2)
    page(as_coordinator)
    with django_assert_max_num_queries(100) as few:
        page(as_coordinator)
    lay(18)
    with django_assert_max_num_queries(len(few)):
        found = page(as_coordinator)
    assert found.context["ring_backs"].count == 20
    assert found.context["ring_backs"].more == 12
