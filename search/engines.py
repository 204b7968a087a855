"""Which engine answers: `find(query) -> Results` for everybody, `engine()` for those who write.

When the engine cannot answer, the database does (`search.plain`), `Results.less_complete` says so,
and a rebuild is owed.
"""

import logging
import time
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cache, lru_cache
from typing import Protocol

import numpy as np
from django.conf import settings
from django.core.signals import setting_changed

from assets_map.barriers import crossed_many
from assets_map.distance import Point
from search.documents import AssetDocument
from search.index_folder import IndexProblem
from search.knowledge import Vocabulary
from search.query import AssetQuery, Question, Results
from search.reading import read
from search.suggestions import Suggestion, SuggestQuery

# How long a barrier just drawn may go unnoticed.
SECONDS_KEPT = 10
FEW_POINTS = 500

log = logging.getLogger(__name__)


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


def crossed(here: tuple[float, float], lats: np.ndarray, lons: np.ndarray) -> Sequence[str | None]:
    """The barrier on the way to each of these points, by name; kept a while, for the next page and the next filter.

    A few are sooner asked again than kept, and would push out what took long.
    """
    if len(lats) < FEW_POINTS:
        return tuple(crossed_many(Point(*here), lats, lons))
    return _crossed(here, lats.tobytes(), lons.tobytes(), int(time.monotonic() / SECONDS_KEPT))


@lru_cache(maxsize=64)
def _crossed(here: tuple[float, float], lats: bytes, lons: bytes, _until: int) -> tuple[str | None, ...]:
    return tuple(crossed_many(Point(*here), np.frombuffer(lats), np.frombuffer(lons)))


@cache
def engine() -> Engine:
    """This process's engine."""
    from search.tantivy import TantivyEngine

    return TantivyEngine(settings.DATA_DIR / "index", crossed)


def ask(engine: Engine, query: AssetQuery) -> Results:
    """Read the text of a query and put it to an engine; raises `IndexProblem`."""
    question = read(query, engine.vocabulary())
    found = engine.find(question)
    place = question.query.place if query.place is None else None
    return replace(found, place=place, engine=engine.name)


def find(query: AssetQuery) -> Results:
    """Answer a question; never raises for want of an index."""
    try:
        return ask(engine(), query)
    except IndexProblem as problem:
        log.warning("The database answers instead of the index: %s", problem)
    except Exception:
        # Damaged facts can fail anywhere. Whoever asks is answered; whoever reads the log sees where it failed.
        log.exception("The database answers instead of the index, which failed.")
    from search.plain import DatabaseEngine
    from search.writing import owe_rebuild

    owe_rebuild()
    return ask(DatabaseEngine(crossed), query)


def suggest(query: SuggestQuery) -> list[Suggestion]:
    """What to offer while somebody types; never raises for want of an index."""
    try:
        return engine().suggest(query)
    except IndexProblem as problem:
        log.warning("The database suggests instead of the index: %s", problem)
    except Exception:
        log.exception("The database suggests instead of the index, which failed.")
    from search.plain import DatabaseEngine

    return DatabaseEngine(crossed).suggest(query)


def _forget(*, setting: str, **_options: object) -> None:
    if setting == "DATA_DIR":
        engine.cache_clear()


setting_changed.connect(_forget)
