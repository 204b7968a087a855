"""Work that is owed: a row written with the fact that caused it, delivered after, tried again until it is."""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

FIRST_WAIT = dt.timedelta(seconds=5)
LONGEST_WAIT = dt.timedelta(hours=1)


class OwedQuerySet(models.QuerySet):
    def due(self, now: dt.datetime) -> Self:
        return self.filter(due_at__lte=now).order_by("due_at", "pk")


class OwedWork(models.Model):
    """One thing owed. A subclass says what in `deliver_many`; a delivered row is deleted."""

    # The most that is delivered before other kinds of work have their turn.
    at_once = 500

    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)

    # However often it failed, it is tried again after so long.
    longest_wait: ClassVar[dt.timedelta] = LONGEST_WAIT

    objects = OwedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def deliver_many(cls, owed: "list[Self]") -> None:
        """Do what these rows ask for, in any order and safely twice; raise when it could not be done."""
        raise TypeError(f"{cls.__name__} does not say how it is delivered.")
