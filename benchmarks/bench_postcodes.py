"""Looking up a postcode in the mapped gazetteer, against an indexed SQLite table and a dictionary of the same rows.

`run()` gives rows of {name, unit, ours, alternative, alternative_value, ratio}. A ratio above one: ours is better.
The dictionary answers quicker, and that is said: what it costs is memory in every process and seconds at each start.
"""

import gc
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from assets_map.gazetteer import Gazetteer
from assets_map.gazetteer_build import build_gazetteer
from assets_map.postcode_products import read_wheel
from assets_map.postcodes import Postcode

ASKED = 20_000
ROUNDS = 5
MEGABYTE = 1_000_000
Row = tuple[str, float, float, str, str, int]


def row(name: str, unit: str, ours: float, alternative: str, value: float) -> dict[str, Any]:
    return {
        "name": name, "unit": unit, "ours": round(ours, 3), "alternative": alternative,
        "alternative_value": round(value, 3), "ratio": round(value / ours, 2),
    }  # fmt: skip


def microseconds(ask: Callable[[str], Any], asked: list[str]) -> float:
    """The best of a few rounds, so that a busy machine's other work counts least."""
    rounds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for text in asked:
            ask(text)
        rounds.append((time.perf_counter() - began) / len(asked) * 1e6)
    return min(rounds)


def own_megabytes() -> float:
    """Memory of this process that no other can share: pages of a mapped file are not among it."""
    with Path("/proc/self/smaps_rollup").open() as file:
        kilobytes = sum(int(line.split()[1]) for line in file if line.startswith(("Private_Dirty", "Swap:")))
    return kilobytes * 1024 / MEGABYTE


def rows_of(known: Gazetteer) -> Iterator[Row]:
    for at, postcode in enumerate(known.all_postcodes()):
        entry = known.entry(at)
        yield postcode, *entry.point, entry.district, entry.ward, entry.closed


def as_table(known: Gazetteer, path: Path) -> sqlite3.Connection:
    """The same rows in an indexed table, as a Django model would hold them."""
    table = sqlite3.connect(path)
    table.execute(
        "CREATE TABLE postcode (id INTEGER PRIMARY KEY, postcode TEXT, lat REAL, lon REAL, district TEXT, ward TEXT, "
        "closed INTEGER)"
    )
    table.executemany(
        "INSERT INTO postcode (postcode, lat, lon, district, ward, closed) VALUES (?,?,?,?,?,?)", rows_of(known)
    )
    table.execute("CREATE UNIQUE INDEX postcode_once ON postcode (postcode)")
    table.commit()
    return table


def asked_of(known: Gazetteer) -> list[str]:
    chosen = random.Random(20261124)
    return [str(known.postcode(chosen.randrange(len(known)))).lower() for _ in range(ASKED)]


def run() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="hereabouts-bench-") as folder:
        path = Path(folder) / "gazetteer.bin"
        began = time.perf_counter()
        build_gazetteer(path, read_wheel())
        built = time.perf_counter() - began
        gc.collect()
        before = own_megabytes()
        known = Gazetteer(path)
        asked = asked_of(known)
        ours = microseconds(lambda text: known.find(Postcode.parse(text)), asked)
        found_only = [Postcode.parse(text) for text in asked]
        find_only = microseconds(known.find, found_only)  # type: ignore[arg-type]  # any list will do
        held = own_megabytes() - before
        return [
            *against_table(known, Path(folder), asked, ours=ours, find_only=find_only, built=built),
            *against_dict(known, asked, ours, held),
        ]


def against_table(
    known: Gazetteer, folder: Path, asked: list[str], *, ours: float, find_only: float, built: float
) -> list[dict[str, Any]]:
    path = folder / "postcodes.sqlite3"
    began = time.perf_counter()
    table = as_table(known, path)
    table_built = time.perf_counter() - began
    select = "SELECT lat, lon, district, ward, closed FROM postcode WHERE postcode = ?"
    theirs = microseconds(lambda text: table.execute(select, (str(Postcode.parse(text)),)).fetchone(), asked)
    keys = [str(Postcode.parse(text)) for text in asked]
    theirs_only = microseconds(lambda key: table.execute(select, (key,)).fetchone(), keys)
    size = os.path.getsize(path)
    table.close()
    return [
        row("postcode look-up, as typed", "µs", ours, "an indexed SQLite table", theirs),
        row("postcode look-up, parsed", "µs", find_only, "an indexed SQLite table", theirs_only),
        row(f"gazetteer build, {len(known):,} postcodes", "s", built, "filling the SQLite table from it", table_built),
        row("gazetteer on disk", "MB", known.about["bytes"] / MEGABYTE, "the SQLite file", size / MEGABYTE),
    ]


def against_dict(known: Gazetteer, asked: list[str], ours: float, held: float) -> list[dict[str, Any]]:
    gc.collect()
    before = own_megabytes()
    rows = {postcode: facts for postcode, *facts in rows_of(known)}
    theirs_held = own_megabytes() - before
    theirs = microseconds(lambda text: rows.get(str(Postcode.parse(text))), asked)
    return [
        row("postcode look-up, as typed, against memory", "µs", ours, "a Python dict", theirs),
        row("memory of each process for postcodes", "MB", max(held, 0.1), "a Python dict", theirs_held),
    ]
