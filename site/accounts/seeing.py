"""Whose things somebody sees: what every `visible_to(user)` stands on."""

from typing import Any

from django.apps import apps
from django.db.models import Q

from accounts.rules import is_administrator

NOTHING = Q(pk__in=[])
# Not an empty Q, which would give way to whatever stands beside it in an "or".
EVERYTHING = ~NOTHING


def sees_everything(user: Any) -> bool:
    """Whether somebody runs the installation itself, whatever councils are in it."""
    return bool(user is not None and user.is_active and user.is_superuser)


def has_councils() -> bool:
    """Whether this installation is parted into councils at all."""
    return apps.get_model("accounts.Council").objects.exists()


def of_own_council(user: Any, field: str = "council") -> Q:
    """What belongs to somebody's own council; where there are no councils, everything does."""
    if user is None or not user.is_authenticated:
        return NOTHING
    if user.council_id is not None:
        return Q(**{field: user.council_id})
    return NOTHING if has_councils() else EVERYTHING


def administers(user: Any, field: str = "council") -> Q:
    """What an administrator sees of something that belongs to councils; others see nothing of it."""
    if sees_everything(user):
        return EVERYTHING
    return of_own_council(user, field) if is_administrator(user) else NOTHING
