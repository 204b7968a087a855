"""Postcodes in columns, on their way from a product to the gazetteer file. For loaders only: it imports pandas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

import numpy as np
import pandas as pd
from pyproj import Transformer

from assets_map.gazetteer import CLOSED_SOME_TIME, DEGREE, FIRST_YEAR, IN_A_SECTOR, LAST_LETTERS, Gazetteer

NOT_A_CODE = 0xFFFF


class NotAPostcodeProduct(Exception):  # read as a sentence
    """A file that holds no postcodes that can be read; `str()` says what was expected."""


@dataclass(frozen=True)
class PostcodeTable:
    """Equally long columns sorted by `key` (outward code in the high bits, inward code in the low sixteen).

    `lat`, `lon`: ten-millionths of a degree, WGS 84. `district`, `ward`: numbers into the lists of GSS codes.
    `ended`: months counted as the gazetteer does. `vintage`: the month that the product tells of. `live_only`: no
    closed postcodes are in it. `over_others`: it is laid over what is there; else it starts afresh. `unplaced`: keys
    that it names without a spot.
    """

    key: np.ndarray
    lat: np.ndarray
    lon: np.ndarray
    district: np.ndarray
    ward: np.ndarray
    ended: np.ndarray
    districts: list[str]
    wards: list[str]
    source: str
    vintage: date | None
    live_only: bool = False
    over_others: bool = True
    unplaced: np.ndarray = field(default_factory=lambda: np.empty(0, np.uint64))
    left_out: int = 0

    def __len__(self) -> int:
        return len(self.key)

    @property
    def areas(self) -> np.ndarray:
        """A number for the postcode area ("RM") of each row."""
        return areas_of(self.key)

    def only(self, rows: np.ndarray) -> Self:
        """The same table with some of its rows."""
        names = ("key", "lat", "lon", "district", "ward", "ended")
        return replace(self, **{name: getattr(self, name)[rows] for name in names})

    @classmethod
    def of_columns(
        cls,
        postcodes: Sequence[str],
        *,
        source: str,
        vintage: date | None,
        live_only: bool = False,
        over_others: bool = True,
        eastings: Iterable[float] = (),
        northings: Iterable[float] = (),
        lats: Iterable[float] | None = None,
        lons: Iterable[float] | None = None,
        districts: Sequence[str] = (),
        wards: Sequence[str] = (),
        ended: Sequence[str] = (),
    ) -> Self:
        """A table from a product's text columns; rows without a place in Great Britain are left out and counted."""
        keys, well_formed = packed(postcodes)
        if lats is None or lons is None:
            lats, lons = to_degrees(np.asarray(eastings, float), np.asarray(northings, float))
        lat, lon = np.asarray(lats, float), np.asarray(lons, float)
        placed = (lat > 49) & (lat < 61.5) & (lon > -9) & (lon < 2.5)
        good = _once_each(keys, np.flatnonzero(well_formed & placed & ~irish(keys)))
        district, district_codes = numbered(districts, good)
        ward, ward_codes = numbered(wards, good)
        months = months_counted(ended) if len(ended) else np.zeros(len(keys), np.uint16)
        return cls(
            keys[good], _scaled(lat[good]), _scaled(lon[good]), district, ward, months[good], district_codes,
            ward_codes, source, vintage, live_only, over_others, np.sort(keys[well_formed & ~placed]),
            len(keys) - good.size,
        )  # fmt: skip

    @classmethod
    def of_gazetteer(cls, held: Gazetteer) -> Self:
        """What a gazetteer file already holds."""
        outward = np.array([_outward_number(one) for one in held.outcodes], np.uint64)
        key = np.repeat(outward << np.uint64(16), np.diff(held.starts)) | held.column("inward").astype(np.uint64)
        last = held.about["sources"][-1]
        vintage = date.fromisoformat(last["vintage"]) if last["vintage"] else None
        columns: dict[str, Any] = {
            name: held.column(name).copy() for name in ("lat", "lon", "district", "ward", "ended")
        }
        return cls(
            key=key, **columns, districts=held.codes("district"), wards=held.codes("ward"), source=last["name"],
            vintage=vintage,
        )  # fmt: skip


def areas_of(keys: np.ndarray) -> np.ndarray:
    """The leading letters of each key, as a number."""
    first, second = keys >> np.uint64(40), (keys >> np.uint64(32)) & np.uint64(0xFF)
    return (first << np.uint64(8)) | np.where(second >= ord("A"), second, np.uint64(0))


def irish(keys: np.ndarray) -> np.ndarray:
    """Which keys are Northern Ireland's, whose licence does not allow this use."""
    return areas_of(keys) == (ord("B") << 8 | ord("T"))


def packed(postcodes: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """The key of each postcode, and which of them are well formed; any spacing is read."""
    text = np.array([one.replace(" ", "") for one in postcodes], dtype="S8")
    letters = text.view(np.uint8).reshape(len(text), 8)
    length = (letters != 0).sum(axis=1)
    at = np.arange(8)
    outward = np.where(at[:4] < (length - 3)[:, None], letters[:, :4], 0).astype(np.uint64)
    rows = np.arange(len(text))
    digit, first, second = (letters[rows, np.clip(length - back, 0, 7)] for back in (3, 2, 1))
    rank = np.full(256, 255, np.uint16)
    rank[[ord(letter) for letter in LAST_LETTERS]] = np.arange(len(LAST_LETTERS))
    numbers = rank[first] < 255, rank[second] < 255, (digit >= ord("0")) & (digit <= ord("9"))
    # A digit in the outward code leaves out "GIR" and "NPT", long closed, which no one types.
    has_digit = ((outward >= ord("0")) & (outward <= ord("9"))).any(axis=1)
    fine = numbers[0] & numbers[1] & numbers[2] & (length >= 5) & (length <= 7) & has_digit
    inward = (digit.astype(np.uint64) - 48) * IN_A_SECTOR + rank[first].astype(np.uint64) * 20 + rank[second]
    high = (outward[:, 0] << 24) | (outward[:, 1] << 16) | (outward[:, 2] << 8) | outward[:, 3]
    return (high << np.uint64(16)) | np.where(fine, inward, NOT_A_CODE).astype(np.uint64), fine


def to_degrees(eastings: np.ndarray, northings: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Latitude and longitude of metres on the National Grid; not a number where the grid has no such spot.

    Without Ordnance Survey's correction grid, which pyproj does not carry, the result is good to about 5 metres.
    """
    on_grid = (eastings > 0) & (northings > 0) & (eastings < 700_000) & (northings < 1_300_000)
    lat, lon = np.full(len(eastings), np.nan), np.full(len(eastings), np.nan)
    transformer = Transformer.from_crs(27700, 4326, always_xy=True)
    lon[on_grid], lat[on_grid] = transformer.transform(eastings[on_grid], northings[on_grid])
    return lat, lon


def numbered(codes: Sequence[str], rows: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """Text codes as small numbers into a list whose first is blank."""
    if not len(codes):
        return np.zeros(len(rows), np.uint16), [""]
    column = pd.Series(codes, dtype=object).iloc[rows]
    column = column.where(column.map(lambda one: isinstance(one, str)), "").str.strip()
    numbers, known = pd.factorize(pd.concat([pd.Series([""], dtype=object), column]))
    return numbers[1:].astype(np.uint16), [str(one) for one in known]


def months_counted(texts: Sequence[str]) -> np.ndarray:
    """ "202311" as months counted from the first year; blank is live, anything else "month not known"."""
    column = pd.Series(texts, dtype=object).fillna("").astype(str).str.strip().str.replace(r"\.0$", "", regex=True)
    numbers = pd.to_numeric(column.str.slice(0, 6), errors="coerce")
    months = (numbers // 100 - FIRST_YEAR) * 12 + numbers % 100
    known = numbers.notna() & (months > 0) & (months < CLOSED_SOME_TIME) & (numbers % 100).between(1, 12)
    return np.where(column == "", 0, np.where(known, months, CLOSED_SOME_TIME)).astype(np.uint16)


def _once_each(keys: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The rows in the order of their keys; the last of several rows for one postcode counts."""
    rows = rows[np.argsort(keys[rows], kind="stable")]
    return rows[np.r_[keys[rows][1:] != keys[rows][:-1], np.ones(min(1, rows.size), bool)]]


def _outward_number(outcode: str) -> int:
    return int.from_bytes(outcode.encode().ljust(4, b"\0"), "big")


def _scaled(degrees: np.ndarray) -> np.ndarray:
    return np.rint(degrees * DEGREE).astype(np.int32)
