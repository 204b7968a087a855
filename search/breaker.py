"""A circuit breaker: what failed is not waited for again until it has shown that it answers.

EngineDown       refused, too slow, or too busy; nothing is wrong with the question or the index
├── LeftAlone    it was so a moment ago, and is not asked now
└── Refused      some rows were not taken, the others were
"""

import threading
import time
from collections.abc import Callable, Iterable
from typing import Literal

State = Literal["closed", "open", "half-open"]


class EngineDown(Exception):
    """The engine does not answer now; asked later it may."""


class LeftAlone(EngineDown):
    """The engine is not asked, since it did not answer a moment ago."""

    def __init__(self) -> None:
        super().__init__("The search cluster is left alone for a while.")


class Refused(EngineDown):
    """Rows that the engine would not take now, by asset id; what else was to be written is."""

    def __init__(self, ids: Iterable[int], because: str) -> None:
        self.ids = frozenset(ids)
        super().__init__(f"Listings refused: {len(self.ids)} ({because}).")


class Breaker:
    """Closed while all is well; open after `failures` in a row, for `seconds`, then twice as long up to `longest`.

    When the time is over one caller may try (`allows` is true once), while the others still go elsewhere.
    """

    def __init__(
        self,
        failures: int = 1,
        seconds: float = 2.0,
        longest: float = 30.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.failures, self.seconds, self.longest = failures, seconds, longest
        self._clock = clock
        self._lock = threading.Lock()
        self._failed = 0
        self._until = 0.0
        self._wait = seconds
        self._trying_since: float | None = None

    @property
    def state(self) -> State:
        """As it would be for somebody who asked now."""
        if self._failed < self.failures:
            return "closed"
        return "open" if self._clock() < self._until else "half-open"

    def allows(self) -> bool:
        """Whether to ask the engine; in the half-open state one caller at a time."""
        with self._lock:
            state = self.state
            if state != "half-open":
                return state == "closed"
            # A caller that never came back must not keep the breaker open for ever.
            if self._trying_since is not None and self._clock() - self._trying_since < self.longest:
                return False
            self._trying_since = self._clock()
            return True

    def succeeded(self) -> bool:
        """The engine answered; true when the breaker was open until now."""
        with self._lock:
            was_open = self._failed >= self.failures
            self._failed, self._wait, self._trying_since = 0, self.seconds, None
            return was_open

    def failed(self) -> None:
        """The engine did not answer."""
        with self._lock:
            trying = self._trying_since is not None
            self._failed += 1
            if self._failed == self.failures or trying:
                self._wait = min(self._wait * 2, self.longest) if trying else self.seconds
                self._until = self._clock() + self._wait
            self._trying_since = None
