"""Which request is being answered, or which one owed the work that is being done: for logs, and for rows of work."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LONGEST = 200

_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The id of the request at hand; empty outside any."""
    return _current.get()


@contextmanager
def using(request_id: str) -> Iterator[None]:
    """What happens within belongs to this request."""
    token = _current.set(request_id[:LONGEST])
    try:
        yield
    finally:
        _current.reset(token)
