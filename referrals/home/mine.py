"""Whose people stand on somebody's list: what there is to do is theirs."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Team, User
from accounts.roles import Role, group_name
from accounts.seeing import of_own_council
from referrals.models import Cover, Person


def mine(user: Any, path: str = "") -> Q:
    """Own people, those of whom one stands in for today, and those of one's teams and patches whom no one has.

    `path` leads to the person: "" or "referral__person__".
    """
    covered = Cover.objects.today(timezone.localdate()).filter(by=user).values_list("away", flat=True)
    ours = Q(**{f"{path}team__in": user.teams.values("pk")})
    ours |= Q(**{f"{path}patch__in": user.patches.values("pk")})
    ours |= Q(**{f"{path}patch__in": user.teams.values("patches")})
    own = Q(**{f"{path}coordinator__in": [user.pk, *covered]})
    return of_own_council(user, f"{path}council") & (own | (Q(**{f"{path}coordinator": None}) & ours))


def my_people(user: Any) -> "QuerySet[Person]":
    """Those with whom something goes on."""
    return Person.objects.standing().filter(mine(user))


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
