"""Has uploads looked at by a virus scanner: `clamd` of ClamAV, where the settings name one.

NotClean    the file holds something that the scanner knows; its message is a sentence for whoever sent it
NotScanned  the scanner could not be asked; nothing is taken unscanned
"""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CHUNK = 1 << 16
SECONDS = 20.0
log = logging.getLogger(__name__)


class NotClean(ValidationError):
    def __init__(self) -> None:
        super().__init__(_("The virus scanner found something in this file. It was not kept."))


class NotScanned(ValidationError):
    def __init__(self) -> None:
        super().__init__(_("The virus scanner does not answer just now, so the file was not kept. Try again later."))


def scan(file: BinaryIO) -> None:
    """Raise `NotClean` or `NotScanned`; the file is at its beginning again. Without a scanner nothing is asked."""
    if not settings.CLAMAV:
        return
    file.seek(0)
    try:
        said = _ask(file)
    except OSError as error:
        log.error("The virus scanner could not be asked: %s", type(error).__name__)
        raise NotScanned from error
    finally:
        file.seek(0)
    if said.endswith(b"FOUND"):
        log.warning("The virus scanner refused an upload.")
        raise NotClean
    if not said.endswith(b"OK"):
        log.error("The virus scanner could not read an upload.")
        raise NotScanned


def _ask(file: BinaryIO) -> bytes:
    with _connection() as line:
        line.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            line.sendall(len(chunk).to_bytes(4, "big") + chunk)
        line.sendall(bytes(4))
        with line.makefile("rb") as answer:
            return answer.read(1024).rstrip(b"\0\n ")


@contextmanager
def _connection() -> Iterator[socket.socket]:
    """`host:port`, or the path of a socket file."""
    host, colon, port = settings.CLAMAV.rpartition(":")
    if colon and port.isdecimal():
        with socket.create_connection((host.strip("[]"), int(port)), SECONDS) as line:
            yield line
        return
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(SECONDS)
        line.connect(settings.CLAMAV)
        yield line
