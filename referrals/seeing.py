"""Whose people somebody sees: what every `visible_to(user)` of this app stands on."""

from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from accounts.rules import is_coordinator
from accounts.seeing import NOTHING, administers, of_own_council
from directory.querysets import providers_of


def sees_person(user: Any, path: str = "") -> Q:
    """People of a coordinator, of its teams and its patches, and of whom it stands in for; to an administrator, those
    of the council. `path` leads to the person: "" or "referral__person__"."""
    if user is None or not user.is_authenticated:
        return NOTHING
    # What no person stands behind any more is nobody's.
    seen = administers(user, f"{path}council") & Q(**{f"{path}pk__isnull": False})
    if is_coordinator(user):
        seen |= of_own_council(user, f"{path}council") & _own(user, path)
    return seen


def _own(user: Any, path: str) -> Q:
    covered = apps.get_model("referrals.Cover").objects.today(timezone.localdate()).filter(by=user).values("away")
    own = Q(**{f"{path}coordinator": user}) | Q(**{f"{path}coordinator__in": covered})
    return own | of_teams(user, path) | of_patches(user, path)


def of_teams(user: Any, path: str = "") -> Q:
    return Q(**{f"{path}team__in": user.teams.values("pk")})


def of_patches(user: Any, path: str = "") -> Q:
    """The own ones, and those of the own teams."""
    mine, of_teams = user.patches.values("pk"), user.teams.values("patches")
    return Q(**{f"{path}patch__in": mine}) | Q(**{f"{path}patch__in": of_teams})


def sent_to(user: Any, path: str = "") -> Q:
    """Referrals to the providers that somebody is a member of, from when they were sent."""
    return Q(**{f"{path}provider__in": providers_of(user)}) & ~Q(**{f"{path}progress": "draft"})
