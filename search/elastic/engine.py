"""The engine for a cluster of machines: `ElasticEngine(cluster, names, crossed, lines)`.

`find` raises `EngineDown` when the cluster does not answer in time, and `IndexProblem` when it cannot; whoever asks
through `search.engines` is then answered by the index kept beside it, or by the database.
"""

import contextlib
import datetime as dt
import threading
import time
from collections.abc import Iterable, Iterator

from search.around import Crossed
from search.documents import AssetDocument
from search.elastic.building import Sizes, behind, build
from search.elastic.changing import Changing
from search.elastic.cluster import Cluster, Deadline
from search.elastic.conditions import Lines
from search.elastic.finding import Context, Finding
from search.elastic.naming import Names
from search.elastic.suggesting import HeldByCluster
from search.elastic.word_store import WordStore
from search.elastic.writing import Since, reading_time
from search.index_folder import IndexMissing
from search.knowledge import Vocabulary
from search.query import Question, Results
from search.suggesting import suggest
from search.suggestions import Suggestion, SuggestQuery

# Seconds before a question is put again to an index that was gone.
PAUSES = (0.0, 0.05)


class Begun(threading.local):
    """The time of an answer that this thread has begun with its words."""

    deadline: Deadline | None = None

    def left_over(self) -> Deadline | None:
        """What is left of it, once."""
        begun, self.deadline = self.deadline, None
        return begun if begun is not None and not begun.is_over else None


class ElasticEngine:
    """Answers from a cluster; `crossed` says which points lie across a barrier, `lines` where the barriers are."""

    name = "elasticsearch"
    keeps_vectors = True

    def __init__(
        self, cluster: Cluster, names: Names, crossed: Crossed, lines: Lines, *, sizes: Sizes | None = None
    ) -> None:
        self.cluster, self.names = cluster, names
        self.context = Context(cluster, names, crossed, lines)
        self.sizes = sizes or Sizes()
        self.words = WordStore(cluster, names)
        self._since = Since()
        self._begun = Begun()

    def find(self, question: Question) -> Results:
        """A page of results, within the time that an answer may take."""
        deadline = self._begun.left_over() or self._deadline()
        asked = Finding(question, self.context, self.words.held(), deadline)
        for pause in PAUSES:
            # The alias may have moved to a new index, and the old one gone, while this was being answered; where much
            # else is done on the machine, more than once.
            with contextlib.suppress(IndexMissing):
                return asked.results()
            time.sleep(pause)
        return asked.results()

    def suggest(self, query: SuggestQuery) -> list[Suggestion]:
        """What to offer while somebody types."""
        deadline = self._deadline()
        held = HeldByCluster(query, self.context, self.words.current(deadline), deadline)
        return suggest(held, query, self.context.crossed)

    def vocabulary(self) -> Vocabulary:
        """The directory's words and names. The time for the answer to which they lead begins now."""
        self._begun.deadline = self._deadline()
        return self.words.current(self._begun.deadline)

    def _deadline(self) -> Deadline:
        return Deadline(self.cluster.address.seconds)

    def built_at(self) -> dt.datetime | None:
        """When the index that is read was made, by its name; raises `EngineDown`."""
        indexes = behind(self.cluster.within(self.cluster.address.seconds), self.names.read)
        return self.names.built_at(max(indexes)) if indexes else None

    def put(self, documents: Iterable[AssetDocument]) -> None:
        self.change(put=documents)

    def remove(self, ids: Iterable[int]) -> None:
        self.change(remove=ids)

    def change(self, *, put: Iterable[AssetDocument] = (), remove: Iterable[int] = ()) -> None:
        """Put some and remove others in every index that is read or being built; raises `Refused` with what was not."""
        since = self._since.time or reading_time()
        Changing(self.cluster, self.names, put, remove).make(self.words, since=since)

    def rebuild(self, documents: Iterable[AssetDocument]) -> int:
        """Build an index beside the one that is read, then change over; the number of listings."""
        return build(self.cluster, self.names, self.words, documents, self.sizes)

    @contextlib.contextmanager
    def writing(self, *, wait: bool) -> Iterator[None]:
        """Remember when reading began. Writers need not wait for each other: what was read last holds."""
        before, self._since.time = self._since.time, self._since.time or reading_time()
        try:
            yield
        finally:
            self._since.time = before
