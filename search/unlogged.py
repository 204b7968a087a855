"""Which words are in hand while somebody's own words are read: `config.redacting` keeps them out of every log line."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

SHORTEST = 3
WORD = re.compile(r"[^\W_]+")

_words: ContextVar[frozenset[str]] = ContextVar("words_in_hand", default=frozenset())


@contextmanager
def in_hand(text: str) -> Iterator[None]:
    """Until left, log lines hold no word of this text; after an error, until the next request: whoever catches it
    logs it."""
    token = _words.set(words(text))
    yield
    _words.reset(token)


def held() -> frozenset[str]:
    """The words in hand."""
    return _words.get()


def let_go(**_signal: Any) -> None:
    """Begin a request with nothing in hand."""
    _words.set(frozenset())


def words(text: str) -> frozenset[str]:
    return frozenset(word for word in WORD.findall(text.casefold()) if len(word) >= SHORTEST)
