"""Who may come in, and where they belong."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.access_events import AccessEvent
from accounts.councils import Council, Team
from accounts.guessing import WrongTries
from accounts.links import OneTimeLink
from accounts.once import Once
from accounts.people import People

__all__ = ["AccessEvent", "Council", "Once", "OneTimeLink", "Team", "User", "WrongTries"]


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
