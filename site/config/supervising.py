"""Runs commands side by side, keeps them alive, and leaves none behind."""

import ctypes
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

log = logging.getLogger(__name__)

GRACE = 15.0
SHORTEST_LIFE = 5.0
LONGEST_PAUSE = 30.0
PR_SET_PDEATHSIG = 1


def _die_with_parent() -> Callable[[], None] | None:
    """On Linux, a child is told to stop when this process dies, even by SIGKILL."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    return ask


@dataclass
class Child:
    """A command that should be running. One that must not fail ends everything when it does."""

    name: str
    command: Sequence[str]
    restarts: bool
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = 0.5
    due: float = 0.0

    def start(self) -> None:
        # A group of its own: Ctrl+C in a terminal reaches the supervisor alone, which then stops each in turn.
        self.process = subprocess.Popen(  # noqa: S603  # our own command line, no shell
            self.command,
            start_new_session=True,
            preexec_fn=_die_with_parent(),  # noqa: PLW1509  # this process has one thread
        )
        self.started = time.monotonic()

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def put_off(self) -> None:
        """Starts again soon; each quick death doubles the wait, up to half a minute."""
        quick = time.monotonic() - self.started < SHORTEST_LIFE
        self.pause = min(self.pause * 2, LONGEST_PAUSE) if quick else 0.5
        self.due = time.monotonic() + self.pause


@dataclass
class Supervisor:
    """Keeps children running until told to stop, then stops them and waits."""

    children: list[Child]
    stopping: bool = False
    every: float = 0.2

    def run(self) -> int:
        """0 when told to stop; the exit code of a child that must not fail when one did."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told_to_stop)
        code = 0
        try:
            for child in self.children:
                child.start()
            while not self.stopping and not code:
                time.sleep(self.every)
                code = self._look_after()
        finally:
            self._stop_all()
        return code

    def _told_to_stop(self, *_signal: object) -> None:
        self.stopping = True

    def _look_after(self) -> int:
        for child in self.children:
            if child.running or self.stopping:
                continue
            if child.process is not None:
                ended = child.process.returncode
                if not child.restarts:
                    return ended or 1
                log.warning("The %s ended (%s); it is started again.", child.name, ended)
                child.process = None
                child.put_off()
            elif time.monotonic() >= child.due:
                child.start()
        return 0

    def _stop_all(self) -> None:
        alive = [child.process for child in self.children if child.process is not None and child.running]
        for process in alive:
            process.terminate()
        last = time.monotonic() + GRACE
        for process in alive:
            try:
                process.wait(max(0.1, last - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
