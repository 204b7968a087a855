"""A cluster with the embedded index kept beside it: `WithSpare(cluster, spare, breaker, …)`.

Both are written from the same owed rows, which stay owed until both have them. When the cluster is down, or slower than
it may be, the index beside it answers, and `Results.less_complete` says so; while the breaker is open nobody waits.
"""

import contextlib
import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from search.breaker import Breaker, EngineDown, LeftAlone, Refused
from search.documents import AssetDocument
from search.engine import Engine
from search.index_folder import IndexProblem
from search.knowledge import Vocabulary
from search.query import Question, Results
from search.suggestions import Suggestion, SuggestQuery

log = logging.getLogger(__name__)

Given = TypeVar("Given")


class WithSpare:
    """`healed` is called when the cluster answers again; `owe_rebuild` when it has no index that can answer.

    Without a spare, `find` and the others raise what the cluster raised.
    """

    def __init__(
        self,
        cluster: Engine,
        spare: Engine | None,
        breaker: Breaker,
        *,
        documents: Callable[[], Iterable[AssetDocument]],
        healed: Callable[[], None],
        owe_rebuild: Callable[[], None],
    ) -> None:
        self.cluster, self.spare, self.breaker = cluster, spare, breaker
        self.documents, self.healed, self.owe_rebuild = documents, healed, owe_rebuild
        self.name, self.keeps_vectors = cluster.name, cluster.keeps_vectors

    def find(self, question: Question) -> Results:
        try:
            return replace(self._asked(lambda: self.cluster.find(question)), engine=self.cluster.name)
        except (EngineDown, IndexProblem) as problem:
            spare = self._instead(problem)
        return replace(spare.find(question), less_complete=True, engine=spare.name)

    def suggest(self, query: SuggestQuery) -> list[Suggestion]:
        try:
            return self._asked(lambda: self.cluster.suggest(query))
        except (EngineDown, IndexProblem) as problem:
            return self._instead(problem).suggest(query)

    def vocabulary(self) -> Vocabulary | None:
        """The cluster's words; the spare's while the breaker is not closed, so that the one trial is left to `find`."""
        try:
            if self.spare is not None and self.breaker.state != "closed":
                raise LeftAlone
            return self._asked(self.cluster.vocabulary)
        except (EngineDown, IndexProblem) as problem:
            return self._instead(problem).vocabulary()

    def built_at(self) -> dt.datetime | None:
        return self._asked(self.cluster.built_at)

    def put(self, documents: Iterable[AssetDocument]) -> None:
        self.change(put=documents)

    def remove(self, ids: Iterable[int]) -> None:
        self.change(remove=ids)

    def change(self, *, put: Iterable[AssetDocument] = (), remove: Iterable[int] = ()) -> None:
        """Change both; raises what the cluster raised, when the spare has it."""
        documents, gone = list(put), list(remove)
        if self.spare is not None:
            try:
                self.spare.change(put=documents, remove=gone)
            except IndexProblem:
                self.spare.rebuild(self.documents())
        self._asked(lambda: self.cluster.change(put=documents, remove=gone))

    def rebuild(self, documents: Iterable[AssetDocument]) -> int:
        """Build both anew, the one beside it also when the cluster cannot be."""
        try:
            return self._asked(lambda: self.cluster.rebuild(documents))
        finally:
            if self.spare is not None:
                self.spare.rebuild(self.documents())

    @contextlib.contextmanager
    def writing(self, *, wait: bool) -> Iterator[None]:
        """Keep others from writing the spare; the cluster takes many writers at once.

        Who may not wait only looks whether somebody writes: what follows may be the build of a whole cluster's index.
        """
        with contextlib.ExitStack() as held:
            if self.spare is not None:
                lock = self.spare.writing(wait=wait)
                if wait:
                    held.enter_context(lock)
                else:
                    with lock:
                        pass
            held.enter_context(self.cluster.writing(wait=wait))
            yield

    def _asked(self, ask: Callable[[], Given]) -> Given:
        """What the cluster says, unless it is left alone for a while."""
        if not self.breaker.allows():
            raise LeftAlone
        try:
            given = ask()
        except Refused:
            self._answered()
            raise
        except EngineDown:
            self.breaker.failed()
            raise
        except Exception:
            # Whatever is wrong, it is not that nobody answers.
            self._answered()
            raise
        self._answered()
        return given

    def _answered(self) -> None:
        if self.breaker.succeeded():
            log.warning("The search cluster answers again.")
            self.healed()

    def _instead(self, problem: Exception) -> Engine:
        """Who answers now; raises the problem when nobody else can."""
        if isinstance(problem, IndexProblem):
            self.owe_rebuild()
        if self.spare is None:
            raise problem
        # Said once, when it begins; not by everybody who is answered meanwhile.
        if not isinstance(problem, LeftAlone):
            log.warning("The index beside the cluster answers: %s", problem)
        return self.spare
