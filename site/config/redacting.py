"""Keeps people out of logs: every log record of the process is made by `quiet_record`, whatever handler it goes to.

- Texts that other people's packages put into a line are left out; numbers stay.
- Of our own lines, a text that holds a word which the request at hand sent – in its address, form, files or cookies –
  is left out.
- Postcodes, phone numbers, e-mail addresses and tokens are left out wherever they stand.
- Errors are logged by type and place: their messages often quote what they could not read.
"""

import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from urllib.parse import unquote_plus

from django.http import HttpRequest

from outbox import request_id
from search.full_postcode import FULL_POSTCODE
from search.unlogged import WORD, held, words

LEFT_OUT = "…"
# Names of loggers, by their first part, whose lines were written with this rule in mind.
OURS = frozenset(
    {
        "accounts",
        "assets_map",
        "config",
        "directory",
        "hereabouts",
        "importers",
        "outbox",
        "referrals",
        "search",
        "website",
    }
)
# What could begin another line, or tell a terminal to do something.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
PERSONAL = (
    re.compile(r"[^\s@,;:<>()\[\]\"]+@[^\s@,;:<>()\[\]'\"]+"),
    FULL_POSTCODE,
    re.compile(r"(?<![\w.])[+(]*\d(?:[ ().-]*\d){9,}(?!\w)"),
    # A token: long, of letters and digits.
    re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9_-]{20,}"),
)

_request: ContextVar[HttpRequest | None] = ContextVar("request_at_hand", default=None)


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    """Until left, what this request sent is kept out of the log."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def quiet_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    """A log record that holds nobody's words; Python's factory of records is replaced by this one."""
    record = logging.LogRecord(*args, **kwargs)
    sent = held() | sent_words(_request.get())
    record.msg, record.args = without_people(_message(record, sent), sent), None
    # Django names the address alone.
    if record.name == "django.request":
        record.msg = "A request could not be answered."
    if record.exc_info:
        record.exc_text = places_only(record.exc_info)
    record.request_id = request_id.current()
    return record


def _message(record: logging.LogRecord, sent: frozenset[str]) -> str:
    ours = record.name.partition(".")[0] in OURS
    args: Any = record.args
    if isinstance(args, dict):
        args = {name: _told(value, ours, sent) for name, value in args.items()}
    elif args:
        args = tuple(_told(value, ours, sent) for value in args)
    try:
        return str(record.msg) % args if args else str(record.msg)
    except (TypeError, ValueError, KeyError):
        return str(record.msg)


def _told(value: Any, ours: bool, sent: frozenset[str]) -> Any:
    if value is None or isinstance(value, int | float):
        return value
    text = str(value)
    return LEFT_OUT if not ours or words(text) & sent else text


def without_people(text: str, sent: frozenset[str] = frozenset()) -> str:
    """A text without what looks like somebody's, and without the words that were sent."""
    for pattern in PERSONAL:
        text = pattern.sub(LEFT_OUT, text)
    text = UNPRINTABLE.sub(" ", text)
    return WORD.sub(lambda word: LEFT_OUT if word[0].casefold() in sent else word[0], text) if sent else text


def sent_words(request: HttpRequest | None) -> frozenset[str]:
    """Words of what a request sent; of its body only what was read already."""
    if request is None:
        return frozenset()
    meta = request.META
    texts = [meta.get("QUERY_STRING", ""), meta.get("HTTP_COOKIE", ""), meta.get("HTTP_REFERER", "")]
    match = request.resolver_match
    texts += [str(value) for value in (*match.args, *match.kwargs.values())] if match else [request.path_info]
    kept = vars(request)
    texts.append(bytes(kept.get("_body", b"")).decode(errors="replace"))
    for form in (kept.get("_post"), kept.get("_files")):
        for name, values in form.lists() if form is not None else ():
            texts += [name, *(getattr(value, "name", value) or "" for value in values)]
    return words(" ".join(f"{text} {unquote_plus(text)}" for text in texts))


def places_only(exc_info: Any) -> str:
    """A traceback that says where, and the types of what was raised, and quotes nothing."""
    error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    told: list[str] = []
    while isinstance(error, BaseException):
        kind = type(error)
        lines = traceback.format_list(traceback.extract_tb(error.__traceback__))
        told.append(f"Traceback (most recent call last):\n{''.join(lines)}{kind.__module__}.{kind.__qualname__}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\nBecause of:\n".join(told)
