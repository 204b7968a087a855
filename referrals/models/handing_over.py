from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.rules import is_coordinator
from accounts.seeing import NOTHING, administers
from outbox.models import OwedToOthers
from referrals.models.covers import Cover


class HandingOverQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """To a coordinator those that they were part of; to an administrator those of the council."""
        own = Q(giver=user) | Q(receiver=user) | Q(by=user) if is_coordinator(user) else NOTHING
        return self.filter(own | administers(user))


class HandingOver(models.Model):
    """People who went from one coordinator to another, or to a team: how many, never who."""

    council = models.ForeignKey("accounts.Council", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # None: nobody looked after them.
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    people = models.PositiveIntegerField()
    closed = models.PositiveIntegerField()
    referrals = models.PositiveIntegerField()
    ring_backs = models.PositiveIntegerField()

    objects = HandingOverQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-at", "-pk"]
        verbose_name = _("handing over")
        verbose_name_plural = _("handings over")

    def __str__(self) -> str:
        return f"{self.people} {self.at:%Y-%m-%d}"


class OwedNotice(OwedToOthers):
    """Tells a member of staff that people were handed over, or that somebody stands in for somebody: counts alone."""

    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    handing_over = models.ForeignKey(HandingOver, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    cover = models.ForeignKey(Cover, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta(OwedToOthers.Meta):
        abstract = False
        verbose_name = _("notice to staff")
        verbose_name_plural = _("notices to staff")

    def __str__(self) -> str:
        return str(_("Handing over") if self.handing_over_id else _("Standing in"))

    def deliver(self) -> None:
        from referrals.home.notices import send

        send(self)
