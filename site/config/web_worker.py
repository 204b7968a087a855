"""gunicorn's worker of threads, with two more manners: a thread begins on a request when it has arrived, so that slow
visitors hold none; and a request that cannot be read is answered in words, with the headers of every other answer."""

import logging
import re
import socket
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from gunicorn import util
from gunicorn.http import errors
from gunicorn.workers.gthread import _DEFER, TConn, ThreadWorker

from config import refusals
from config.closing import Closing
from config.headers import ALWAYS, BARE_POLICY, PRIVATE, https_promise
from config.limits import MOST_SENT

# Seconds in which a request must arrive, and in which a long body, such as a picture, must.
ARRIVAL_SECONDS = 30.0
LONG_BODY_SECONDS = 60.0
# How long a visitor may stop reading an answer.
SEND_SECONDS = 20
# More than gunicorn takes of the lines before a body.
LONGEST_HEAD = 65_536
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,9})[ \t]*\r\n", re.IGNORECASE)
BY_ERROR: tuple[tuple[type[Exception], refusals.Refusal], ...] = (
    (errors.LimitRequestLine, refusals.ADDRESS_TOO_LONG),
    (errors.LimitRequestHeaders, refusals.HEADERS_TOO_LARGE),
    (errors.InvalidRequestMethod, refusals.METHOD),
    (errors.ParseException, refusals.UNREADABLE),
)
log = logging.getLogger("hereabouts.requests")


def answer(refusal: refusals.Refusal) -> bytes:
    """A whole answer, made without a request."""
    body = refusals.page(refusal).encode()
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(body)),
        "Connection": "close",
        "Cache-Control": PRIVATE,
        "Content-Security-Policy": BARE_POLICY,
        **ALWAYS,
        **https_promise(),
    }
    lines = [f"HTTP/1.1 {refusal.status} Refused", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode() + body


@dataclass(slots=True)
class Arriving:
    """A request of which more is to come: until when, and how many bytes of it there are when a thread looks again."""

    until: float
    wanted: int = 0


def missing(door: socket.socket) -> int:
    """How many bytes must have come before a thread begins on a request; 0: it is there, or too long to wait for."""
    try:
        head = door.recv(LONGEST_HEAD, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return 1
    end = head.find(b"\r\n\r\n") + 4
    if end < 4:
        return len(head) + 1 if 0 < len(head) < LONGEST_HEAD else 0
    told = LENGTH.search(head[:end])
    whole = end + int(told[1]) if told else end
    if whole - end > MOST_SENT or len(head) >= whole:
        return 0
    return whole if len(door.recv(whole, socket.MSG_PEEK | socket.MSG_DONTWAIT)) < whole else 0


class Worker(ThreadWorker):
    def init_process(self) -> None:
        self._arriving: dict[TConn, Arriving] = {}
        # Until when a thread may wait for more of a body.
        self._reading: dict[TConn, float] = {}
        self._closing = Closing()
        self._closing.start()
        super().init_process()

    def handle(self, conn: TConn) -> Any:
        arriving = self._arriving.setdefault(conn, Arriving(time.monotonic() + ARRIVAL_SECONDS))
        read_ahead = conn.initialized and conn.parser.unreader.buf.getvalue()
        wanted = 0 if read_ahead else missing(conn.sock)
        if wanted > arriving.wanted:
            arriving.wanted = wanted
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, wanted)
            return _DEFER
        self._arriving.pop(conn, None)
        # Woken with no more than before: no more will come, and half a form is none.
        if wanted:
            self._say(conn.sock, refusals.UNREADABLE)
            return False
        self._reading[conn] = time.monotonic() + LONG_BODY_SECONDS
        conn.data_ready = True
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", SEND_SECONDS, 0))
        return super().handle(conn)

    def finish_request(self, conn: TConn, fs: Any) -> None:
        self._reading.pop(conn, None)
        if fs.cancelled() or fs.exception() or fs.result():
            super().finish_request(conn, fs)
        else:
            # gunicorn's own way waits here, while everybody else does too.
            self.nr_conns -= 1
            self._closing.close(conn.sock)

    def murder_pending(self) -> None:
        """Called about once a second: whoever has not sent a whole request in time is told so."""
        now = time.monotonic()
        for conn in [one for one in self.pending_conns if self._arriving[one].until < now]:
            self.pending_conns.remove(conn)
            self.poller.unregister(conn.sock)
            self.nr_conns -= 1
            if self._arriving.pop(conn).wanted > 1:
                self._say(conn.sock, refusals.TOO_SLOW)
            conn.close()

    def notify(self) -> None:
        """Called about once a second: a thread that waits too long for more of a body gets its end."""
        super().notify()
        for conn, until in list(self._reading.items()):
            if until < time.monotonic():
                self._reading.pop(conn, None)
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        found = next((refusal for kind, refusal in BY_ERROR if isinstance(exc, kind)), None)
        if found is None:
            log.error("A request could not be answered.", exc_info=exc)
        self._say(client, found or refusals.FAILED)

    def _say(self, door: socket.socket, refusal: refusals.Refusal) -> None:
        log.info(
            "refused", extra={"method": "unread", "route": "none", "status": refusal.status, "refused": refusal.code}
        )
        with suppress(OSError):
            util.write_nonblock(door, answer(refusal))
