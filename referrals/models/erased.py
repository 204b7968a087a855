import datetime as dt
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access_events import KEPT


class ErasedRecordQuerySet(models.QuerySet):
    def past_keeping(self, now: dt.datetime) -> Self:
        """From before any backup that may still be restored."""
        return self.filter(at__lt=now - KEPT)


class ErasedRecord(models.Model):
    """The random key of a record that was erased: a backup that is restored is cleared of it again."""

    key = models.SlugField(max_length=16, unique=True)
    at = models.DateTimeField(default=timezone.now)

    objects = ErasedRecordQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["at", "pk"]
        verbose_name = _("erased record")
        verbose_name_plural = _("erased records")

    def __str__(self) -> str:
        return self.key
