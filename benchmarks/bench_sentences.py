"""What it costs to answer sentences by meaning: the model, one question's vector, nearness, and a whole question.

`run()` gives rows of {name, unit, ours, alternative, alternative_value, ratio}. A ratio above one: ours is better.
Vectors of the crowd are made up; the model, the questions and the engine are the real ones.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from django.test import override_settings

from benchmarks.bench_search import river, row
from benchmarks.made_up_listings import listings, questions
from benchmarks.relevance import ROOT
from search import meaning, vectors
from search.engines import ask
from search.query import AssetQuery
from search.tantivy.engine import TantivyEngine
from search.vectors import Store

SIZES = (10_000, 100_000)
ASKED = 300
LISTINGS = 10_000
LOADING = """
import json, sys, time
import django; django.setup()
import numpy
from search import meaning
if sys.argv[1] == "plain":
    meaning._give_memory_back = lambda: None
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6
before, began = resident(), time.perf_counter()
meaning.model().embed_one("Is it there?")
print(json.dumps([time.perf_counter() - began, resident() - before]))
"""
SENTENCES = (
    "I'm lonely since my husband died",
    "mum keeps forgetting things and I cannot leave her alone",
    "somewhere warm to go on a winter afternoon",
    "my son is autistic and has nobody to play with",
    "I need a lift to the hospital next week",
    "dad fell again and is afraid of the stairs",
    "we cannot pay the gas bill this month",
    "who can cut my toe nails at home",
    "I would like to learn to use my tablet",
    "nobody speaks my language at the group I go to",
)


def loading(how: str) -> tuple[float, float]:
    """Seconds until the first vector, and megabytes more than before, in a process of its own; the middle of three."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-c", LOADING, how]
    found = []
    for _ in range(3):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        found.append(json.loads(done.stdout.splitlines()[-1]))
    seconds, megabytes = (sorted(one)[1] for one in zip(*found, strict=True))
    return seconds, megabytes


def times(do: Callable[[int], object], count: int = ASKED) -> np.ndarray:
    """Milliseconds of each call; the first ten do not count."""
    found = []
    for number in range(count + 10):
        began = time.perf_counter()
        do(number)
        found.append((time.perf_counter() - began) * 1000)
    return np.array(found[10:])


def p95(measured: np.ndarray) -> float:
    return float(np.percentile(measured, 95))


def the_model() -> list[dict[str, Any]]:
    seconds, megabytes = loading("ours")
    plain_seconds, plain_megabytes = loading("plain")
    model = meaning.model()
    if model is None:
        raise RuntimeError(meaning.why_not())
    texts = [f"{SENTENCES[number % len(SENTENCES)]} {number}" for number in range(ASKED + 10)]
    one = times(lambda number: model.embed([texts[number]], meaning.QUERY_TOKENS))
    listing = "A group that meets in the hall on Tuesdays for tea, a chat and help with letters and forms. " * 7
    long = times(lambda number: model.embed([f"{number} {listing}"]), 40)
    as_it_comes = "as onnxruntime leaves it"
    return [
        row("sentence model, load and first vector", "s", seconds, as_it_comes, plain_seconds),
        row("sentence model, memory", "MB", megabytes, as_it_comes, plain_megabytes),
        row("vector of a question p95", "ms", p95(one), "vector of a listing", p95(long)),
    ]


def nearness(folder: Path, count: int) -> list[dict[str, Any]]:
    keys, made = crowd(count)
    store = Store(folder / f"{count}")
    store.add(keys, made)
    held = store.held()
    rows = held.rows(keys)
    some = np.sort(np.random.default_rng(2).permutation(rows)[: count // 10])
    asked = crowd(ASKED + 10, seed=3)[1]
    size = f"{count:,} listings"
    floats = p95(times(lambda number: made @ asked[number]))
    some_floats = p95(times(lambda number: made[some] @ asked[number]))
    ours = p95(times(lambda number: held.similar(asked[number], rows)))
    ours_some = p95(times(lambda number: held.similar(asked[number], some)))
    return [
        row(f"nearness p95, {size}", "ms", ours, "numpy, four times the bytes", floats),
        row(f"nearness p95, a tenth of {size}", "ms", ours_some, "numpy, four times the bytes", some_floats),
    ]


def crowd(count: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Keys, and made-up vectors of length 1."""
    chance = np.random.default_rng(seed)
    made = chance.standard_normal((count, meaning.NUMBERS), dtype=np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return chance.integers(0, 2**64, count, dtype=np.uint64), made


def whole_questions(folder: Path) -> list[dict[str, Any]]:
    """A sentence at a place, with filters and counts: understood, found, fused and counted."""
    engine = TantivyEngine(folder / "index", river)
    documents = list(listings(LISTINGS))
    engine.rebuild(documents)
    keys = np.array([vectors.key(vectors.listing_text(one)) for one in documents], np.uint64)
    vectors.store().add(keys, crowd(LISTINGS)[1])
    asked = [
        AssetQuery(text=f"{SENTENCES[number % len(SENTENCES)]} {number}", place=one.place, filters=one.filters)
        for number, one in enumerate(questions(ASKED + 10))
    ]
    find = partial(ask, engine)
    found = times(lambda number: find(asked[number]))
    with override_settings(SENTENCES=False):
        by_words = times(lambda number: find(asked[number]))
    name = f"whole sentence, {LISTINGS:,} listings"
    return [
        row(f"{name}, p{p}", "ms", float(np.percentile(found, p)), "words alone", float(np.percentile(by_words, p)))
        for p in (50, 95)
    ]


def run() -> list[dict[str, Any]]:
    rows = the_model()
    with tempfile.TemporaryDirectory() as folder:
        for count in SIZES:
            rows += nearness(Path(folder), count)
        with override_settings(DATA_DIR=Path(folder)):
            rows += whole_questions(Path(folder))
    return rows
