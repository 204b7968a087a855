"""A worker's life: signs of life while it works, and a stop that loses nothing."""

import logging
import os
import signal
import socket
import threading
from types import FrameType, TracebackType
from typing import Self

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from outbox.claims import process_name
from outbox.delivery import deliver_everything_due
from outbox.models import OwedWork, StandingWork, Worker, kinds_of_work
from outbox.models.worker import REMEMBERED
from outbox.problems import TimeIsUp

log = logging.getLogger(__name__)

SECONDS_BETWEEN_BEATS = 10.0
# While the database does not answer.
LONGEST_PAUSE = 30.0


class Stop(threading.Event):
    """Set by SIGTERM or SIGINT. What is being delivered then may take `settings.OWED_WORK_STOP` seconds more; after
    that it is given back."""

    def listen(self) -> Self:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told)
        signal.signal(signal.SIGALRM, _time_is_up)
        return self

    def _told(self, _number: int, _frame: FrameType | None) -> None:
        if not self.is_set():
            signal.setitimer(signal.ITIMER_REAL, settings.OWED_WORK_STOP)
        self.set()


def _time_is_up(_number: int, _frame: FrameType | None) -> None:
    raise TimeIsUp


class Heartbeat:
    """This worker's row, kept fresh by a thread of its own while the worker is at work."""

    def __init__(self) -> None:
        self.name = process_name(os.getpid())
        self._doing = ""
        self._since = timezone.now()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat_on, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        Worker.objects.filter(seen_at__lt=timezone.now() - REMEMBERED).delete()
        Worker.objects.create(name=self.name, host=socket.gethostname()[:80], pid=os.getpid())
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        try:
            Worker.objects.filter(name=self.name).delete()
        except DatabaseError as problem:
            log.warning("The worker could not take its leave: %s", type(problem).__name__)

    def doing(self, kind: type[OwedWork] | None) -> None:
        """What the next sign of life will say."""
        self._doing, self._since = str(kind._meta.verbose_name_plural) if kind else "", timezone.now()

    def _beat_on(self) -> None:
        while not self._over.wait(SECONDS_BETWEEN_BEATS):
            doing = self._doing
            try:
                Worker.objects.update_or_create(
                    name=self.name,
                    defaults={
                        "seen_at": timezone.now(), "doing": doing, "doing_since": self._since if doing else None
                    },
                    create_defaults={"host": socket.gethostname()[:80], "pid": os.getpid(), "doing": doing},
                )  # fmt: skip
            except DatabaseError as error:
                log.warning("The worker's sign of life was not heard: %s", type(error).__name__)
            finally:
                connections.close_all()


def lay_standing_work() -> None:
    """See to it that every duty without end has its row."""
    for kind in kinds_of_work():
        if issubclass(kind, StandingWork):
            kind.lay()


def work(stop: Stop, *, every: float) -> None:
    """Deliver what is due, round after round, until told to stop."""
    try:
        with Heartbeat() as heartbeat:
            lay_standing_work()
            pause = every
            while not stop.is_set():
                try:
                    close_old_connections()
                    delivered = deliver_everything_due(stopping=stop.is_set, telling=heartbeat.doing)
                    pause = 0.0 if delivered else every
                except DatabaseError as error:
                    pause = min(max(pause, 1.0) * 2, LONGEST_PAUSE)
                    log.warning("The database does not answer: %s", type(error).__name__)
                stop.wait(pause)
    except TimeIsUp:
        log.warning("What was being delivered took too long to finish, and is given back.")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
