"""Whose people stand on somebody's list: what there is to do is theirs."""

from dataclasses import dataclass
from typing import Any, Self

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Team, User
from accounts.roles import Role, group_name
from accounts.seeing import of_own_council
from referrals.models import Cover, Person


@dataclass(frozen=True)
class Mine:
    """Own people, those of whom one stands in for today, and those of one's teams and patches whom no one has."""

    user: Any
    # Oneself, and whoever one stands in for.
    coordinators: tuple[int, ...]

    @classmethod
    def of(cls, user: Any) -> Self:
        covered = Cover.objects.today(timezone.localdate()).filter(by=user).order_by().values_list("away", flat=True)
        return cls(user, (user.pk, *covered))

    def at(self, path: str = "") -> Q:
        """`path` leads to the person: "" or "referral__person__"."""
        ours = Q(**{f"{path}team__in": self.user.teams.values("pk")})
        ours |= Q(**{f"{path}patch__in": self.user.patches.values("pk")})
        ours |= Q(**{f"{path}patch__in": self.user.teams.values("patches")})
        own = Q(**{f"{path}coordinator__in": self.coordinators})
        return of_own_council(self.user, f"{path}council") & (own | (Q(**{f"{path}coordinator": None}) & ours))

    def people(self) -> "QuerySet[Person]":
        """Those with whom something goes on."""
        return Person.objects.standing().filter(self.at())


def at_work() -> "QuerySet[User]":
    """Coordinators whose accounts are open."""
    users: QuerySet[User] = get_user_model().objects.all()
    return users.filter(is_active=True, groups__name=group_name(Role.COORDINATOR))


def looked_after_by_nobody() -> "QuerySet[Person]":
    """People whose coordinator has left, or who never had one, and whose team and patch have nobody at work either."""
    working = at_work().values("pk")
    teams = User.teams.through.objects.filter(user__in=working).values("team")
    own_patches = User.patches.through.objects.filter(user__in=working).values("area")
    team_patches = Team.patches.through.objects.filter(team__in=teams).values("area")
    return Person.objects.standing().filter(
        _in_none("coordinator", working),
        _in_none("team", teams),
        _in_none("patch", own_patches),
        _in_none("patch", team_patches),
    )


def _in_none(field: str, rows: "QuerySet[Any, Any]") -> Q:
    return Q(**{field: None}) | ~Q(**{f"{field}__in": rows})
