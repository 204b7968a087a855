"""Who may come in, and where they belong."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.access_events import AccessEvent
from accounts.councils import Council, Team

__all__ = ["AccessEvent", "Council", "Team", "User"]


class User(AbstractUser):
    """A member of staff or of a provider."""

    must_change_password = models.BooleanField(
        "must choose a new password",
        default=False,
        help_text="They were given a one-time password, and choose their own at first sign-in.",
    )
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
