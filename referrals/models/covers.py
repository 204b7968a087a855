import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.rules import is_coordinator
from accounts.seeing import NOTHING, administers


class CoverQuerySet(models.QuerySet):
    def today(self, on: dt.date) -> Self:
        return self.filter(from_date__lte=on, to_date__gte=on)

    def visible_to(self, user: Any) -> Self:
        """One's own, on either side; to an administrator those of the council."""
        own = models.Q(away=user) | models.Q(by=user) if is_coordinator(user) else NOTHING
        return self.filter(own | administers(user, "away__council"))


class Cover(models.Model):
    """While one coordinator is away, another sees and does what is theirs. It ends by itself."""

    away = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    from_date = models.DateField(_("from"))
    # Included.
    to_date = models.DateField(_("to"), db_index=True)

    objects = CoverQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["from_date"]
        verbose_name = _("cover")
        verbose_name_plural = _("covers")
        constraints = [
            models.CheckConstraint(condition=models.Q(to_date__gte=models.F("from_date")), name="cover_runs_forward"),
            models.CheckConstraint(condition=~models.Q(away=models.F("by")), name="cover_is_by_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.from_date} – {self.to_date}"
