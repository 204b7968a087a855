"""Handing people over: all of somebody's people, or those of one patch, to a coordinator or a team; all or none."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.access_events import record_looks
from accounts.models import Team, User
from assets_map.models import Area
from referrals.home.mine import looked_after_by_nobody
from referrals.home.notices import tell
from referrals.home.problems import ChangedSince
from referrals.models import Cover, HandingOver, Person, ProviderToRing, Referral, RingBack

AT_ONCE = 500


@dataclass(frozen=True)
class Plan:
    """Whose people go to whom. No giver: those whom nobody looks after, in the council of `by`."""

    by: User
    giver: User | None
    receiver: User | None
    team: Team | None
    patch: Area | None = None

    def people(self) -> "QuerySet[Person]":
        """Closed ones too, so that somebody who comes back comes back to the right place."""
        if self.giver is None:
            found = looked_after_by_nobody().filter(pk__in=Person.objects.visible_to(self.by).values("pk"))
        else:
            found = Person.objects.filter(coordinator=self.giver, erased_at=None)
        return found.filter(patch=self.patch) if self.patch else found


@dataclass(frozen=True)
class Counts:
    """What would go: people with whom something goes on, closed ones, and what goes with them."""

    people: int
    closed: int
    referrals: int
    ring_backs: int
    # Whom the giver is to stand in for: that stays with them.
    covers: int

    @property
    def seen(self) -> str:
        """What was looked at, in short: whoever confirms sends it back."""
        return f"{self.people}-{self.closed}-{self.referrals}-{self.ring_backs}"


def counts_of(plan: Plan, *, on: Any) -> Counts:
    people = plan.people()
    closed = people.exclude(closed_at=None).count()
    covers = Cover.objects.filter(by=plan.giver, to_date__gte=on) if plan.giver else Cover.objects.none()
    numbers = people.values("pk")
    return Counts(
        people=people.count() - closed,
        closed=closed,
        referrals=Referral.objects.open().filter(person__in=numbers).count(),
        ring_backs=RingBack.objects.promised().filter(person__in=numbers).count(),
        covers=covers.count(),
    )


@transaction.atomic
def hand_over(plan: Plan, *, seen: str, on: Any) -> HandingOver:
    """Hand over all of them, or none: raises ChangedSince when they are not those that were `seen`.

    Each person's look says that they were handed over; giver and receiver are told how many.
    """
    people = list(plan.people().select_for_update().only("pk", "council", "team"))
    counts = counts_of(plan, on=on)
    if not people:
        raise ChangedSince(_("There is nobody left to hand over. Perhaps somebody was quicker."))
    if counts.seen != seen or len(people) != counts.people + counts.closed:
        raise ChangedSince(_("Something has changed since you looked. Look again, and hand over what is there now."))
    for start in range(0, len(people), AT_ONCE):
        _give(plan, people[start : start + AT_ONCE])
    if plan.giver and plan.patch is None:
        theirs = ProviderToRing.objects.to_do().filter(coordinator=plan.giver)
        theirs.update(coordinator=plan.receiver, team=plan.team)
    record_looks(plan.by, what="handed-over", whose=people, why="handing-over")
    done = HandingOver.objects.create(
        council=plan.by.council or (plan.giver.council if plan.giver else None),
        giver=plan.giver,
        receiver=plan.receiver,
        team=plan.team,
        by=plan.by,
        people=counts.people,
        closed=counts.closed,
        referrals=counts.referrals,
        ring_backs=counts.ring_backs,
    )
    tell(plan.giver, *_receivers(plan), handing_over=done)
    return done


def _give(plan: Plan, people: list[Person]) -> None:
    rows = Person.objects.filter(pk__in=[person.pk for person in people])
    if plan.team is not None:
        rows.update(coordinator=None, team=plan.team)
        return
    rows.update(coordinator=plan.receiver)
    # A team that whoever has them now is not part of sees them no longer.
    if plan.receiver is not None:
        rows.exclude(team__in=plan.receiver.teams.values("pk")).update(team=None)


def _receivers(plan: Plan) -> list[User]:
    return [plan.receiver] if plan.receiver else list(plan.team.members.filter(is_active=True)) if plan.team else []
