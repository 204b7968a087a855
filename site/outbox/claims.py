"""Who delivers what: `claim(kind)` takes rows that are due, so that nobody else does.

A claim runs out after `settings.OWED_WORK_HOLD` seconds and is renewed while its owner lives: what a killed worker held
comes back. Machines that share the work must agree on the time to within half of that.
"""

import datetime as dt
import logging
import os
import random
import secrets
import socket
import threading
import time
from collections.abc import Iterable
from functools import cache
from itertools import count
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.models import OwedWork, ParkedNotice
from outbox.problems import NotDeliverable, in_words, where

log = logging.getLogger(__name__)

FREE = {"claimed_by": "", "claimed_until": None}
_numbers = count(1)


@cache
def process_name(pid: int) -> str:
    """This process, by a name that no other ever has."""
    return f"{socket.gethostname()[:80]}:{pid}:{secrets.token_hex(4)}"


def until() -> dt.datetime:
    return timezone.now() + dt.timedelta(seconds=settings.OWED_WORK_HOLD)


class Claim:
    """Rows of one kind that are ours to deliver; those neither delivered nor put off are free again at its end."""

    def __init__(self, kind: type[OwedWork], most: int) -> None:
        self.kind = kind
        self.owner = f"{process_name(os.getpid())}:{next(_numbers)}"
        self._good_until = time.monotonic() + settings.OWED_WORK_HOLD
        self.rows = self._take(most)
        self._left = {row.pk for row in self.rows}
        self._over = threading.Event()
        self._renewing = threading.Thread(target=self._renew, name="claims", daemon=True)

    def __enter__(self) -> Self:
        self._renewing.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._over.set()
        self._renewing.join()
        if self._left:
            self._ours(self._left).update(**FREE)

    @property
    def holds(self) -> bool:
        """Whether it is still ours: not when the machine slept, or the database was away, for too long."""
        return time.monotonic() < self._good_until

    def settle(self, rows: list[OwedWork]) -> None:
        """These are delivered."""
        again = {row.pk: due_at for row in rows if (due_at := row.due_again())}
        for pk, due_at in again.items():
            self._ours([pk]).update(due_at=due_at, attempts=0, last_error="", **FREE)
        self.kind.objects.filter(pk__in=[row.pk for row in rows if row.pk not in again]).delete()
        self._left -= {row.pk for row in rows}

    def put_off(self, rows: list[OwedWork], *, because: Exception) -> None:
        """Try these again later, or park them for a person to look at."""
        if not rows:
            return
        log.warning("%s of %s could not be delivered: %s", len(rows), self.kind.__name__, where(because))
        last_error = in_words(because, quoted=self.kind.errors_are_quoted)
        kept = {"attempts": F("attempts") + 1, "last_error": last_error, **FREE}
        parked = [
            row for row in rows if isinstance(because, NotDeliverable) or worn_out(row, attempts=row.attempts + 1)
        ]
        again = [row for row in rows if row not in parked]
        with transaction.atomic():
            if again:
                due_at = timezone.now() + wait_after(self.kind, max(row.attempts for row in again))
                self._ours(row.pk for row in again).update(due_at=due_at, **kept)
            if parked:
                self._ours(row.pk for row in parked).update(parked_at=timezone.now(), **kept)
                ParkedNotice.hurry()
        self._left -= {row.pk for row in rows}

    def _take(self, most: int) -> list[OwedWork]:
        """Rows that are due, marked as ours. On SQLite the transaction is IMMEDIATE, so that nobody else takes any."""
        if not self.kind.objects.due(timezone.now()).exists():
            return []
        with transaction.atomic():
            rows = list(self.kind.objects.due(timezone.now()).select_for_update(skip_locked=True)[:most])
            abandoned = [row for row in rows if row.claimed_by]
            ours = self.kind.objects.filter(pk__in=[row.pk for row in rows])
            ours.update(claimed_by=self.owner, claimed_until=until())
            if abandoned:
                self._count_as_tried(abandoned)
        return rows

    def _count_as_tried(self, abandoned: list[OwedWork]) -> None:
        """A worker died while it held these: one of them may be why."""
        words = _("The worker that was delivering it ended without a word.")
        for row in abandoned:
            row.attempts += 1
        self._ours(row.pk for row in abandoned).update(attempts=F("attempts") + 1, last_error=words)

    def _ours(self, pks: Iterable[int]) -> "QuerySet[OwedWork]":
        return self.kind.objects.filter(pk__in=list(pks), claimed_by=self.owner)

    def _renew(self) -> None:
        while not self._over.wait(settings.OWED_WORK_HOLD / 3):
            began = time.monotonic()
            try:
                if self._ours(self._left).update(claimed_until=until()):
                    self._good_until = began + settings.OWED_WORK_HOLD
            except DatabaseError as error:
                log.warning("A claim could not be renewed: %s", type(error).__name__)
            finally:
                connections.close_all()


def claim(kind: type[OwedWork]) -> Claim:
    """Take what is due of one kind, up to as much as has its turn at once."""
    return Claim(kind, kind.at_once)


def worn_out(row: OwedWork, *, attempts: int) -> bool:
    """Whether this was tried so often that only a person can help."""
    return row.parked_after is not None and attempts >= row.parked_after


def wait_after(kind: type[OwedWork], attempts: int) -> dt.timedelta:
    """Twice as long after each failure, up to the longest; and no two alike, so that not all come back at once."""
    longest = min(kind.first_wait * 2 ** min(attempts, 16), kind.longest_wait)
    return longest * random.uniform(0.5, 1.0)
