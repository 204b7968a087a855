"""Building the index of 100,000 listings twice while twenty searches a second go on, in another process.

`run()` gives the searches asked, those that failed or missed a listing that was there throughout, and the slowest.
"""

import multiprocessing
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.bench_search import river
from benchmarks.made_up_listings import listings, questions
from search.engines import ask
from search.query import AssetQuery
from search.tantivy.engine import TantivyEngine

LISTINGS = 100_000
A_SECOND = 20


def build_twice(folder: str) -> None:
    """What `build_index` does, but that the listings come from no database."""
    import django

    django.setup()
    engine = TantivyEngine(Path(folder), river)
    for _turn in range(2):
        engine.rebuild(listings(LISTINGS))


def run() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        engine = TantivyEngine(Path(folder), river)
        engine.rebuild(listings(LISTINGS))
        return measure(engine, folder)


def measure(engine: TantivyEngine, folder: str) -> list[dict[str, Any]]:
    asked = questions(400)
    whole = [ask(engine, query).total for query in asked]
    building = multiprocessing.get_context("spawn").Process(target=build_twice, args=(folder,))
    building.start()
    began = next_at = time.monotonic()
    times: list[float] = []
    wrong = 0
    while building.is_alive():
        place = len(times) % len(asked)
        started = time.perf_counter()
        try:
            right = ask(engine, asked[place]).total == whole[place]
            right = right and ask(engine, AssetQuery()).total == LISTINGS
        except Exception:
            right = False
        times.append((time.perf_counter() - started) * 1000)
        wrong += not right
        next_at = max(next_at + 1 / A_SECOND, time.monotonic())
        time.sleep(max(0.0, next_at - time.monotonic()))
    building.join()
    seconds = time.monotonic() - began
    size = f"{LISTINGS:,} listings built twice"
    rate = len(times) / seconds
    return [
        row(f"{size}, searches that failed or missed", "searches", wrong, "searches asked", len(times)),
        row(f"{size}, searches a second meanwhile", "a second", round(rate, 1), "wanted", A_SECOND),
        row(f"{size}, search p95 meanwhile", "ms", float(np.percentile(times, 95)), "the slowest", max(times)),
    ]


def row(name: str, unit: str, ours: float, alternative: str, value: float) -> dict[str, Any]:
    ratio = round(value / ours, 2) if ours else 0
    return {
        "name": name,
        "unit": unit,
        "ours": round(ours, 2),
        "alternative": alternative,
        "alternative_value": round(value, 2),
        "ratio": ratio,
    }
