"""A small HTTP client that keeps its connections and costs little beside the server that it measures."""

import re
import socket
import threading
import time
from dataclasses import dataclass, field

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass
class Load:
    """What came of it: milliseconds of each answer, and the seconds that all of them took together."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)

    @property
    def a_second(self) -> float:
        return len(self.times) / self.seconds


class Line:
    """One connection that is kept open; opened again when the server closes it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.door: socket.socket | None = None

    def get(self, path: str) -> tuple[int, int]:
        """Status and bytes of one page."""
        for last in (False, True):
            try:
                return self._ask(path)
            except (ConnectionError, ValueError):
                self.close()
                if last:
                    raise
        raise AssertionError

    def close(self) -> None:
        if self.door is not None:
            self.door.close()
        self.door = None

    def _ask(self, path: str) -> tuple[int, int]:
        if self.door is None:
            self.door = socket.create_connection(("127.0.0.1", self.port), 60)
            self.door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.door.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n\r\n".encode())
        head = b""
        while b"\r\n\r\n" not in head:
            part = self.door.recv(262_144)
            if not part:
                raise ConnectionError("closed")
            head += part
        head, _, body = head.partition(b"\r\n\r\n")
        found = LENGTH.search(head)
        if found is None:
            raise ValueError("The answer does not say how long it is.")
        got = len(body)
        while got < int(found[1]):
            part = self.door.recv(262_144)
            if not part:
                raise ConnectionError("closed")
            got += len(part)
        if b"\r\nconnection: close" in head.lower():
            self.close()
        return int(head[9:12]), got


def load(port: int, paths: list[str], *, lines: int, seconds: float) -> Load:
    """Ask for these pages, over so many connections at once, until all are answered or the time is over."""
    result = Load()
    waiting = iter(paths)
    lock = threading.Lock()
    ends = time.perf_counter() + seconds

    def ask() -> None:
        line = Line(port)
        while time.perf_counter() < ends:
            with lock:
                path = next(waiting, None)
            if path is None:
                break
            began = time.perf_counter()
            status, _size = line.get(path)
            took = (time.perf_counter() - began) * 1000
            with lock:
                result.times.append(took)
                if status != 200:
                    result.wrong.append(f"{status} {path}")
        line.close()

    threads = [threading.Thread(target=ask) for _ in range(lines)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.seconds = time.perf_counter() - began
    return result
