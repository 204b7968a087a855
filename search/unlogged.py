"""Keeps what people type out of logs: `Formatter` for Django's, and what `config.serving` uses for gunicorn's.

While somebody's own words are in hand, an argument of a log line that holds one of them is left out, and an error is
logged by its type and place alone: messages of errors often quote what they could not read.
"""

import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import TracebackType
from typing import Any

LEFT_OUT = "…"
SHORTEST = 3
WORD = re.compile(r"[^\W_]+")
# From the question mark of an address to the end of what could be one: a line of a log may hold spaces that a careless
# client did not encode.
QUERY = re.compile(r"\?[^\n]*")

_words: ContextVar[frozenset[str]] = ContextVar("words_in_hand", default=frozenset())


@contextmanager
def in_hand(text: str) -> Iterator[None]:
    """Until left, log lines hold no word of this text; after an error, until the next request: whoever catches it
    logs it."""
    token = _words.set(words(text))
    yield
    _words.reset(token)


def let_go(**_signal: Any) -> None:
    """Begin a request with nothing in hand."""
    _words.set(frozenset())


def words(text: str) -> frozenset[str]:
    return frozenset(word for word in WORD.findall(text.casefold()) if len(word) >= SHORTEST)


def without_query(text: str) -> str:
    """A text with what stands behind a question mark left out of each line."""
    return QUERY.sub(f"?{LEFT_OUT}", text)


class Formatter(logging.Formatter):
    """Writes log lines without what somebody typed."""

    def format(self, record: logging.LogRecord) -> str:
        quiet = logging.makeLogRecord(record.__dict__)
        if record.name == "django.server" and isinstance(record.args, tuple):
            quiet.args = tuple(without_query(one) if isinstance(one, str) else one for one in record.args)
        if _words.get():
            quiet.args = hushed(quiet.args)
            quiet.exc_text = places_only(record.exc_info)
        return super().format(quiet)


def hushed(args: Any) -> Any:
    """The arguments of a log line, those that hold a typed word left out."""
    if isinstance(args, dict):
        return {name: hush(value) for name, value in args.items()}
    return tuple(hush(value) for value in args) if isinstance(args, tuple) else args


def hush(value: Any) -> Any:
    if isinstance(value, int | float):
        return value
    return LEFT_OUT if words(str(value)) & _words.get() else value


def places_only(exc_info: Any) -> str | None:
    """A traceback that says where, and the type of what was raised, and quotes nothing."""
    if not exc_info or exc_info[0] is None:
        return None
    kind: type[BaseException] = exc_info[0]
    where: TracebackType | None = exc_info[2]
    lines = traceback.format_list(traceback.extract_tb(where))
    return (
        "Traceback (most recent call last):\n" + "".join(lines) + f"{kind.__module__}.{kind.__qualname__}: {LEFT_OUT}"
    )
