from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from referrals.models.referrals import Referral


class AnswerLink(models.Model):
    """Lets a provider's people answer one referral without an account: a link, and a code that comes another way.

    Neither can be read back.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    # Wrong codes so far.
    tries = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("link of a referral")
        verbose_name_plural = _("links of referrals")

    def __str__(self) -> str:
        return str(self.pk)
