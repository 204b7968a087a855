"""gunicorn's worker of threads, with two more manners: slow visitors hold no thread for long, and a request that cannot
be read is answered in words, with the headers of every other answer."""

import logging
import socket
import struct
import time
from contextlib import suppress
from typing import Any

from gunicorn import util
from gunicorn.http import errors
from gunicorn.workers.gthread import _DEFER, TConn, ThreadWorker

from config import refusals
from config.headers import ALWAYS, BARE_POLICY, PRIVATE

# Seconds for the lines before a body, and for all of a request; a line on which nothing comes holds no thread at all.
HEAD_SECONDS = 10.0
BODY_SECONDS = 60.0
FIRST_BYTE_SECONDS = 0.05
# How long a visitor may stop reading an answer.
SEND_SECONDS = 20
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
    }
    lines = [f"HTTP/1.1 {refusal.status} Refused", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode() + body


class Worker(ThreadWorker):
    def init_process(self) -> None:
        # Until when what is being read must have come, and whether its head is what is missing.
        self._until: dict[TConn, tuple[float, bool]] = {}
        self._late: set[TConn] = set()
        super().init_process()

    def handle(self, conn: TConn) -> Any:
        if not conn.initialized and not conn.wait_for_data(FIRST_BYTE_SECONDS):
            return _DEFER
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", SEND_SECONDS, 0))
        self._until[conn] = (time.monotonic() + HEAD_SECONDS, True)
        return super().handle(conn)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        self._until[conn] = (time.monotonic() + BODY_SECONDS, False)
        return super().handle_request(req, conn)

    def finish_request(self, conn: TConn, fs: Any) -> None:
        self._until.pop(conn, None)
        if conn in self._late:
            self._late.discard(conn)
            self._say(conn.sock, refusals.TOO_SLOW)
        super().finish_request(conn, fs)

    def notify(self) -> None:
        """Called about once a second: whoever waits too long for more of a request gets its end."""
        super().notify()
        for conn, (until, reading_head) in list(self._until.items()):
            if until < time.monotonic():
                self._until.pop(conn, None)
                if reading_head:
                    self._late.add(conn)
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        found = next((refusal for kind, refusal in BY_ERROR if isinstance(exc, kind)), None)
        if found is None:
            log.error("A request could not be answered.", exc_info=exc)
        self._say(client, found or refusals.FAILED)

    def _say(self, door: socket.socket, refusal: refusals.Refusal) -> None:
        log.info("refused", extra={"method": "unread", "route": "none", "status": refusal.status})
        with suppress(OSError):
            util.write_nonblock(door, answer(refusal))
