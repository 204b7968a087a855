"""What every engine does: the Protocol `Engine`."""

import datetime as dt
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Protocol

from search.documents import AssetDocument
from search.knowledge import Vocabulary
from search.query import Question, Results
from search.suggestions import Suggestion, SuggestQuery


class Engine(Protocol):
    """What answers a question. `find`, `suggest` and `vocabulary` raise `IndexProblem` when they cannot."""

    name: str
    # Whether its documents hold vectors, so that they are written again when vectors arrive.
    keeps_vectors: bool

    def find(self, question: Question) -> Results: ...

    def suggest(self, query: SuggestQuery) -> list[Suggestion]:
        """What to offer for what is half typed; asking for any of it finds at least one listing."""

    def vocabulary(self) -> Vocabulary | None:
        """The directory's words and names; none: it corrects nothing."""

    def put(self, documents: Iterable[AssetDocument]) -> None: ...

    def remove(self, ids: Iterable[int]) -> None: ...

    def change(self, *, put: Iterable[AssetDocument] = (), remove: Iterable[int] = ()) -> None:
        """Put and remove in one step that readers see at once."""

    def rebuild(self, documents: Iterable[AssetDocument]) -> int:
        """Hold these and nothing else; the number held."""

    def writing(self, *, wait: bool) -> AbstractContextManager[None]:
        """Keep other writers out, in every process; without waiting it raises `WriterBusy`."""

    def built_at(self) -> dt.datetime | None:
        """When its index was last built whole; none: it has none."""
