"""Who may come in, and where they belong."""

from typing import ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.access_events import AccessEvent
from accounts.councils import Council, Team
from accounts.guessing import WrongTries
from accounts.links import OneTimeLink
from accounts.once import Once

__all__ = ["AccessEvent", "Council", "Once", "OneTimeLink", "Team", "User", "WrongTries"]


class UserQuerySet(models.QuerySet):
    def with_password_for(self, email: str) -> Self:
        """The one account, at most, that somebody with this address signs in to with a password of its own."""
        # An account of the council's sign-in is reached from there alone, whatever its address.
        found = self.filter(email__iexact=email.strip(), is_active=True, socialaccount=None)
        return found.order_by("pk")[:1]


class People(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # made while the program starts
    use_in_migrations = False


class User(AbstractUser):
    """A member of staff or of a provider."""

    council = models.ForeignKey(
        Council, verbose_name=_("council"), null=True, blank=True, on_delete=models.PROTECT, related_name="staff"
    )
    teams = models.ManyToManyField(Team, verbose_name=_("teams"), blank=True, related_name="members")
    patches = models.ManyToManyField(
        "assets_map.Area",
        verbose_name=_("own patches"),
        blank=True,
        related_name="+",
        help_text=_("Beside those of their teams."),
    )

    objects: ClassVar[People] = People()
