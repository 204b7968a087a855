"""Closes lines so that what was said last is heard.

A line that is closed while more comes in is broken off, and whoever stands at its other end, a proxy among them, never
reads the answer. So what still comes is thrown away for a while."""

import queue
import selectors
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass

# Seconds, bytes and lines: more than a proxy takes for the largest file, and little enough to hold nobody up.
LONGEST = 5.0
MOST_BYTES = 64 * 1024 * 1024
MOST_LINES = 256
AT_ONCE = 65_536
LOOK_EVERY = 0.2


@dataclass(slots=True)
class Ending:
    """A line on which all was said."""

    until: float
    left: int = MOST_BYTES


class Closing(threading.Thread):
    """One thread for all lines of a process, so that no visitor who never hangs up holds another's."""

    def __init__(self) -> None:
        super().__init__(name="closing", daemon=True)
        self._given: queue.SimpleQueue[socket.socket] = queue.SimpleQueue()
        self._selector = selectors.DefaultSelector()
        self._ending: dict[socket.socket, Ending] = {}

    def close(self, door: socket.socket) -> None:
        """Say that no more is said, and close when nothing more comes."""
        try:
            door.setblocking(False)
            door.shutdown(socket.SHUT_WR)
        except OSError:
            door.close()
        else:
            self._given.put(door)

    def run(self) -> None:
        while True:
            self._take()
            for key, _events in self._selector.select(LOOK_EVERY):
                self._hear(key.fileobj)  # type: ignore[arg-type]  # only sockets are registered
            now = time.monotonic()
            for door in [door for door, ending in self._ending.items() if ending.until < now]:
                self._end(door)

    def _take(self) -> None:
        """What was given; with nothing else to do, it waits for that."""
        with suppress(queue.Empty):
            while True:
                door = self._given.get(block=not self._ending)
                if len(self._ending) >= MOST_LINES:
                    door.close()
                    continue
                self._ending[door] = Ending(time.monotonic() + LONGEST)
                self._selector.register(door, selectors.EVENT_READ)

    def _hear(self, door: socket.socket) -> None:
        try:
            heard = len(door.recv(AT_ONCE))
        except BlockingIOError:
            return
        except OSError:
            heard = 0
        self._ending[door].left -= heard
        if not heard or self._ending[door].left < 0:
            self._end(door)

    def _end(self, door: socket.socket) -> None:
        self._selector.unregister(door)
        del self._ending[door]
        door.close()
