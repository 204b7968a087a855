"""Every postcode of Great Britain, in one sorted file that all processes share by memory-mapping it.

The file: 8 bytes of name, 8 bytes of header length, a JSON header, then the columns, each at a multiple of 64 bytes.
Rows are sorted by outward and then inward code, so the header's short list of outcodes leads to a run of rows, and a
binary search over two-byte inward codes does the rest. Nothing but the header is read into the process.
"""

import json
import logging
import mmap
import os
import struct
import threading
import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from django.conf import settings

from assets_map.distance import Point, box_around, metres_to_many
from assets_map.postcodes import PartialPostcode, Postcode, parse_partial

logger = logging.getLogger(__name__)

MAGIC = b"HEREPC01"
FILE_NAME = "gazetteer.bin"
LAST_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
RANK = {letter: at for at, letter in enumerate(LAST_LETTERS)}
IN_A_SECTOR = len(LAST_LETTERS) ** 2
DEGREE = 10_000_000
# Months are counted from January of this year; 0 is "live" and the highest number "closed, month not known".
FIRST_YEAR = 1970
CLOSED_SOME_TIME = 0xFFFF
COLUMNS = {"inward": "u2", "lat": "i4", "lon": "i4", "district": "u2", "ward": "u2", "ended": "u2"}
SECONDS_BETWEEN_LOOKS = 1.0


class Entry(NamedTuple):
    """What is known of a postcode; `district` and `ward` are GSS codes or blank, `terminated` the month it ended."""

    point: Point
    district: str
    ward: str
    terminated: date | None
    closed: bool


class Neighbour(NamedTuple):
    """A live postcode near some point."""

    postcode: Postcode
    point: Point
    metres: float


class GazetteerMissing(OSError):
    """No postcodes are loaded, or their file cannot be read."""


def inward_code(inward: str) -> int:
    """The place of "8AD" among the 4,000 inward codes."""
    return (ord(inward[0]) - 48) * IN_A_SECTOR + RANK[inward[1]] * len(LAST_LETTERS) + RANK[inward[2]]


def inward_text(code: int) -> str:
    """The inverse of `inward_code`."""
    first, second = divmod(code % IN_A_SECTOR, len(LAST_LETTERS))
    return f"{code // IN_A_SECTOR}{LAST_LETTERS[first]}{LAST_LETTERS[second]}"


def month_of(number: int) -> date | None:
    """The first day of a counted month; none for live rows and months not known."""
    if number in (0, CLOSED_SOME_TIME):
        return None
    return date(FIRST_YEAR + (number - 1) // 12, (number - 1) % 12 + 1, 1)


class Gazetteer:
    """The mapped columns of one file, which stay readable after the file is replaced."""

    def __init__(self, path: Path) -> None:
        """Map a gazetteer file; raises `GazetteerMissing` when there is none or it is not whole."""
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self.about, start = _header(self._map)
        except (OSError, ValueError, struct.error) as error:
            raise GazetteerMissing(f"No postcodes are loaded at {path}: {error}") from error
        self.outcodes: list[str] = self.about.pop("outcodes")
        self.starts: list[int] = self.about.pop("starts")
        self._codes: dict[str, list[str]] = {name: self.about.pop(name + "s") for name in ("district", "ward")}
        self._runs = dict(zip(self.outcodes, pairwise(self.starts), strict=True))
        self._views: dict[str, Any] = {}
        for name, kind in COLUMNS.items():
            offset, length = start + self.about["offsets"][name], self.starts[-1] * int(kind[1])
            self._views[name] = memoryview(self._map)[offset : offset + length].cast("i" if kind == "i4" else "H")
        self._inward = self._views["inward"]

    def __len__(self) -> int:
        return self.starts[-1]

    def find(self, postcode: Postcode) -> Entry | None:
        """What is known of a postcode, or none; a few microseconds."""
        row = self._row(postcode)
        return None if row is None else self.entry(row)

    def __contains__(self, postcode: Postcode) -> bool:
        return self._row(postcode) is not None

    def entry(self, row: int) -> Entry:
        """What stands in a row."""
        view = self._views
        ended = view["ended"][row]
        return Entry(
            Point(view["lat"][row] / DEGREE, view["lon"][row] / DEGREE),
            self._codes["district"][view["district"][row]],
            self._codes["ward"][view["ward"][row]],
            month_of(ended) if ended else None,
            ended != 0,
        )

    def postcode(self, row: int) -> Postcode:
        """Whose row it is."""
        outcode = self.outcodes[bisect_right(self.starts, row) - 1]
        return Postcode(outcode, inward_text(self._inward[row]))

    def column(self, name: str) -> np.ndarray:
        """A whole column as numbers, without a copy: "lat" and "lon" in ten-millionths of a degree."""
        return np.frombuffer(self._views[name], dtype=COLUMNS[name])

    def codes(self, name: str) -> list[str]:
        """The GSS codes that the numbers of the column "district" or "ward" stand for."""
        return self._codes[name]

    def rows_of(self, part: PartialPostcode) -> range:
        """The rows of an outcode or a sector; an empty range when there is no such part."""
        low, high = self._runs.get(part.outward, (0, 0))
        if part.digit:
            first = int(part.digit) * IN_A_SECTOR
            low, high = (bisect_left(self._inward, edge, low, high) for edge in (first, first + IN_A_SECTOR))
        return range(low, high)

    def sector(self, text: str | PartialPostcode, *, districts: frozenset[str] = frozenset()) -> Entry | None:
        """The postcode in the middle of an outcode or sector, live if any is, in `districts` if any is; or none."""
        part = parse_partial(text) if isinstance(text, str) else text
        rows = self.rows_of(part) if part else range(0)
        if not rows:
            return None
        kept = np.arange(rows.start, rows.stop)
        kept = _narrowed(kept, self.column("ended")[kept] == 0)
        kept = _narrowed(kept, np.isin(self.column("district")[kept], self._numbers(districts)))
        lats, lons = self.column("lat")[kept], self.column("lon")[kept]
        middle = Point(float(np.median(lats)) / DEGREE, float(np.median(lons)) / DEGREE)
        return self.entry(int(kept[np.argmin(metres_to_many(middle, lats / DEGREE, lons / DEGREE))]))

    def nearest(self, point: Point, n: int = 5, *, within: float = 20_000) -> list[Neighbour]:
        """Up to `n` live postcodes, nearest first, none further than `within` metres."""
        reach, found = min(400.0, within), np.empty(0, int)
        while found.size < n:
            found, metres = self._live_within(point, reach)
            if reach >= within:
                break
            reach = min(reach * 4, within)
        if not found.size:
            return []
        best = np.argsort(metres, kind="stable")[:n]
        return [
            Neighbour(self.postcode(row), self.entry(row).point, float(far))
            for row, far in zip(found[best].tolist(), metres[best].tolist(), strict=True)
        ]

    def sectors_within(self, point: Point, metres: float) -> set[str]:
        """The sectors that have a live postcode within so many metres."""
        return self._sectors_of(self._live_within(point, metres)[0])

    def sectors_in(self, part: PartialPostcode, districts: frozenset[str] = frozenset()) -> set[str]:
        """The sectors of an outcode that have a postcode in some district; in any, when none is named."""
        rows = np.array(self.rows_of(part), int)
        if districts:
            rows = rows[np.isin(self.column("district")[rows], self._numbers(districts))]
        return self._sectors_of(rows)

    def like(self, postcode: Postcode, n: int = 5) -> list[Postcode]:
        """Up to `n` live postcodes of the same sector (else outcode), most alike first."""
        rows = self.rows_of(PartialPostcode(postcode.outward, postcode.inward[0]))
        rows = rows or self.rows_of(PartialPostcode(postcode.outward))
        ended = self._views["ended"]
        live = [inward_text(self._inward[row]) for row in rows if not ended[row]]
        live.sort(key=lambda inward: -sum(a == b for a, b in zip(inward, postcode.inward, strict=True)))
        return [Postcode(postcode.outward, inward) for inward in live[:n]]

    def in_district(self, code: str) -> np.ndarray:
        """The rows of a district's postcodes, live ones only."""
        number = self._numbers(frozenset([code]))
        return np.flatnonzero(np.isin(self.column("district"), number) & (self.column("ended") == 0))

    def all_postcodes(self) -> Iterator[str]:
        """Every postcode in order, as text."""
        for outcode, (low, high) in self._runs.items():
            for row in range(low, high):
                yield f"{outcode} {inward_text(self._inward[row])}"

    def _row(self, postcode: Postcode) -> int | None:
        run = self._runs.get(postcode.outward)
        if run is None:
            return None
        code = inward_code(postcode.inward)
        row = bisect_left(self._inward, code, *run)
        return row if row < run[1] and self._inward[row] == code else None

    def _numbers(self, districts: frozenset[str]) -> list[int]:
        return [at for at, code in enumerate(self._codes["district"]) if code in districts]

    def _sectors_of(self, rows: np.ndarray) -> set[str]:
        outcode = np.searchsorted(self.starts, rows, side="right") - 1
        keys = np.unique(outcode * 10 + self.column("inward")[rows] // IN_A_SECTOR)
        return {f"{self.outcodes[key // 10]} {key % 10}" for key in keys.tolist()}

    def _live_within(self, point: Point, metres: float) -> tuple[np.ndarray, np.ndarray]:
        """Rows and distances of the live postcodes within `metres`."""
        south, north, west, east = (round(edge * DEGREE) for edge in box_around(point, metres))
        lows, highs, min_lat, max_lat, min_lon, max_lon = self._sectors
        near = (min_lat <= north) & (max_lat >= south) & (min_lon <= east) & (max_lon >= west)
        spans = [np.arange(low, high) for low, high in zip(lows[near].tolist(), highs[near].tolist(), strict=True)]
        rows = np.concatenate(spans) if spans else np.empty(0, int)
        rows = rows[self.column("ended")[rows] == 0]
        far = metres_to_many(point, self.column("lat")[rows] / DEGREE, self.column("lon")[rows] / DEGREE)
        return rows[far <= metres], far[far <= metres]

    @cached_property
    def _sectors(self) -> tuple[np.ndarray, ...]:
        """First row, row after the last, and box of each sector: 12,000 of them, so a search need not read all rows."""
        outcode = np.repeat(np.arange(len(self.outcodes)), np.diff(self.starts))
        key = outcode * 10 + self.column("inward") // IN_A_SECTOR
        lows = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
        lat, lon = self.column("lat"), self.column("lon")
        boxes = [edge.reduceat(column, lows) for column in (lat, lon) for edge in (np.minimum, np.maximum)]
        return lows, np.r_[lows[1:], len(self)], *boxes


def _narrowed(rows: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """The chosen rows, or all of them when none is chosen."""
    return rows[chosen] if chosen.any() else rows


def _header(mapped: mmap.mmap) -> tuple[dict[str, Any], int]:
    if mapped[:8] != MAGIC:
        raise ValueError("it is not a file of postcodes")
    (length,) = struct.unpack("<Q", mapped[8:16])
    about = json.loads(mapped[16 : 16 + length])
    if about["bytes"] != len(mapped):
        raise ValueError("it is cut short")
    return about, about["body"]


class _Shelf:
    """The gazetteer in use, looked at again once a second in case its file was replaced."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.stamp: tuple[int, ...] = ()
        self.held: Gazetteer | None = None
        self.next_look = 0.0
        self.lock = threading.Lock()

    def take(self) -> Gazetteer:
        if self.held is not None and time.monotonic() < self.next_look:
            return self.held
        with self.lock:
            stamp = self._stamp()
            if self.held is None or (stamp and stamp != self.stamp):
                self._read(stamp)
            self.next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS
            return self.held  # type: ignore[return-value]  # _read raises rather than leave none

    def _read(self, stamp: tuple[int, ...]) -> None:
        try:
            self.held = Gazetteer(self.path)
        except GazetteerMissing:
            # A spoilt file beside one that still works: the mapped one stays good, so people are still served.
            if self.held is None:
                raise
            logger.exception("The file of postcodes was replaced by one that cannot be read; the old one is kept.")
        self.stamp = stamp

    def _stamp(self) -> tuple[int, ...]:
        try:
            seen = os.stat(self.path)
        except OSError:
            return ()
        return seen.st_ino, seen.st_mtime_ns, seen.st_size


_shelves: dict[Path | str, _Shelf] = {}


def gazetteer_path() -> Path:
    """Where the postcodes of this installation lie."""
    return Path(settings.DATA_DIR) / "postcodes" / FILE_NAME


def gazetteer() -> Gazetteer:
    """The postcodes in use; raises `GazetteerMissing` when none are loaded."""
    shelf = _shelves.get(settings.DATA_DIR)
    return (shelf or _shelves.setdefault(settings.DATA_DIR, _Shelf(gazetteer_path()))).take()


def look_again() -> None:
    """Make the next `gazetteer()` look at the file at once."""
    for shelf in _shelves.values():
        shelf.next_look = 0.0
