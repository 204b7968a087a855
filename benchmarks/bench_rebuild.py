"""Building the index of 100,000 listings twice while twenty searches a second go on, in another process.

The embedded index, and a cluster's where ELASTICSEARCH_URL names one. `run()` gives the searches asked, those that
failed or missed a listing that was there throughout, and the slowest.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.bench_search import RIVER, river
from benchmarks.made_up_listings import listings, questions
from benchmarks.relevance import ROOT
from search.engine import Engine
from search.engines import ask
from search.query import AssetQuery
from search.tantivy.engine import TantivyEngine

LISTINGS = 100_000
A_SECOND = 20
ASKING_AT_ONCE = 8
URL = "ELASTICSEARCH_URL"


def engine_called(name: str, folder: str) -> Engine:
    if name == "embedded":
        return TantivyEngine(Path(folder), river)
    from search.elastic.building import Sizes
    from search.elastic.cluster import Address, Cluster
    from search.elastic.engine import ElasticEngine
    from search.elastic.naming import Names

    cluster = Cluster(Address(tuple(os.environ[URL].split(",")), seconds=10))
    return ElasticEngine(cluster, Names("bench-rebuilt"), river, lambda: [RIVER], sizes=Sizes(replicas=0))


def build_twice(name: str, folder: str) -> None:
    """What `build_index` does, but that the listings come from no database."""
    engine = engine_called(name, folder)
    for _turn in range(2):
        engine.rebuild(listings(LISTINGS))


def building(name: str, folder: str) -> subprocess.Popen[bytes]:
    """The same in a process of its own."""
    told = f"from benchmarks.bench_rebuild import build_twice; build_twice({name!r}, {folder!r})"
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}"}
    return subprocess.Popen([sys.executable, "-c", f"import django; django.setup(); {told}"], env=environment)


def run() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name in ("embedded", *(["Elasticsearch"] if os.environ.get(URL) else [])):
        with tempfile.TemporaryDirectory() as folder:
            engine_called(name, folder).rebuild(listings(LISTINGS))
            found += measure(name, folder)
    return found


def measure(name: str, folder: str) -> list[dict[str, Any]]:
    engine = engine_called(name, folder)
    asked = questions(400)
    whole = [ask(engine, query).total for query in asked]

    def asks(number: int) -> tuple[bool, float]:
        """Whether the answer was right, and the milliseconds it took."""
        place = number % len(asked)
        # Every other one asks for everything.
        query, total = (asked[place], whole[place]) if place % 2 else (AssetQuery(), LISTINGS)
        started = time.perf_counter()
        try:
            right = ask(engine, query).total == total
        except Exception as problem:
            print(f"  {name}: {problem}")
            right = False
        return right, (time.perf_counter() - started) * 1000

    builder = building(name, folder)
    began = next_at = time.monotonic()
    waiting: list[Future[tuple[bool, float]]] = []
    # A slow answer keeps nobody else from asking.
    with ThreadPoolExecutor(ASKING_AT_ONCE) as people:
        while builder.poll() is None:
            waiting.append(people.submit(asks, len(waiting)))
            next_at = max(next_at + 1 / A_SECOND, time.monotonic())
            time.sleep(max(0.0, next_at - time.monotonic()))
    if builder.returncode:
        raise RuntimeError(f"The build of {name} failed.")
    rate = len(waiting) / (time.monotonic() - began)
    answers = [one.result() for one in waiting]
    times = [took for _right, took in answers]
    wrong = sum(not right for right, _took in answers)
    size = f"{name}, {LISTINGS:,} listings built twice"
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
