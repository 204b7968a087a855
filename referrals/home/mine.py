"""Whose people stand on somebody's list: what there is to do is theirs."""

from dataclasses import dataclass
from typing import Any, Self

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Team, User
from accounts.roles import Role, group_name
from accounts.seeing import NOTHING, has_councils
from referrals.models import Cover, Person, ProviderToRing

# Where a provider to ring has what a person has: the person may be erased.
OF_PROVIDER_TO_RING = {"patch": "referral__person__patch", "council": "referral__council"}


@dataclass(frozen=True)
class Mine:
    """Own people, those of whom one stands in for today, and those of one's teams and patches whom no one has."""

    user: Any
    # Today's, on either side.
    covers: tuple[Cover, ...]
    teams: tuple[int, ...]
    patches: tuple[int, ...]
    # Of no council, where there are councils.
    is_lost: bool

    @classmethod
    def of(cls, user: Any) -> Self:
        covers = Cover.objects.today(timezone.localdate()).filter(Q(by=user) | Q(away=user))
        teams = tuple(user.teams.order_by().values_list("pk", flat=True))
        own = user.patches.order_by().values_list("pk", flat=True)
        of_teams = Team.patches.through.objects.filter(team__in=teams).values_list("area", flat=True)
        is_lost = user.council_id is None and has_councils()
        return cls(user, tuple(covers.select_related("away", "by")), teams, tuple({*own, *of_teams}), is_lost)

    @property
    def coordinators(self) -> list[int]:
        """Oneself, and whoever one stands in for."""
        return [self.user.pk, *(cover.away_id for cover in self.covers if cover.by_id == self.user.pk)]

    def at(self, path: str = "", *, patch: str = "", council: str = "") -> Q:
        """`path` leads to the person: "" or "referral__person__"; `patch` and `council` are for what has its own."""
        ours = Q(**{f"{path}team__in": self.teams}) | Q(**{f"{patch or f'{path}patch'}__in": self.patches})
        own = Q(**{f"{path}coordinator__in": self.coordinators}) | (Q(**{f"{path}coordinator": None}) & ours)
        return NOTHING if self.is_lost else own & Q(**{council or f"{path}council": self.user.council_id})

    def people(self) -> "QuerySet[Person]":
        """Those with whom something goes on."""
        return Person.objects.standing().filter(self.at())


def at_work() -> "QuerySet[User]":
    """Coordinators whose accounts are open."""
    users: QuerySet[User] = get_user_model().objects.all()
    return users.filter(is_active=True, groups__name=group_name(Role.COORDINATOR))


def looked_after_by_nobody() -> "QuerySet[Person]":
    """People whose coordinator has left, for another council too, or who never had one, and whose team and patch have
    nobody at work either."""
    return Person.objects.standing().filter(*_by_nobody())


def rung_by_nobody() -> "QuerySet[ProviderToRing]":
    """Providers to ring, where the same is so of whoever was to do it."""
    return ProviderToRing.objects.to_do().filter(*_by_nobody(**OF_PROVIDER_TO_RING))


def _by_nobody(*, patch: str = "patch", council: str = "council") -> tuple[Q, ...]:
    working = at_work().values("pk")
    teams = User.teams.through.objects.filter(user__in=working).values("team")
    own_patches = User.patches.through.objects.filter(user__in=working).values("area")
    team_patches = Team.patches.through.objects.filter(team__in=teams).values("area")
    theirs = get_user_model().objects.filter(pk=OuterRef("coordinator"), council__isnull=False)
    elsewhere = Q(Exists(theirs.exclude(council=OuterRef(council))))
    return (
        _in_none("coordinator", working) | elsewhere,
        _in_none("team", teams),
        _in_none(patch, own_patches),
        _in_none(patch, team_patches),
    )


def _in_none(field: str, rows: "QuerySet[Any, Any]") -> Q:
    return Q(**{field: None}) | ~Q(**{f"{field}__in": rows})
