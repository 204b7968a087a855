"""Which engine answers: `find(query) -> Results` for everybody, `engine()` for those who write.

When the engine cannot answer, the database does (`search.plain`), `Results.less_complete` says so,
and a rebuild is owed.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

import numpy as np
from django.conf import settings
from django.core.signals import setting_changed

from assets_map.barriers import crossed_many
from assets_map.distance import Point
from search.breaker import Breaker, EngineDown, LeftAlone
from search.documents import asset_documents
from search.engine import Engine
from search.index_folder import IndexProblem
from search.query import AssetQuery, Results
from search.reading import read
from search.spare import WithSpare
from search.suggestions import Suggestion, SuggestQuery

# How long a barrier just drawn may go unnoticed.
SECONDS_KEPT = 10
FEW_POINTS = 500

log = logging.getLogger(__name__)


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
    """This process's engine: the cluster's when there is an address of one, otherwise the embedded one."""
    from search.tantivy.engine import TantivyEngine

    embedded = TantivyEngine(settings.DATA_DIR / "index", crossed)
    if not settings.ELASTICSEARCH_URL:
        return embedded
    from search.elastic.choosing import cluster_engine
    from search.writing import deliver_soon, owe_rebuild

    return WithSpare(
        cluster_engine(crossed),
        embedded if settings.KEEP_EMBEDDED else None,
        Breaker(),
        documents=asset_documents,
        healed=deliver_soon,
        owe_rebuild=owe_rebuild,
    )


def ask(engine: Engine, query: AssetQuery) -> Results:
    """Read the text of a query and put it to an engine; raises `IndexProblem`."""
    question = read(query, engine.vocabulary())
    found = engine.find(question)
    place = question.query.place if query.place is None else None
    return replace(found, place=place, engine=found.engine or engine.name)


def find(query: AssetQuery) -> Results:
    """Answer a question; never raises for want of an index."""
    from search.plain import DatabaseEngine

    try:
        return ask(engine(), query)
    except EngineDown as problem:
        # Nothing is wrong with the index, so that no new one is owed.
        if not isinstance(problem, LeftAlone):
            log.warning("The database answers instead of the cluster: %s", problem)
        return ask(DatabaseEngine(crossed), query)
    except IndexProblem as problem:
        log.warning("The database answers instead of the index: %s", problem)
    except Exception:
        # Damaged facts can fail anywhere. Whoever asks is answered; whoever reads the log sees where it failed.
        log.exception("The database answers instead of the index, which failed.")
    from search.writing import owe_rebuild

    owe_rebuild()
    return ask(DatabaseEngine(crossed), query)


def suggest(query: SuggestQuery) -> list[Suggestion]:
    """What to offer while somebody types; never raises for want of an index."""
    try:
        return engine().suggest(query)
    except (EngineDown, IndexProblem) as problem:
        log.warning("The database suggests instead of the index: %s", problem)
    except Exception:
        log.exception("The database suggests instead of the index, which failed.")
    from search.plain import DatabaseEngine

    return DatabaseEngine(crossed).suggest(query)


def _forget(*, setting: str, **_options: object) -> None:
    if setting in {"DATA_DIR", "KEEP_EMBEDDED"} or setting.startswith("ELASTICSEARCH"):
        engine.cache_clear()


setting_changed.connect(_forget)
