"""How quickly the directory answers: text, place, filters and counts together, against SQLite FTS5 on the same rows.

`run()` gives rows of {name, unit, ours, alternative, alternative_value, ratio}. A ratio above one: ours is quicker.
"""

import gc
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from assets_map.barriers import Drawn, barriers_crossed, own
from assets_map.distance import Point
from benchmarks import fts5
from benchmarks.made_up_listings import listings, questions
from search.documents import AssetDocument
from search.engines import ask
from search.query import AssetQuery, Question
from search.tantivy.engine import TantivyEngine

SIZES = (10_000, 100_000)
# Asked of the embedded index alone, and in how many milliseconds it is to answer.
LARGEST, LARGEST_AIM = 1_000_000, 30.0
ASKED = 400
ASKED_FTS5 = 100
RIVER = shapely.LineString([(0.15 + bend / 100, 51.455 + np.sin(bend) / 100) for bend in range(60)])
DRAWN = (Drawn("River", RIVER),)


def river(here: tuple[float, float], lats: np.ndarray, lons: np.ndarray) -> list[str | None]:
    """A river of sixty bends through Thurrock, crossed or not by the straight line to each point."""
    return barriers_crossed(Point(*here), own(DRAWN), lats, lons)


def row(name: str, unit: str, ours: float, alternative: str, value: float) -> dict[str, Any]:
    return {
        "name": name,
        "unit": unit,
        "ours": round(ours, 3),
        "alternative": alternative,
        "alternative_value": round(value, 3),
        "ratio": round(value / ours, 1),
    }


def timed(ask: Any, asked: list[AssetQuery]) -> list[float]:
    """Milliseconds that each question took; none is asked twice."""
    times = []
    for query in asked:
        began = time.perf_counter()
        ask(query)
        times.append((time.perf_counter() - began) * 1000)
    return times


def settle() -> None:
    """As every web process does: what is there by now is not looked through again for what can be thrown away."""
    gc.collect()
    gc.freeze()


def measure(folder: Path, count: int) -> list[dict[str, Any]]:
    """All figures of one size."""
    documents: list[AssetDocument] = list(listings(count))
    engine = TantivyEngine(folder / "index", river)
    began = time.perf_counter()
    engine.rebuild(documents)
    built = time.perf_counter() - began
    began = time.perf_counter()
    engine.put(documents[:1])
    put = time.perf_counter() - began
    began = time.perf_counter()
    database = fts5.build(folder / "fts5.db", documents)
    built_fts5 = time.perf_counter() - began
    del documents
    settle()
    asked = questions(ASKED)
    engine.find(Question(AssetQuery()))
    find = partial(ask, engine)
    ours = timed(find, asked)
    theirs = timed(lambda query: fts5.find(database, query), asked[:ASKED_FTS5])
    database.close()
    browse = timed(find, [AssetQuery(place=query.place, filters=query.filters) for query in asked])
    size = f"{count:,} listings"
    found = [
        row(f"search p{p}, {size}", "ms", float(np.percentile(ours, p)), "SQLite FTS5", float(np.percentile(theirs, p)))
        for p in (50, 95)
    ]
    found += [
        row(
            f"search p95 without words, {size}",
            "ms",
            float(np.percentile(browse, 95)),
            "with words",
            float(np.percentile(ours, 95)),
        ),
        row(f"index build, {size}", "s", built, "SQLite FTS5", built_fts5),
        row(f"one listing put, {size}", "s", put, "index build", built),
    ]
    return found


def at_most(folder: Path, count: int, aim: float) -> list[dict[str, Any]]:
    """The embedded index alone, at a size for which a table takes an hour; held against what is wanted of it."""
    engine = TantivyEngine(folder / "index", river)
    began = time.perf_counter()
    engine.rebuild(listings(count))
    built = time.perf_counter() - began
    engine.find(Question(AssetQuery()))
    settle()
    return asked_of(engine, count, aim) + [row(f"index build, {count:,} listings", "s", built, "none", 0.0)]


def asked_of(engine: TantivyEngine, count: int, aim: float) -> list[dict[str, Any]]:
    ours = timed(partial(ask, engine), questions(ASKED))
    size = f"{count:,} listings"
    return [row(f"search p{p}, {size}", "ms", float(np.percentile(ours, p)), "wanted", aim) for p in (50, 95)]


def run() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        found = at_most(Path(folder), LARGEST, LARGEST_AIM)
    for count in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            found += measure(Path(folder), count)
    return found


if __name__ == "__main__":
    import django

    django.setup()
    for one in run():
        print(one)
