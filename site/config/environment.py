"""Turns values of the environment into the shapes that Django wants."""

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured


def database(url: str, data_dir: Path) -> dict[str, Any]:
    """The database of `DATABASE_URL`, or an SQLite file that many readers and one writer can share."""
    if not url:
        url = f"sqlite:///{data_dir / 'db.sqlite3'}"
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"DATABASE_URL is not an address of a database: {error}") from error
    if parsed["ENGINE"].endswith("sqlite3"):
        parsed["OPTIONS"] = {
            # IMMEDIATE: two writers wait for each other instead of failing half-way with "database is locked".
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # Four megabytes: every thread of every process has a connection of its own, and the machine keeps the rest.
            # secure_delete: what is removed is written over, in the file too.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-4000; PRAGMA secure_delete=ON;"
            ),
        }
    elif not parsed["ENGINE"].endswith("postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must name an SQLite file or a PostgreSQL database.")
    return parsed


def log_format(text: str) -> str:
    """How logs are written: `json` for programs, `plain` for somebody at a terminal."""
    if text not in {"json", "plain"}:
        raise ImproperlyConfigured(f"HEREABOUTS_LOG is json or plain, not {text}.")
    return text


# Requests of each kind that one address may send in a minute, all at once if need be.
USUAL_LIMITS = {"pages": 3000, "searches": 900, "suggestions": 3000, "sheets": 120, "answers": 240, "sign-ins": 60}


def rate_limits(text: str) -> dict[str, int]:
    """The usual limits with those given changed: `searches=1800,sheets=0`; 0 is no limit."""
    found = dict(USUAL_LIMITS)
    for part in filter(None, text.replace(" ", "").split(",")):
        kind, _equals, number = part.partition("=")
        if kind not in found or not number.isdecimal():
            raise ImproperlyConfigured(
                f"HEREABOUTS_RATE_LIMITS: {part} is not a limit. Give KIND=NUMBER, and kinds of {', '.join(found)}."
            )
        found[kind] = int(number)
    return found


def web_address(name: str, text: str) -> str:
    """An address of another site that a page may lead to."""
    parts = urlsplit(text)
    if parts.scheme != "https" or not parts.hostname or '"' in text:
        raise ImproperlyConfigured(f"{name}: give the address of a page, beginning with https://.")
    return text


def whole_numbers(name: str, text: str, *, count: int | None = None) -> tuple[int, ...]:
    """Numbers with commas between, each larger than the one before; `count` of them, when it is given."""
    parts = text.replace(" ", "").split(",")
    found = tuple(int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 4)
    if len(found) != len(parts) or list(found) != sorted(set(found)) or 0 in found or count not in {None, len(found)}:
        asked = f"{count} whole numbers" if count else "whole numbers"
        raise ImproperlyConfigured(f"{name}: give {asked}, each larger than the one before, with commas between.")
    return found


def shared_media(bucket: str, *, url: str, region: str, key: tuple[str, str]) -> dict[str, Any]:
    """Where uploads are kept: the data folder, or a bucket when one is named."""
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    given = {
        "bucket_name": bucket,
        "endpoint_url": url,
        "region_name": region,
        "access_key": key[0],
        "secret_key": key[1],
    }
    return {
        "BACKEND": "config.shared_media.SharedMedia",
        "OPTIONS": {name: value for name, value in given.items() if value},
    }


def tile_origins(url: str) -> list[str]:
    """The origin that map tiles come from, for the content security policy: none, or one."""
    parts = urlsplit(url)
    if not parts.hostname:
        return []
    host = parts.netloc.replace("{s}", "*")
    return [f"{parts.scheme}://{host}"]


def own_secret(data_dir: Path) -> str:
    """A secret made once for this machine and kept in its data folder, readable by its owner only."""
    kept = data_dir / "secret_key"
    try:
        return kept.read_text().strip()
    except FileNotFoundError:
        data_dir.mkdir(parents=True, exist_ok=True)
        draft = data_dir / f"secret_key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(draft, kept)
        draft.unlink()
        return kept.read_text().strip()
