"""Reads lists of place names: OS Open Names as published, a plain table with a header, and our own demo list."""

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pyproj import Transformer

from assets_map.councils import council_name, council_names
from assets_map.distance import Point
from assets_map.gazetteer import Gazetteer
from assets_map.loading import NotLoadable
from assets_map.models import NamedPlace, fold

DEMO = Path(__file__).parent / "demo" / "thurrock_places.csv"
# OS Open Names has no header: where in its 34 columns each thing stands.
OPEN_NAMES_COLUMNS = 34
NAME, SECOND_NAME, TYPE, LOCAL_TYPE, EAST, NORTH, DISTRICT, COUNTY = 2, 4, 6, 7, 8, 9, 21, 24
LOCAL_TYPES = {
    "city": "city", "town": "town", "village": "village", "hamlet": "hamlet", "suburban area": "suburb",
    "other settlement": "other",
}  # fmt: skip
SHORT_KINDS = {"c": "city", "t": "town", "v": "village", "a": "suburb", "h": "hamlet", "o": "other"}
KINDS = {*LOCAL_TYPES.values(), "neighbourhood"}
HEADERS = {
    "name": r"name1?|place|place_?name",
    "kind": r"kind|type|local_?type",
    "lat": r"lat|latitude",
    "lon": r"lon|lng|long|longitude",
    "council": r"council|local_?authority|district|district_borough|lad\d*nm",
}
MOST_ROWS = 4_000_000
MOST_BYTES = 4_000_000_000
NEAREST_STREET_METRES = 10_000
EXPECTED = "Expected OS Open Names (zip or CSV), or a table with the columns name, kind, lat, lon and council."

Row = tuple[str, str, float, float, str]


def read_places(path: Path, gazetteer: Gazetteer | None) -> Iterator[NamedPlace]:
    """The places of a list, each with its council, by its name or else by the nearest street; raises `NotLoadable`."""
    codes = {_council_key(name): code for code, name in council_names().items()}
    seen: set[tuple[str, float, float]] = set()
    for name, kind, lat, lon, council in _rows(path):
        key = fold(name), round(lat, 3), round(lon, 3)
        if not key[0] or key in seen:
            continue
        seen.add(key)
        code = codes.get(_council_key(council), "") or _nearest_council(Point(lat, lon), gazetteer)
        yield NamedPlace(
            name=name[:120], folded=key[0], kind=kind, latitude=round(lat, 5), longitude=round(lon, 5),
            council_code=code, council_name=council_name(code) or council[:120],
        )  # fmt: skip


def _council_key(name: str) -> str:
    return re.sub(r"^the |\b(city of|city|council|borough|county|district)\b", "", fold(name)).strip()


def _nearest_council(point: Point, gazetteer: Gazetteer | None) -> str:
    near = gazetteer.nearest(point, 1, within=NEAREST_STREET_METRES) if gazetteer else []
    entry = gazetteer.find(near[0].postcode) if gazetteer and near else None
    return entry.district if entry else ""


def _rows(path: Path) -> Iterator[Row]:
    if not path.is_file():
        raise NotLoadable(f"There is no file {path}.")
    found = 0
    try:
        for file in _files(path):
            for row in _of_file(file):
                found += 1
                if found > MOST_ROWS:
                    raise NotLoadable(f"{path.name} has more rows than there are places. {EXPECTED}")
                yield row
    except (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error, csv.Error, RuntimeError) as error:
        raise NotLoadable(f"{path.name} could not be read ({error}). {EXPECTED}") from error
    if not found:
        raise NotLoadable(f"{path.name} holds no places. {EXPECTED}")


def _files(path: Path) -> Iterator[IO[str]]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if re.search(r"(^|/)data/.*\.csv$", one.filename.lower())]
            if sum(one.file_size for one in members) > MOST_BYTES:
                raise NotLoadable(f"{path.name} would unpack to more than a list of places holds.")
            for member in members:
                with archive.open(member) as raw:
                    yield _text(raw)
        return
    with _plain(path) as raw:
        yield _text(raw)


@contextmanager
def _plain(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as raw:
        zipped = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        yield gzip.GzipFile(fileobj=raw) if zipped else raw  # type: ignore[misc]  # both are files of bytes


def _text(raw: IO[bytes]) -> IO[str]:
    return io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")


def _of_file(file: IO[str]) -> Iterator[Row]:
    first = file.readline(100_000)
    lines = csv.reader(_joined(first, file), delimiter="\t" if first.count("\t") > first.count(",") else ",")
    header = next(lines, [])
    if len(header) == OPEN_NAMES_COLUMNS and not header[EAST].replace(".", "").isdigit():
        header = next(lines, [])  # A header that somebody put on the published file.
    if len(header) == OPEN_NAMES_COLUMNS:
        yield from _of_open_names(_joined_rows(header, lines))
        return
    at = {
        meaning: index
        for meaning, pattern in HEADERS.items()
        for index, cell in enumerate(header)
        if re.fullmatch(pattern, cell.strip().lower())
    }
    if not {"name", "lat", "lon"} <= at.keys():
        raise NotLoadable(f"The columns are {', '.join(header)[:200] or 'none'}. {EXPECTED}")
    yield from _of_table(lines, at)


def _joined(first: str, rest: IO[str]) -> Iterator[str]:
    yield first
    yield from rest


def _joined_rows(first: list[str], rest: Iterable[list[str]]) -> Iterator[list[str]]:
    yield first
    yield from rest


def _of_table(lines: Iterable[list[str]], at: dict[str, int]) -> Iterator[Row]:
    def cell(line: list[str], meaning: str) -> str:
        index = at.get(meaning, -1)
        return line[index].strip() if 0 <= index < len(line) else ""

    for line in lines:
        kind = cell(line, "kind").lower()
        kind = SHORT_KINDS.get(kind) or LOCAL_TYPES.get(kind) or (kind if kind in KINDS else "")
        # A row without a kind is an outcode, which the gazetteer knows better.
        if not cell(line, "name") or ("kind" in at and not kind):
            continue
        lat, lon = float(cell(line, "lat")), float(cell(line, "lon"))
        if 49 <= lat <= 61.5 and -9 <= lon <= 2.5:
            yield cell(line, "name"), kind or "other", lat, lon, cell(line, "council")


def _of_open_names(lines: Iterable[list[str]]) -> Iterator[Row]:
    turn = Transformer.from_crs(27700, 4326, always_xy=True).transform
    for line in lines:
        kind = LOCAL_TYPES.get(line[LOCAL_TYPE].lower()) if len(line) == OPEN_NAMES_COLUMNS else None
        if kind is None or line[TYPE] != "populatedPlace":
            continue
        lon, lat = turn(float(line[EAST]), float(line[NORTH]))
        for name in (line[NAME], line[SECOND_NAME]):
            if name:
                yield name, kind, lat, lon, line[DISTRICT] or line[COUNTY]
