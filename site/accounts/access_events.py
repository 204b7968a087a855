"""Every look at what is somebody's own, written down: who, what, whose, why, when, and by which request.

An event holds references and code words only, never a name. The database refuses to change it, and to delete it within
six years (`accounts.access_triggers`).
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Model
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts.access_triggers import KEPT_DAYS
from accounts.seeing import administers

KEPT = dt.timedelta(days=KEPT_DAYS)
CODE_WORD = re.compile(r"[a-z]+(-[a-z]+){0,5}")
REFERENCE = re.compile(r"[a-z_]+\.[a-z]+(:[0-9A-Za-z-]{1,40})?")


class AccessEventQuerySet(models.QuerySet):
    def past_keeping(self, now: dt.datetime) -> Self:
        """Those that may go: the database refuses to delete any other."""
        return self.filter(at__lt=now - KEPT)

    def visible_to(self, user: Any) -> Self:
        return self.filter(administers(user))


class AccessEvent(models.Model):
    """One look. Not changed, not deleted within six years, and nothing personal in it beyond two references."""

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    # References that outlive what they point at: the event stays as it is when the account goes.
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    council = models.ForeignKey(
        "accounts.Council",
        verbose_name=_("council"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    what = models.CharField(_("what"), max_length=40)
    whose = models.CharField(_("whose"), max_length=120, db_index=True)
    why = models.CharField(_("why"), max_length=40)
    request_id = models.CharField(_("request"), max_length=64, blank=True)

    objects = AccessEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        verbose_name = _("look")
        verbose_name_plural = _("looks")

    def __str__(self) -> str:
        return f"{self.what} {self.whose}"


def record_look(request_or_user: Any, *, what: str, whose: Model | type[Model] | str, why: str) -> AccessEvent:
    """Write down a look before it is given. `what` and `why`: code words such as "opened" and "own-patch"; `whose`: the
    record, or the kind of record when many were seen at once, or its reference such as "accounts.user:12"."""
    event = _event(request_or_user, what=what, whose=whose, why=why)
    event.save()
    return event


def record_looks(request_or_user: Any, *, what: str, whose: Iterable[Model], why: str) -> None:
    """The same for each of many records, written together."""
    events = [_event(request_or_user, what=what, whose=record, why=why) for record in whose]
    AccessEvent.objects.bulk_create(events, batch_size=500)


def _event(request_or_user: Any, *, what: str, whose: Model | type[Model] | str, why: str) -> AccessEvent:
    who = getattr(request_or_user, "user", request_or_user)
    who = who if who is not None and who.is_authenticated else None
    reference = whose if isinstance(whose, str) else reference_of(whose)
    if not (CODE_WORD.fullmatch(what) and CODE_WORD.fullmatch(why) and REFERENCE.fullmatch(reference)):
        raise ValueError("An access event holds code words and a reference, and nothing that anybody typed.")
    return AccessEvent(
        who=who,
        council_id=council_of(whose) or council_of(who),
        what=what,
        whose=reference,
        why=why,
        request_id=import_string(settings.REQUEST_ID)(),
    )


def council_of(one: Any) -> int | None:
    """The council that a record belongs to, if it is a record that belongs to one."""
    return getattr(one, "council_id", None) if isinstance(one, Model) else None


def reference_of(record: Model | type[Model]) -> str:
    """ "accounts.user:12", or "accounts.user" for the kind."""
    return f"{record._meta.label_lower}:{record.pk}" if isinstance(record, Model) else record._meta.label_lower
