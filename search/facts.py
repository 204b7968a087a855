"""Everything search knows of listings but their words, by column: `Facts`, one row a listing.

`Facts.read(path)`, `facts_of(documents, before, without)`, `.write(path)`. Arrays of `.rows` length unless said:
`ids` asset ids · `base_row` the row when all was last written, -1 for what was put since ·
`reach` bits of `REACH_BITS` · `sets[facet]` and `covers` numbers into `tables[facet]` and `areas` ·
`checked` proleptic day numbers, 0 never · `taking` a weight from 0 to 1 · `name_hash`, `provider_hash` ·
`name_key` sorts by name · `text_key` finds the vector of its text.
Points, one for each shown venue, sorted by latitude: `point_row`, `point_lat`, `point_lon` (degrees), `point_venue`.
Slots, one for each time that something is open in the coming week, sorted by their first minute: `slot_row`,
`slot_start`, `slot_end`. `made_on` is the day of which the oldest dates are.
"""

import hashlib
import json
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from directory.choices import Reach, TakingNew
from search import vectors
from search.columns import Arrays, read_columns, write_columns
from search.documents import AssetDocument
from search.facets import STORED
from search.sets import SetNumbers, SetTable, TablesTogether
from search.understand import whole_of, words_of

REACH_BITS: dict[str, int] = {Reach.AT_VENUE: 1, Reach.COMES_TO_YOU: 2, Reach.ONLINE: 4, Reach.BY_PHONE: 8}
TAKING_WEIGHT: dict[str, float] = {
    TakingNew.YES: 1.0,
    TakingNew.UNKNOWN: 0.5,
    TakingNew.WAITING: 0.3,
    TakingNew.FULL: 0.0,
}
AREAS = "covers"
ARTICLES = frozenset({"the", "a", "an"})
BY_ROW: dict[str, Any] = {
    "ids": np.int64,
    "base_row": np.int32,
    "reach": np.uint8,
    "checked": np.int32,
    "taking": np.float32,
    "name_hash": np.uint64,
    "provider_hash": np.uint64,
    "name_key": np.uint64,
    "text_key": np.uint64,
    **{f"set_{name}": np.int32 for name in (*STORED, AREAS)},
}
BY_POINT: dict[str, Any] = {
    "point_row": np.int32,
    "point_lat": np.float64,
    "point_lon": np.float64,
    "point_venue": np.int16,
}
BY_SLOT: dict[str, Any] = {"slot_row": np.int32, "slot_start": np.int32, "slot_end": np.int32}
BY_ANY = BY_ROW | BY_POINT | BY_SLOT
# No slot is longer, in minutes.
LONGEST_SLOT = 2 * 24 * 60
FOR_EVER = 10_000_000
# So many spans of time are remembered, a byte a row each.
MOST_SPANS = 4


def name_hash(text: str) -> int:
    """A number for a whole name, equal for two ways of writing it, with “the” or without; 0 for no name."""
    words = words_of(text)
    name = " ".join(word for word in words if word not in ARTICLES) or " ".join(words)
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little") if name else 0


def numbers_of(document: AssetDocument) -> dict[str, Any]:
    """What a listing is ranked by, as numbers."""
    taking = (TAKING_WEIGHT.get(code, 0.5) for code in document.facets.get("taking_new", ()))
    return {
        "reach": sum(REACH_BITS.get(code, 0) for code in set(document.facets.get("reach", ()))),
        "checked": document.checked_on.toordinal() if document.checked_on else 0,
        "taking": max(taking, default=0.5),
        "name_hash": name_hash(document.name),
        "provider_hash": name_hash(document.provider),
        "name_key": int.from_bytes(whole_of(document.name).encode()[:8].ljust(8, b"\0"), "big"),
    }


class Facts:
    """The columns, and what is worked out from them once."""

    def __init__(self, arrays: Arrays, codes: dict[str, list[str]]) -> None:
        self.arrays = dict(arrays)
        self.ids = arrays["ids"]
        self.base_row = arrays["base_row"]
        self._row_now: tuple[np.ndarray, bool] | None = None
        self._open: dict[tuple[int, int], np.ndarray] = {}
        self._together: dict[tuple[str, ...], TablesTogether] = {}
        self.rows = len(self.ids)
        self.reach = arrays["reach"]
        self.tables = {
            name: SetTable(codes[name], arrays[f"starts_{name}"], arrays[f"members_{name}"])
            for name in (*STORED, AREAS)
        }
        self.areas = self.tables[AREAS]
        self.covers = arrays[f"set_{AREAS}"]
        self.sets = {name: arrays[f"set_{name}"] for name in STORED}
        self.made_on = int(arrays["made_on"][0])
        for name in (*BY_POINT, *BY_SLOT, "checked", "taking", "name_hash", "provider_hash", "name_key"):
            setattr(self, name, arrays[name])

    point_row: np.ndarray
    point_lat: np.ndarray
    point_lon: np.ndarray
    point_venue: np.ndarray
    slot_row: np.ndarray
    slot_start: np.ndarray
    slot_end: np.ndarray
    checked: np.ndarray
    taking: np.ndarray
    name_hash: np.ndarray
    provider_hash: np.ndarray
    name_key: np.ndarray

    @classmethod
    def read(cls, path: Path) -> "Facts":
        """The facts of a file, mapped; raises `BrokenColumns`."""
        arrays, about = read_columns(path)
        return cls(arrays, about["codes"])

    def write(self, path: Path) -> None:
        write_columns(path, self.arrays, {"codes": {name: table.codes for name, table in self.tables.items()}})

    def tables_together(self, *fields: str) -> TablesTogether:
        """The tables of some fields as one, to be counted at once."""
        if fields not in self._together:
            self._together[fields] = TablesTogether({name: self.tables[name] for name in fields})
        return self._together[fields]

    @cached_property
    def meanings(self) -> vectors.KeyedRows:
        """Vectors of the listings' texts, found anew as they arrive."""
        return vectors.KeyedRows(self.arrays["text_key"])

    def similarities(self, vector: np.ndarray, rows: np.ndarray | None = None) -> np.ndarray:
        """Likeness, from -1 to 1, of these rows or of all to a vector of length 1; -1 where nothing is known yet."""
        return self.meanings.similarities(vector, rows)

    @cached_property
    def _by_id(self) -> tuple[np.ndarray, np.ndarray]:
        order = np.argsort(self.ids)
        return self.ids[order], order.astype(np.int32)

    def rows_of(self, ids: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Rows of these asset ids, and a mask of the ids that have one (an id without a row is left out)."""
        if not self.rows:
            return np.empty(0, np.int32), np.zeros(len(ids), bool)
        in_order, order = self._by_id
        places = np.minimum(np.searchsorted(in_order, ids), self.rows - 1)
        there = in_order[places] == ids
        return order[places[there]], there

    @cached_property
    def _names(self) -> np.ndarray:
        return np.unique(np.concatenate([self.name_hash, self.provider_hash]))

    def named(self, whole: str) -> bool:
        """Whether a listing, or who runs one, is called exactly this."""
        wanted = np.uint64(name_hash(whole))
        at = int(np.searchsorted(self._names, wanted)) if wanted else len(self._names)
        return at < len(self._names) and self._names[at] == wanted

    def row_now(self, rows_then: int) -> np.ndarray | None:
        """For each of the rows when all was last written, its row now, -1 for none; none: they are the same."""
        if self._row_now is None:
            there = np.flatnonzero(self.base_row >= 0).astype(np.int32)
            now = np.full(rows_then, -1, np.int32)
            now[self.base_row[there]] = there
            self._row_now = now, len(there) == self.rows == rows_then
        now, same = self._row_now
        return None if same else now

    @cached_property
    def ids_since(self) -> list[int]:
        """Ids of what was put since all was written."""
        return self.ids[self.base_row < 0].tolist()

    @cached_property
    def points(self) -> np.ndarray:
        """Points on the unit sphere, 3 by points: distances without trigonometry."""
        lat, lon = np.radians(self.point_lat), np.radians(self.point_lon)
        return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])

    @cached_property
    def _points_by_row(self) -> tuple[np.ndarray, np.ndarray]:
        order = np.argsort(self.point_row, kind="stable")
        return order, np.searchsorted(self.point_row[order], np.arange(self.rows + 1)).astype(np.int64)

    def points_of(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Numbers of all points of these rows, and for each its row's place in `rows`."""
        order, starts = self._points_by_row
        first, counts = starts[rows], starts[rows + 1] - starts[rows]
        at = np.arange(len(rows)).repeat(counts)
        within = np.arange(len(at)) - (counts.cumsum() - counts).repeat(counts)
        return order[first[at] + within], at

    def points_of_row(self, row: int) -> list[int]:
        order, starts = self._points_by_row
        return order[starts[row] : starts[row + 1]].tolist()

    @cached_property
    def first_point(self) -> np.ndarray:
        """For each row the number of a point of its, -1 for none."""
        found = np.full(self.rows, -1, np.int32)
        order = np.argsort(self.point_venue, kind="stable")[::-1]
        found[self.point_row[order]] = order
        return found

    def open_between(self, first: int, end: int) -> np.ndarray:
        """A boolean for each row: whether it is open for some of the minutes from `first` up to `end`. Kept, since
        “open now” is the same for all who ask within a minute; not to be written to."""
        found = self._open.get((first, end))
        if found is None:
            found = np.zeros(self.rows, bool)
            slots = slice(*np.searchsorted(self.slot_start, (first - LONGEST_SLOT, end)))
            found[self.slot_row[slots][self.slot_end[slots] > first]] = True
            if len(self._open) >= MOST_SPANS:
                self._open.clear()
            self._open[first, end] = found
        return found

    def words_for(self, row: int) -> dict[str, Any]:
        """What a reason is made of: `venues` [[name, town], …] and `areas` [[code, name], …]."""
        start, end = self.arrays["told_at"][row : row + 2].tolist()
        return orjson.loads(self._told[start:end])

    @cached_property
    def _told(self) -> memoryview:
        return self.arrays["told"].data


def facts_of(documents: Iterable[AssetDocument], before: Facts | None = None, without: Iterable[int] = ()) -> Facts:
    """Facts of these documents, and of all before them but those put again and those to be left out."""
    new = _Writing(before)
    for document in documents:
        new.add(document)
    arrays = new.arrays()
    if before is not None:
        arrays = _joined(before, arrays, np.array([*without], np.int64))
    order = np.argsort(arrays["point_lat"], kind="stable")
    arrays.update({name: arrays[name][order] for name in BY_POINT})
    order = np.argsort(arrays["slot_start"], kind="stable")
    arrays.update({name: arrays[name][order] for name in BY_SLOT})
    codes: dict[str, list[str]] = {}
    for name, numbers in new.numbers.items():
        table = numbers.done()
        arrays[f"starts_{name}"], arrays[f"members_{name}"] = table.starts, table.members
        codes[name] = table.codes
    return Facts(arrays, codes)


class _Writing:
    """Columns under construction."""

    def __init__(self, before: Facts | None) -> None:
        self.numbers = {name: SetNumbers(before.tables[name] if before else None) for name in (*STORED, AREAS)}
        self.anew = before is None
        self.columns: dict[str, list] = {name: [] for name in BY_ANY}
        self.told: list[bytes] = []
        self.row_of: dict[int, int] = {}
        self.made_on = FOR_EVER

    def add(self, document: AssetDocument) -> None:
        if document.asset_id in self.row_of:
            return
        row = self.row_of[document.asset_id] = len(self.row_of)
        facets = document.facets
        values: dict[str, Any] = {
            **numbers_of(document),
            "ids": document.asset_id,
            "base_row": row if self.anew else -1,
            "text_key": vectors.key(vectors.listing_text(document)),
            **{f"set_{name}": self.numbers[name].number(facets.get(name, ())) for name in STORED},
            f"set_{AREAS}": self.numbers[AREAS].number(code for code, _name in document.coverage),
        }
        for name, value in values.items():
            self.columns[name].append(value)
        for number, venue in enumerate(document.venues):
            if venue.lat is not None and venue.lon is not None:
                for name, value in zip(BY_POINT, (row, venue.lat, venue.lon, number), strict=True):
                    self.columns[name].append(value)
        for start, end in document.slots:
            for name, value in zip(BY_SLOT, (row, start, end), strict=True):
                self.columns[name].append(value)
        if document.made_on:
            self.made_on = min(self.made_on, document.made_on.toordinal())
        told = {"venues": [(venue.name, venue.town) for venue in document.venues], "areas": document.coverage}
        self.told.append(json.dumps(told, ensure_ascii=False).encode())

    def arrays(self) -> dict[str, np.ndarray]:
        found = {name: np.array(self.columns[name], kind) for name, kind in BY_ANY.items()}
        found["made_on"] = np.array([self.made_on], np.int32)
        lengths = np.fromiter((len(one) for one in self.told), np.int64, len(self.told))
        found["told_at"] = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        found["told"] = np.frombuffer(b"".join(self.told), np.uint8)
        return found


def _joined(before: Facts, new: dict[str, np.ndarray], without: np.ndarray) -> dict[str, np.ndarray]:
    old = before.arrays
    keep = ~np.isin(before.ids, np.concatenate([without, new["ids"]]))
    kept = int(keep.sum())
    joined = {name: np.concatenate([old[name][keep], new[name]]) for name in BY_ROW}
    row_now = np.cumsum(keep, dtype=np.int32) - 1
    for columns, row in ((BY_POINT, "point_row"), (BY_SLOT, "slot_row")):
        stays = keep[old[row]]
        joined.update({name: np.concatenate([old[name][stays], new[name]]) for name in columns})
        joined[row] = np.concatenate([row_now[old[row][stays]], new[row] + np.int32(kept)])
    joined["made_on"] = np.minimum(old["made_on"], new["made_on"])
    lengths = np.diff(old["told_at"])
    joined["told_at"] = np.concatenate([[0], np.cumsum(np.concatenate([lengths[keep], np.diff(new["told_at"])]))])
    joined["told"] = np.concatenate([old["told"][np.repeat(keep, lengths)], new["told"]])
    return joined
