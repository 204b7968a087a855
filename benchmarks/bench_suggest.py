"""How quickly suggestions come, at each letter typed, against SQLite looking up the beginnings of words in an index.

The alternative takes the first eight names in the alphabet that are shown at the place: no topics, words or places, and
in no order of use.
"""

import gc
import json
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.bench_search import river, row
from benchmarks.fts5 import NEAR_DEGREES
from benchmarks.made_up_listings import DENSE, STREETS, listings, questions
from search.documents import AssetDocument
from search.phrases import starts_of
from search.place_starts import read_elsewhere
from search.query import AssetQuery
from search.suggestions import SuggestQuery
from search.tantivy.engine import TantivyEngine
from search.understand import whole_of

SIZES = (10_000, 100_000)
ASKED = 150
TABLES = """
PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;
CREATE TABLE asset(id INTEGER PRIMARY KEY, label TEXT, lat REAL, lon REAL, remote INTEGER, covers INTEGER);
CREATE TABLE start(text TEXT, asset INTEGER);
CREATE TABLE coverage(asset INTEGER, area TEXT);
"""
INDEXES = """
CREATE INDEX start_text ON start(text, asset);
CREATE INDEX coverage_asset ON coverage(asset, area);
ANALYZE;
"""
BEGINNING = """SELECT DISTINCT label FROM start JOIN asset ON id = start.asset WHERE text >= ? AND text < ?
AND (NOT covers OR EXISTS (SELECT 1 FROM coverage WHERE asset = id AND area IN (SELECT value FROM json_each(?))))
AND (remote OR covers OR (lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?
AND (lat - ?) * (lat - ?) * 3.7e8 + (lon - ?) * (lon - ?) * 1.45e8 < 700000)) LIMIT 8"""


def build_table(path: Path, documents: list[AssetDocument]) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    database.executescript(TABLES)
    for one in documents:
        lat, lon = (one.venues[0].lat, one.venues[0].lon) if one.venues else (None, None)
        remote = any(reach != "at-venue" for reach in one.facets["reach"])
        given = (one.asset_id, one.name, lat, lon, remote, bool(one.coverage))
        database.execute("INSERT INTO asset VALUES (?,?,?,?,?,?)", given)
        folded = whole_of(one.name)
        database.executemany(
            "INSERT INTO start VALUES (?,?)", [(folded[at:], one.asset_id) for at in starts_of(folded)]
        )
        database.executemany("INSERT INTO coverage VALUES (?,?)", [(one.asset_id, code) for code, _ in one.coverage])
    database.executescript(INDEXES)
    return database


def beginning(database: sqlite3.Connection, typed: AssetQuery) -> list[Any]:
    lat, lon = typed.place.point
    tall, wide = NEAR_DEGREES
    start = whole_of(typed.text)
    areas = json.dumps(sorted(typed.place.area_codes))
    box = (lat - tall, lat + tall, lon - wide, lon + wide, lat, lat, lon, lon)
    return database.execute(BEGINNING, (start, start + "\uffff", areas, *box)).fetchall()


def letter_by_letter() -> list[AssetQuery]:
    """What is typed of each question, from the second letter to the last."""
    return [
        AssetQuery(text=one.text[:typed], place=one.place)
        for one in questions(ASKED)
        for typed in range(2, len(one.text) + 1)
    ]


def timed(ask: Callable[[AssetQuery], Any], asked: list[AssetQuery]) -> list[float]:
    times = []
    for query in asked:
        began = time.perf_counter()
        ask(query)
        times.append((time.perf_counter() - began) * 1000)
    return times


def lay_places() -> None:
    """A database with forty-five places of our own and the thesaurus, so that texts are read as in life."""
    from django.core.management import call_command

    from assets_map.models import NamedPlace

    call_command("migrate", verbosity=0)
    call_command("load_thesaurus", verbosity=0)
    names = [name for street in STREETS for name in (f"{street} Green", f"Upper {street}", f"{street}ham")]
    for at, name in enumerate(names):
        lat, lon = DENSE[0] + at / 1_000, DENSE[1]
        NamedPlace.objects.create(name=name, kind="town", latitude=lat, longitude=lon, council_code="E06000034")


def measure(folder: Path, count: int) -> list[dict[str, Any]]:
    documents = list(listings(count))
    engine = TantivyEngine(folder / "index", river)
    engine.rebuild(documents)
    database = build_table(folder / "starts.db", documents)
    del documents
    gc.collect()

    def suggested(query: AssetQuery) -> Any:
        return engine.suggest(SuggestQuery(query.text, query.place, elsewhere=read_elsewhere(query.text)))

    asked = letter_by_letter()
    first = timed(suggested, asked[:1])[0]
    ours = timed(suggested, asked)
    theirs = timed(lambda query: beginning(database, query), asked)
    database.close()
    size = f"{count:,} listings"
    table = "an indexed SQLite table, names alone"
    kept = sum(path.stat().st_size for path in (folder / "index").rglob("phrases-*")) / 1e6
    facts = sum(path.stat().st_size for path in (folder / "index").rglob("facts-*")) / 1e6
    return [
        *(
            row(
                f"suggestions p{p}, {size}", "ms", float(np.percentile(ours, p)), table, float(np.percentile(theirs, p))
            )
            for p in (50, 95)
        ),
        row(
            f"first suggestion of a process, {size}", "ms", first, "those after it, p95", float(np.percentile(ours, 95))
        ),
        row(f"names kept for suggestions, {size}", "MB", kept, "the facts of the index", facts),
    ]


def run(sizes: tuple[int, ...] = SIZES) -> list[dict[str, Any]]:
    lay_places()
    found = []
    for count in sizes:
        with tempfile.TemporaryDirectory() as folder:
            found += measure(Path(folder), count)
    return found
