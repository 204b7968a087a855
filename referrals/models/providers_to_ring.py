from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.rules import is_coordinator
from accounts.seeing import NOTHING, administers, of_own_council
from referrals.models.covers import Cover
from referrals.models.referrals import Referral
from referrals.models.sealed import new_key
from referrals.seeing import of_patches, of_teams


class ProviderToRingQuerySet(models.QuerySet):
    def to_do(self) -> Self:
        """Not rung yet, the longest waiting first."""
        return self.filter(done_at=None).order_by("made_at", "pk")

    def visible_to(self, user: Any) -> Self:
        """One's own, those of whom one stands in for, and those of one's teams and patches that nobody has; those of
        the council to administrators."""
        own = _left_to(user) if is_coordinator(user) else NOTHING
        return self.filter(own | administers(user, "referral__council"))


def _left_to(user: Any) -> Q:
    covered = Cover.objects.today(timezone.localdate()).filter(by=user).values("away")
    nobodys = Q(coordinator=None) & (of_teams(user) | of_patches(user, "referral__person__"))
    return of_own_council(user, "referral__council") & (Q(coordinator=user) | Q(coordinator__in=covered) | nobodys)


class ProviderToRing(models.Model):
    """A provider who cannot be written to, and is to be asked by phone to delete what they were told.

    It holds nothing of the person, and outlives them: the referral that it is about stays without them.
    """

    key = models.SlugField(max_length=16, unique=True, default=new_key, editable=False)
    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="to_ring")
    # None: whoever is in the team, or else an administrator.
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    team = models.ForeignKey("accounts.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ProviderToRingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["made_at", "pk"]
        verbose_name = _("provider to ring")
        verbose_name_plural = _("providers to ring")

    def __str__(self) -> str:
        return self.key
