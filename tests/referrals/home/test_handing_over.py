"""Being away, and handing people over: nothing dropped, all or none, both told, each person's look written down."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from accounts.access_events import AccessEvent
from accounts.models import Council
from accounts.roles import Role
from referrals.home import handing_over
from referrals.home.covering import end_cover, stand_in
from referrals.home.handing_over import Plan, counts_of, hand_over
from referrals.home.mine import looked_after_by_nobody
from referrals.home.problems import ChangedSince, CoverProblem
from referrals.models import Cover, HandingOver, OwedNotice, Person, RingBack
from tests.factories.assets_map import make_area
from tests.factories.referrals import make_conversation, make_coordinator, make_person, refer

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def today():
    return timezone.localdate()


def away(coordinator, colleague, **given):
    facts = {"from_date": today(), "to_date": today() + 7 * DAY, "said_by": coordinator, **given}
    return stand_in(away=coordinator, by=colleague, **facts)


def sees(user, person):
    return Person.objects.visible_to(user).filter(pk=person.pk).exists()


def deliver():
    for owed in OwedNotice.objects.order_by("pk"):
        owed.deliver()
    return mail.outbox


class TestBeingAway:
    def test_whoever_stands_in_sees_and_does_what_is_the_others_until_the_last_day(self, coordinator, colleague, jean):
        cover = away(coordinator, colleague)
        assert sees(colleague, jean)
        Cover.objects.filter(pk=cover.pk).update(from_date=today() - DAY, to_date=today())
        assert sees(colleague, jean)
        Cover.objects.filter(pk=cover.pk).update(to_date=today() - DAY)
        assert not sees(colleague, jean)

    def test_it_does_not_begin_before_the_first_day(self, coordinator, colleague, jean):
        away(coordinator, colleague, from_date=today() + DAY)
        assert not sees(colleague, jean)

    def test_ended_it_is_over_at_once(self, coordinator, colleague, jean):
        for days in (0, 2):
            cover = away(coordinator, colleague)
            Cover.objects.filter(pk=cover.pk).update(from_date=today() - days * DAY)
            cover.refresh_from_db()
            end_cover(cover, by=coordinator)
            assert not sees(colleague, jean)

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"from_date": today() + DAY, "to_date": today()}, "before the first"),
            ({"from_date": today() - 2 * DAY, "to_date": today() - DAY}, "over already"),
            ({"to_date": today() + 400 * DAY}, "longer than a year"),
            ({"from_date": today() + 400 * DAY, "to_date": today() + 401 * DAY}, "more than a year from now"),
        ],
    )
    def test_days_that_make_no_sense_are_refused_in_words(self, coordinator, colleague, given, words):
        with pytest.raises(CoverProblem, match=words):
            away(coordinator, colleague, **given)

    def test_nobody_stands_in_for_themselves_or_while_away_or_twice(self, coordinator, colleague):
        with pytest.raises(CoverProblem, match="somebody else"):
            away(coordinator, coordinator)
        away(coordinator, colleague)
        with pytest.raises(CoverProblem, match="is away until"):
            away(colleague, coordinator, said_by=colleague)
        with pytest.raises(CoverProblem, match="stands in until"):
            away(coordinator, colleague)

    def test_both_are_told_and_it_is_written_down(self, coordinator, colleague, jean):
        away(coordinator, colleague)
        assert sorted(one.to[0] for one in deliver()) == ["alex@example.org", "robin@example.org"]
        assert "alex@example.org stands in for robin@example.org" in mail.outbox[0].body
        assert "Jean" not in mail.outbox[0].body
        assert AccessEvent.objects.get().what == "cover-began"

    def test_by_the_page(self, as_coordinator, coordinator, colleague):
        form = {"by": colleague.pk, "from_date": today().isoformat(), "to_date": today().isoformat()}
        assert as_coordinator.post(reverse("referrals:be_away"), form).status_code == 302
        cover = Cover.objects.get()
        assert (cover.away, cover.by) == (coordinator, colleague)
        assert "stands in for" in as_coordinator.get(reverse("referrals:handing_over")).content.decode()
        as_coordinator.post(reverse("referrals:end_cover", args=[cover.pk]))
        assert not Cover.objects.exists()

    @pytest.mark.parametrize(
        "form", [{}, {"by": "0"}, {"by": "x", "from_date": "31/02/2026", "to_date": "\0"}, {"from_date": "9999999"}]
    )
    def test_what_is_missing_is_asked_for(self, as_coordinator, form):
        response = as_coordinator.post(reverse("referrals:be_away"), form)
        assert "There is a problem" in response.content.decode()

    def test_others_covers_are_not_ended(self, as_coordinator, colleague):
        cover = away(colleague, make_coordinator("kim"), said_by=colleague)
        assert as_coordinator.post(reverse("referrals:end_cover", args=[cover.pk])).status_code == 404


class TestHandingOver:
    def plan(self, giver, receiver=None, **given):
        return Plan(**{"by": giver, "giver": giver, "receiver": receiver, "team": None, **given})

    def done(self, plan):
        return hand_over(plan, seen=counts_of(plan, on=today()).seen, on=today())

    def test_everybody_goes_closed_records_too_and_what_belongs_to_them(self, coordinator, colleague, jean):
        refer(jean)
        RingBack.objects.create(person=jean, promised_for=today())
        make_conversation(jean)
        closed = make_person(coordinator, closed_at=timezone.now())
        kept = make_person(make_coordinator("kim"))
        done = self.done(self.plan(coordinator, colleague))
        assert (done.people, done.closed, done.referrals, done.ring_backs) == (1, 1, 1, 1)
        for person in (jean, closed):
            assert sees(colleague, person)
            assert not sees(coordinator, person)
        assert not sees(colleague, kept)

    def test_they_can_go_to_a_team(self, coordinator, colleague, team, jean):
        colleague.teams.add(team)
        self.done(self.plan(coordinator, team=team))
        jean.refresh_from_db()
        assert (jean.coordinator, jean.team) == (None, team)
        assert sees(colleague, jean)

    def test_a_team_that_the_new_coordinator_is_not_in_sees_them_no_longer(self, coordinator, colleague, team, jean):
        mate = make_coordinator("kim")
        mate.teams.add(team)
        Person.objects.update(team=team)
        self.done(self.plan(coordinator, colleague))
        assert sees(colleague, jean)
        assert not sees(mate, jean)

    def test_only_those_of_a_patch_go_when_a_patch_changes_hands(self, coordinator, colleague, jean):
        patch = make_area(kind="patch")
        there = make_person(coordinator, patch=patch)
        self.done(self.plan(coordinator, colleague, patch=patch))
        assert sees(colleague, there)
        assert not sees(colleague, jean)

    def test_each_persons_look_says_that_they_were_handed_over(self, coordinator, colleague, jean):
        other = make_person(coordinator)
        self.done(self.plan(coordinator, colleague))
        handed = AccessEvent.objects.filter(what="handed-over", who=coordinator)
        assert set(handed.values_list("whose", flat=True)) == {f"referrals.person:{one.pk}" for one in (jean, other)}

    def test_both_are_told_how_many_and_nobodys_name(self, coordinator, colleague, jean):
        make_person(coordinator)
        self.done(self.plan(coordinator, colleague))
        first, second = deliver()
        assert {first.to[0], second.to[0]} == {"alex@example.org", "robin@example.org"}
        assert "alex@example.org now looks after 2 people whom robin@example.org looked after." in first.body
        assert " 0 " not in first.body
        assert "Jean" not in first.body
        assert jean.reference not in first.body

    def test_whoever_left_is_told_nothing(self, coordinator, colleague, jean):
        self.done(self.plan(coordinator, colleague))
        coordinator.is_active = False
        coordinator.save()
        assert [one.to for one in deliver()] == [["alex@example.org"]]

    def test_what_changed_since_it_was_looked_at_stops_it(self, coordinator, colleague, jean):
        plan = self.plan(coordinator, colleague)
        seen = counts_of(plan, on=today()).seen
        make_person(coordinator)
        with pytest.raises(ChangedSince, match="changed"):
            hand_over(plan, seen=seen, on=today())
        assert Person.objects.filter(coordinator=coordinator).count() == 2
        assert not HandingOver.objects.exists()

    def test_pressed_twice_it_is_done_once(self, coordinator, colleague, jean):
        plan = self.plan(coordinator, colleague)
        seen = counts_of(plan, on=today()).seen
        hand_over(plan, seen=seen, on=today())
        with pytest.raises(ChangedSince, match="nobody left"):
            hand_over(plan, seen=seen, on=today())

    def test_when_it_fails_on_the_way_nobody_has_gone(self, coordinator, colleague, jean, monkeypatch):
        make_person(coordinator)
        monkeypatch.setattr(handing_over, "AT_ONCE", 1)
        given = []

        def fails_at_the_second(plan, people):
            given.append(people)
            if len(given) == 2:
                raise RuntimeError
            give(plan, people)

        give = handing_over._give
        monkeypatch.setattr(handing_over, "_give", fails_at_the_second)
        with pytest.raises(RuntimeError):
            self.done(self.plan(coordinator, colleague))
        assert Person.objects.filter(coordinator=coordinator).count() == 2

    def test_hundreds_go_in_few_questions(self, coordinator, colleague, django_assert_max_num_queries):
        Person.objects.bulk_create(Person(coordinator=coordinator, called="Jean") for _each in range(600))
        plan = self.plan(coordinator, colleague)
        seen = counts_of(plan, on=today()).seen
        with django_assert_max_num_queries(30):
            hand_over(plan, seen=seen, on=today())
        assert Person.objects.filter(coordinator=colleague).count() == 600


class TestByThePages:
    def give(self, client, **form):
        return client.post(reverse("referrals:hand_over"), form)

    def test_how_many_it_is_is_shown_before_it_is_done(self, as_coordinator, coordinator, colleague, jean):
        form = {"to": f"user:{colleague.pk}"}
        shown = self.give(as_coordinator, **form)
        assert Person.objects.get().coordinator == coordinator
        assert "1 person with whom something goes on" in " ".join(shown.content.decode().split())
        done = self.give(as_coordinator, **form, seen=shown.context["counts"].seen)
        assert done.status_code == 302
        assert Person.objects.get().coordinator == colleague

    def test_what_changed_since_is_shown_anew(self, as_coordinator, coordinator, colleague, jean):
        response = self.give(as_coordinator, to=f"user:{colleague.pk}", seen="0-0-0-0")
        assert "Something has changed" in response.content.decode()
        assert Person.objects.get().coordinator == coordinator

    @pytest.mark.parametrize("to", ["", "user:0", "user:\0", "team:1", "nobody"])
    def test_who_is_no_colleague_is_nobody_to_give_to(self, as_coordinator, jean, to):
        assert "There is a problem" in self.give(as_coordinator, to=to).content.decode()

    def test_people_are_not_handed_to_who_has_them(self, as_coordinator, coordinator, jean):
        response = self.give(as_coordinator, to=f"user:{coordinator.pk}")
        assert "They look after them already" in response.content.decode()

    def test_a_coordinator_hands_over_nobody_elses(self, as_coordinator, coordinator, colleague, jean):
        theirs = make_person(colleague)
        form = {"giver": str(colleague.pk), "to": f"user:{colleague.pk}"}
        shown = self.give(as_coordinator, **form)
        self.give(as_coordinator, **form, seen=shown.context["counts"].seen)
        theirs.refresh_from_db()
        assert theirs.coordinator == colleague
        jean.refresh_from_db()
        assert jean.coordinator == colleague

    def test_an_administrator_gives_on_the_people_of_who_has_left(self, as_role, coordinator, colleague, jean):
        coordinator.is_active = False
        coordinator.save()
        client = as_role(Role.ADMINISTRATOR)
        overview = client.get(reverse("referrals:handing_over")).content.decode()
        assert "robin@example.org (has left)" in overview
        assert "No longer a coordinator" in overview
        form = {"giver": str(coordinator.pk), "to": f"user:{colleague.pk}"}
        shown = self.give(client, **form)
        self.give(client, **form, seen=shown.context["counts"].seen)
        assert Person.objects.get().coordinator == colleague

    def test_people_whom_nobody_looks_after_are_listed_and_given_on(self, as_role, coordinator, colleague, jean):
        coordinator.is_active = False
        coordinator.save()
        make_person(colleague)
        client = as_role(Role.ADMINISTRATOR)
        listed = client.get(reverse("referrals:nobodys_people"))
        assert [row.name for row in listed.context["rows"]] == ["Jean"]
        assert AccessEvent.objects.filter(what="listed", why="nobody-looks-after").exists()
        form = {"giver": "nobody", "to": f"user:{colleague.pk}"}
        shown = self.give(client, **form)
        self.give(client, **form, seen=shown.context["counts"].seen)
        assert Person.objects.filter(coordinator=colleague).count() == 2

    def test_another_councils_staff_is_no_choice(self, as_role, colleague, jean):
        theirs = Council.objects.create(name="Elsewhere", codes="E07000109", site=Site.objects.get())
        client = as_role(Role.ADMINISTRATOR)
        page = client.get(reverse("referrals:hand_over")).content.decode()
        assert "alex@example.org" not in page
        assert theirs.name not in page


class TestLookedAfterByNobody:
    def test_somebody_with_a_coordinator_at_work_is_looked_after(self, jean):
        assert not looked_after_by_nobody().exists()

    def test_whose_coordinator_left_is_not(self, coordinator, jean):
        coordinator.is_active = False
        coordinator.save()
        assert looked_after_by_nobody().get() == jean

    def test_whose_coordinator_is_one_no_longer_is_not(self, coordinator, jean):
        coordinator.groups.clear()
        assert looked_after_by_nobody().get() == jean

    def test_whose_coordinator_went_to_another_council_is_not(self, coordinator, jean):
        ours = Council.objects.create(name="Ours", codes="E07000066", site=Site.objects.get())
        jean.council = coordinator.council = ours
        jean.save()
        coordinator.save()
        assert not looked_after_by_nobody().exists()
        there = Site.objects.create(hostname="there.example", root_page=Site.objects.get().root_page)
        coordinator.council = Council.objects.create(name="There", codes="E07000109", site=there)
        coordinator.save()
        assert looked_after_by_nobody().get() == jean

    def test_a_team_with_somebody_at_work_looks_after_its_people(self, team, colleague):
        make_person(team=team)
        assert looked_after_by_nobody().count() == 1
        colleague.teams.add(team)
        assert looked_after_by_nobody().count() == 0

    def test_so_does_whoever_has_the_patch_or_whose_team_has(self, team, colleague):
        patch = make_area(kind="patch")
        make_person(patch=patch)
        assert looked_after_by_nobody().count() == 1
        colleague.patches.add(patch)
        assert looked_after_by_nobody().count() == 0
        colleague.patches.clear()
        colleague.teams.add(team)
        team.patches.add(patch)
        assert looked_after_by_nobody().count() == 0

    def test_closed_and_forgotten_people_need_nobody(self):
        make_person(closed_at=timezone.now())
        make_person(erased_at=timezone.now())
        assert not looked_after_by_nobody().exists()
