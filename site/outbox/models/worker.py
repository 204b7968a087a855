"""Who delivers owed work: `Worker`, a sign of life."""

import datetime as dt
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Longer than this without a sign, a worker is taken for dead.
SILENCE = dt.timedelta(minutes=2)
# The dead are remembered for so long, for whoever asks what happened.
REMEMBERED = dt.timedelta(days=1)


class WorkerQuerySet(models.QuerySet):
    def alive(self, now: dt.datetime) -> Self:
        return self.filter(seen_at__gte=now - SILENCE)

    def silent(self, now: dt.datetime) -> Self:
        """Those that ended without a word."""
        return self.filter(seen_at__lt=now - SILENCE)


class Worker(models.Model):
    """A worker that runs, or ended without a word; one that is told to stop takes its row away."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    host = models.CharField(_("machine"), max_length=80)
    pid = models.PositiveIntegerField(_("process"))
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    seen_at = models.DateTimeField(_("last sign of life"), default=timezone.now, db_index=True)
    # A kind of owed work, in words; empty: it waits for some.
    doing = models.CharField(_("doing"), max_length=120, blank=True)
    doing_since = models.DateTimeField(_("since"), null=True, blank=True)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return self.name
