"""Work that is owed: a row written with the fact that caused it, delivered after, tried again until it is.

OwedWork             many rows at a time, by `deliver_many`
├── OwedToOthers     one row at a time, by `deliver`, to somebody who can tell by its `key` that they have it
└── StandingWork     one row that is due again and again
"""

import datetime as dt
import uuid
from typing import ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone

from outbox.request_id import LONGEST, current

FIRST_WAIT = dt.timedelta(seconds=5)
LONGEST_WAIT = dt.timedelta(hours=1)
# With the waits above, about half a day.
MOST_ATTEMPTS = 20


class OwedQuerySet(models.QuerySet):
    def due(self, now: dt.datetime) -> Self:
        """What may be taken: its time has come, it is not parked, and nobody holds it."""
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
        return self.unparked().filter(free, due_at__lte=now).order_by("due_at", "pk")

    def held(self, now: dt.datetime) -> Self:
        """What somebody is delivering."""
        return self.unparked().filter(claimed_until__gt=now)

    def parked(self) -> Self:
        return self.filter(parked_at__isnull=False).order_by("-parked_at", "pk")

    def unparked(self) -> Self:
        return self.filter(parked_at__isnull=True)


class OwedWork(models.Model):
    """One thing owed. A subclass says what in `deliver_many`; a delivered row is deleted.

    Its `__str__` is shown to administrators and written to the log of what they did: nothing of a person in it.
    """

    # The most that is delivered before other kinds of work have their turn.
    at_once: ClassVar[int] = 500
    # A failure is followed by a wait, each about twice as long as the one before, up to the longest.
    first_wait: ClassVar[dt.timedelta] = FIRST_WAIT
    longest_wait: ClassVar[dt.timedelta] = LONGEST_WAIT
    # After so many failures it waits for a person. None: it is tried for ever.
    parked_after: ClassVar[int | None] = None
    # Whether messages of errors are kept as they are: only where none can hold anything of a person.
    errors_are_quoted: ClassVar[bool] = False

    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    request_id = models.CharField(max_length=LONGEST, blank=True, editable=False, default=current, db_default="")
    # Who delivers it, and until when nobody else may. An owner whose time has run out has died.
    claimed_by = models.CharField(max_length=120, blank=True, editable=False, default="", db_default="")
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    parked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OwedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def deliver_many(cls, owed: "list[Self]") -> None:
        """Do what these rows ask for, in any order and safely twice; raise when it could not be done."""
        raise TypeError(f"{cls.__name__} does not say how it is delivered.")

    def due_again(self) -> dt.datetime | None:
        """When a row that was delivered is due the next time; none: it is done, and deleted."""
        return None


class OwedToOthers(OwedWork):
    """One thing owed to another system, which may get it twice and applies it once."""

    at_once = 20
    parked_after = MOST_ATTEMPTS

    # The same at every attempt.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta(OwedWork.Meta):
        abstract = True

    def deliver(self) -> None:
        """Hand this over, with its `key`; raise `DeliveryProblem` in words when it could not be done."""
        raise TypeError(f"{type(self).__name__} does not say how it is delivered.")


class StandingWork(OwedWork):
    """A duty without end: the one row that the worker lays is due again `every` so often."""

    THE_ROW: ClassVar[int] = 1
    every: ClassVar[dt.timedelta]
    # From when it is laid.
    first_after: ClassVar[dt.timedelta] = dt.timedelta(0)

    class Meta(OwedWork.Meta):
        abstract = True

    def due_again(self) -> dt.datetime | None:
        return timezone.now() + self.every

    @classmethod
    def lay(cls) -> Self:
        """The row, made if it is not there."""
        row, _made = cls.objects.get_or_create(pk=cls.THE_ROW, defaults={"due_at": timezone.now() + cls.first_after})
        return row  # type: ignore[return-value]  # a manager gives rows of its own model


def kinds_of_work() -> list[type[OwedWork]]:
    """Every model that is owed work."""
    return [model for model in apps.get_models() if issubclass(model, OwedWork)]
