"""The same job by SQLite FTS5: words, the union rule by bounding box and coverage, filters, and counts by SQL."""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from search.documents import AssetDocument
from search.facets import FACETS
from search.query import AssetQuery
from search.understand import understand

TABLES = """
CREATE VIRTUAL TABLE words USING fts5(name, tags, summary, place, description, content='', tokenize='porter unicode61');
CREATE TABLE asset(id INTEGER PRIMARY KEY, lat REAL, lon REAL, remote INTEGER, covers INTEGER);
CREATE TABLE code(asset INTEGER, facet TEXT, code TEXT);
CREATE TABLE coverage(asset INTEGER, area TEXT);
"""
INDEXES = """
CREATE INDEX asset_point ON asset(lat, lon);
CREATE INDEX code_asset ON code(asset, facet, code);
CREATE INDEX coverage_asset ON coverage(asset, area);
ANALYZE;
"""
NEAR_DEGREES = (0.0435, 0.07)


def build(path: Path, documents: Iterable[AssetDocument]) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    database.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA temp_store=MEMORY; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-200000;"
        + TABLES
    )
    for one in documents:
        texts = (one.asset_id, one.name, one.tags, one.summary, one.where, one.description)
        database.execute(
            "INSERT INTO words(rowid, name, tags, summary, place, description) VALUES (?,?,?,?,?,?)", texts
        )
        lat, lon = (one.venues[0].lat, one.venues[0].lon) if one.venues else (None, None)
        remote = any(reach != "at-venue" for reach in one.facets["reach"])
        database.execute("INSERT INTO asset VALUES (?,?,?,?,?)", (one.asset_id, lat, lon, remote, bool(one.coverage)))
        codes = [(one.asset_id, facet, code) for facet, codes in one.facets.items() for code in codes]
        database.executemany("INSERT INTO code VALUES (?,?,?)", codes)
        database.executemany(
            "INSERT INTO coverage VALUES (?,?)", [(one.asset_id, code) for code, _name in one.coverage]
        )
    database.executescript(INDEXES)
    database.commit()
    return database


def find(database: sqlite3.Connection, query: AssetQuery) -> tuple[int, list[int], dict[str, dict[str, int]]]:
    """Total, first page and counts of one question."""
    terms = " ".join(f'"{word}"' for word in understand(query.text).words)
    place = query.place
    lat, lon = place.point
    tall, wide = NEAR_DEGREES
    areas = json.dumps(sorted(place.area_codes))
    database.execute("DROP TABLE IF EXISTS temp.shown")
    database.execute(
        """CREATE TEMP TABLE shown AS SELECT id, score, lat, lon FROM
        (SELECT rowid AS match, bm25(words, 3, 2, 1.5, 1, .7) AS score FROM words WHERE words MATCH ?)
        JOIN asset ON id = match WHERE (NOT covers
        OR EXISTS (SELECT 1 FROM coverage WHERE asset = id AND area IN (SELECT value FROM json_each(?))))
        AND (remote OR covers OR (lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?
        AND (lat - ?) * (lat - ?) * 3.7e8 + (lon - ?) * (lon - ?) * 1.45e8 < 700000))""",
        (terms, areas, lat - tall, lat + tall, lon - wide, lon + wide, lat, lat, lon, lon),
    )
    every = "".join(_passes(facet, codes) for facet, codes in query.filters.items())
    total = database.execute(f"SELECT count(*) FROM shown WHERE 1 {every}").fetchone()[0]
    page = [row[0] for row in database.execute(f"SELECT id FROM shown WHERE 1 {every} ORDER BY score LIMIT 20")]
    counts = {}
    for facet in FACETS:
        others = "".join(_passes(other, codes) for other, codes in query.filters.items() if other != facet)
        joined = "shown CROSS JOIN code ON asset = id AND facet = ?"
        by_code = f"SELECT code, count(*) FROM {joined} WHERE 1 {others} GROUP BY code"
        counts[facet] = dict(database.execute(by_code, (facet,)).fetchall())
    return total, page, counts


def _passes(facet: str, codes: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{code}'" for code in codes)
    return f" AND EXISTS (SELECT 1 FROM code WHERE asset = id AND facet = '{facet}' AND code IN ({listed}))"
