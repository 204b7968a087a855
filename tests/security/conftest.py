"""A real site as production runs it: gunicorn and the worker by `hereabouts serve`, asked byte by byte."""

import contextlib
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from tests.config.installations import drop, migrated_installation
from tests.config.test_commands import ROOT, descendants, free_port, until

HOST = "directory.example.org"
# What a proxy in front writes.
PROXIED = f"Host: {HOST}\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: 192.0.2.1\r\n"


@dataclass(frozen=True)
class Answer:
    status: int
    head: str
    body: bytes

    def header(self, name):
        found = re.search(rf"^{name}: (.*?)\r?$", self.head, re.MULTILINE | re.IGNORECASE)
        return found[1] if found else None


@dataclass
class Site:
    port: int
    data: Path
    log: Path
    process: subprocess.Popen

    def open(self):
        return socket.create_connection(("127.0.0.1", self.port), 60)

    def send(self, raw):
        """The first answer to bytes as they are; nothing when the line was closed without one."""
        with self.open() as door:
            with contextlib.suppress(OSError):
                door.sendall(raw)
            return read_answer(door)

    def ask(self, method, path, headers="", body=b""):
        """A request as it comes through a proxy."""
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        return self.send(
            f"{method} {path} HTTP/1.1\r\n{PROXIED}Connection: close\r\n{headers}{length}\r\n".encode() + body
        )

    def said(self):
        return self.log.read_text()


def read_answer(door):
    got = b""
    with contextlib.suppress(OSError):
        while part := door.recv(65_536):
            got += part
            head, found, body = got.partition(b"\r\n\r\n")
            length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
            if found and length and len(body) >= int(length[1]):
                break
    head, _found, body = got.partition(b"\r\n\r\n")
    return Answer(int(head[9:12]), head.decode("latin1"), body) if head else None


@contextlib.contextmanager
def served(data, environment):
    """The site in this folder, already migrated; its log is in `said.txt` beside it."""
    port, said = free_port(), data.parent / f"{data.name}.said.txt"
    with said.open("w") as out:
        serve = [sys.executable, "site/manage.py", "serve", "--port", str(port), "--workers", "1"]
        process = subprocess.Popen(serve, env=environment, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
    site = Site(port, data, said, process)
    try:
        until(lambda: process.poll() is not None or answers(site), "the site")
        yield site
    finally:
        below = descendants(process.pid)
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(30)
        for pid in (process.pid, *below):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="session")
def site(tmp_path_factory, django_db_setup, django_db_blocker):
    """Without listings."""
    with django_db_blocker.unblock():
        drop("production")
        installed = migrated_installation(tmp_path_factory.mktemp("production") / "site", "production")
    try:
        with served(installed.folder, in_production(installed)) as site:
            yield site
    finally:
        with django_db_blocker.unblock():
            drop("production")


def in_production(installed, **more):
    """The environment of one that production's settings serve."""
    return (
        installed.environment(
            DJANGO_SETTINGS_MODULE="config.settings.production",
            SECRET_KEY=secrets.token_urlsafe(50),
            ALLOWED_HOSTS=HOST,
            PUBLIC_URL=f"https://{HOST}",
            HEREABOUTS_PERSON_KEYS=Fernet.generate_key().decode(),
        )
        | more
    )


def answers(site):
    with contextlib.suppress(OSError):
        return site.ask("GET", "/privacy/")
    return None
