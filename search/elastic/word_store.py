"""Where the vocabulary lies in the cluster: a side index with a few large documents, one that names what holds now,
and a small one for every change since.

`WordStore.current(deadline)` is what this process holds, brought up to date at most every few seconds.
"""

import contextlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from dataclasses import asdict, dataclass, replace
from typing import Any

from elasticsearch import BadRequestError, ConflictError

from search.breaker import EngineDown
from search.elastic.cluster import WRITING_SECONDS, Cluster, Deadline, named_failures
from search.elastic.naming import Names
from search.elastic.vocabulary import Change, CountedWords
from search.index_folder import IndexMissing

SECONDS_KEPT = 10.0
STATE = "state"
# From so many changes up they are put together with the whole.
MOST_CHANGES = 400
TRIES = 20
MAPPING = {
    "dynamic": False,
    "properties": {"packed": {"type": "binary"}},
}


@dataclass(frozen=True, slots=True)
class State:
    """Which whole holds, of how many parts, and how many changes came after it."""

    build: str
    parts: int
    changes: int

    def change_id(self, number: int) -> str:
        return f"{self.build}+{number}"

    def part_id(self, number: int) -> str:
        return f"{self.build}/{number}"

    @property
    def ids(self) -> list[str]:
        return [*map(self.part_id, range(self.parts)), *map(self.change_id, range(1, self.changes + 1))]


class WordStore:
    """The vocabulary of one cluster, kept by this process."""

    def __init__(self, cluster: Cluster, names: Names) -> None:
        self.cluster, self.names = cluster, names
        self._held: tuple[State, CountedWords] | None = None
        self._looked = 0.0
        self._lock = threading.Lock()
        self._loading: Future[CountedWords] | None = None

    def current(self, deadline: Deadline) -> CountedWords:
        """Today's words; raises `IndexMissing` or `EngineDown`. A whole new vocabulary is fetched behind the scenes."""
        held = self._held
        if held is not None and time.monotonic() - self._looked < SECONDS_KEPT:
            return held[1]
        state, _seen = self._state(deadline.left())
        if held is not None and state == held[0]:
            self._looked = time.monotonic()
            return held[1]
        try:
            return self._load(state).result(deadline.left() if held is None else 0.05)
        except TooLate:
            if held is None:
                raise EngineDown("The directory's words are still being fetched.") from None
            return held[1]

    def held(self) -> CountedWords | None:
        """What this process has, as of the last time it looked."""
        return self._held[1] if self._held else None

    def _load(self, state: State) -> "Future[CountedWords]":
        with self._lock:
            if self._loading is None or self._loading.done():
                loader = ThreadPoolExecutor(1, thread_name_prefix="vocabulary")
                self._loading = loader.submit(self._fetched, state)
                loader.shutdown(wait=False)
            return self._loading

    def _fetched(self, state: State) -> CountedWords:
        held = self._held
        if held is not None and held[0].build == state.build and held[0].changes <= state.changes:
            words, ids = held[1], [state.change_id(one) for one in range(held[0].changes + 1, state.changes + 1)]
        else:
            parts = [self._kept([state.part_id(one)])[0] for one in range(state.parts)]
            words, ids = CountedWords.of_parts(parts, 0), [state.change_id(one + 1) for one in range(state.changes)]
        for kept in self._kept(ids):
            words = words.changed(Change.unpacked(kept))
        with named_failures():
            listings = self.cluster.within(WRITING_SECONDS).count(index=self.names.read)["count"]
        words = words.changed(Change(), listings)
        self._hold(state, words)
        return words

    def _kept(self, ids: list[str]) -> list[dict[str, Any]]:
        if not ids:
            return []
        with named_failures():
            found = self.cluster.within(WRITING_SECONDS).mget(index=self.names.words, ids=ids)
        return [one["_source"] for one in found["docs"] if one.get("found")]

    def _hold(self, state: State, words: CountedWords) -> None:
        self._held = (state, words)
        self._looked = time.monotonic()

    def _state(self, seconds: float) -> tuple[State, dict[str, Any]]:
        with named_failures():
            found = self.cluster.within(seconds).get(index=self.names.words, id=STATE)
        source = found["_source"]
        seen = {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
        return State(source["build"], source["parts"], source["changes"]), seen

    def state(self) -> State | None:
        """Which vocabulary holds now; none before the first."""
        with contextlib.suppress(IndexMissing):
            return self._state(WRITING_SECONDS)[0]
        return None

    def replace(self, build: str, words: CountedWords, since: State | None) -> None:
        """Let a whole vocabulary hold, with the changes that came after the state seen when its making began."""
        self._make()
        parts = 0
        for part in words.parts():
            self._put(f"{build}/{parts}", part)
            parts += 1
        before = self._try_until_set(lambda state: self._moved(state, since, State(build, parts, 0)))
        self._held = None
        self._hold(*self._with_changes(words))
        if before is not None:
            self._drop(before)

    def note(self, change: Change) -> None:
        """Add a change to what holds."""
        if not change:
            return

        def added(state: State | None) -> State | None:
            if state is None:
                return None
            after = replace(state, changes=state.changes + 1)
            self._put(after.change_id(after.changes), change.packed())
            return after

        before = self._try_until_set(added)
        held = self._held
        if before is None:
            return
        if held is not None and held[0] == before:
            self._hold(replace(before, changes=before.changes + 1), held[1].changed(change))
        else:
            self._looked = 0.0
        if before.changes >= MOST_CHANGES:
            self.fold()

    def fold(self) -> None:
        """Put the whole and its changes together, so that a new process has little to fetch."""
        state = self.state()
        if state is not None:
            self.replace(f"{state.build}~", self._fetched(state), state)

    def _with_changes(self, words: CountedWords) -> tuple[State, CountedWords]:
        state, _seen = self._state(WRITING_SECONDS)
        for kept in self._kept([state.change_id(one + 1) for one in range(state.changes)]):
            words = words.changed(Change.unpacked(kept))
        return state, words

    def _moved(self, before: State | None, since: State | None, after: State) -> State:
        """Take over the changes made since then; the state that holds them."""
        if before is None or since is None or before.build != since.build:
            return after
        later = [before.change_id(one) for one in range(since.changes + 1, before.changes + 1)]
        kept = self._kept(later)
        for number, change in enumerate(kept, 1):
            self._put(after.change_id(number), change)
        return replace(after, changes=len(kept))

    def _try_until_set(self, change: Callable[[State | None], State | None]) -> State | None:
        """Replace the state by what `change` makes of it, though others do so too; the state before."""
        for _ in range(TRIES):
            before: State | None = None
            seen: dict[str, Any] = {"op_type": "create"}
            with contextlib.suppress(IndexMissing):
                before, seen = self._state(WRITING_SECONDS)
            after = change(before)
            if after is None:
                return before
            with contextlib.suppress(ConflictError), named_failures():
                client = self.cluster.within(WRITING_SECONDS)
                client.index(index=self.names.words, id=STATE, document=asdict(after), **seen)
                return before
        raise EngineDown("The directory's words change faster than they can be written.")

    def _put(self, id_: str, document: dict[str, Any]) -> None:
        with named_failures():
            self.cluster.within(WRITING_SECONDS).index(index=self.names.words, id=id_, document=document)

    def _make(self) -> None:
        client = self.cluster.within(WRITING_SECONDS)
        with named_failures(), contextlib.suppress(BadRequestError):
            # Refused when another made it first.
            if not client.indices.exists(index=self.names.words):
                kept = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}
                client.indices.create(index=self.names.words, settings=kept, mappings=MAPPING)

    def _drop(self, state: State) -> None:
        lines = [{"delete": {"_id": one}} for one in state.ids]
        if lines:
            with named_failures():
                self.cluster.within(WRITING_SECONDS).bulk(index=self.names.words, operations=lines)
