"""The duty to tell administrators of what is parked: `ParkedNotice`."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outbox.models.owed import StandingWork, kinds_of_work

# What is parked within this time is told in one message.
GATHERING = dt.timedelta(minutes=5)


class ParkedNotice(StandingWork):
    """One message for everything that was parked since the last, and at most one a day while some of it is left."""

    every = dt.timedelta(days=1)
    first_after = GATHERING

    # Up to when administrators know; none: nothing is parked, or nobody was told yet.
    told_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta(StandingWork.Meta):
        abstract = False
        verbose_name = "message to administrators"
        verbose_name_plural = "messages to administrators"

    def __str__(self) -> str:
        return "what is parked"

    @classmethod
    def deliver_many(cls, owed: "list[ParkedNotice]") -> None:
        for notice in owed:
            now = timezone.now()
            if lines := newly_parked(notice.told_at):
                tell = import_string(settings.TELL_ADMINISTRATORS)
                tell(_("Some work could not be delivered"), lines, page="owed_work:index", key=str(notice.key))
            cls.objects.filter(pk=notice.pk).update(told_at=now if anything_parked() else None, key=uuid.uuid4())

    def due_again(self) -> dt.datetime:
        told = type(self).objects.filter(pk=self.pk, told_at__isnull=False).exists()
        return timezone.now() + (GATHERING if anything_parked() and not told else self.every)

    @classmethod
    def hurry(cls) -> None:
        """Something was parked: let it be told soon, unless administrators were told today."""
        cls.lay()
        now = timezone.now()
        not_told = Q(told_at__isnull=True) | Q(told_at__lt=now - cls.every)
        cls.objects.filter(not_told, due_at__gt=now + GATHERING).update(due_at=now + GATHERING)

    @classmethod
    def start_anew(cls) -> None:
        """Nothing is parked any more: what is parked next is news."""
        if not anything_parked():
            cls.objects.update(told_at=None)


def anything_parked() -> bool:
    return any(kind.objects.parked().exists() for kind in kinds_of_work())


def newly_parked(since: dt.datetime | None) -> list[str]:
    """A line for each kind of work of which something was parked after this; none of them holds anything of a row."""
    lines = []
    for kind in kinds_of_work():
        parked = kind.objects.parked()
        new = parked.filter(parked_at__gt=since) if since else parked
        if last := new.first():
            count = parked.count()
            words = ngettext("%(name)s: %(n)s is parked.", "%(name)s: %(n)s are parked.", count)
            name = str(kind._meta.verbose_name_plural).capitalize()
            lines.append(f"{words % {'name': name, 'n': f'{count:,}'}} {last.last_error}".strip())
    return lines
