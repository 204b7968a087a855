"""Writes the gazetteer file, whole or not at all. For loaders only: it imports pandas."""

import fcntl
import json
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from assets_map.gazetteer import (
    CLOSED_SOME_TIME,
    COLUMNS,
    MAGIC,
    Gazetteer,
    GazetteerMissing,
    look_again,
)
from assets_map.postcode_table import NotAPostcodeProduct, PostcodeTable

# A new file that holds less than this share of an area's live postcodes was cut short: no area closes by half between
# two products. Where closed ones are not marked yet, as in the wheel, little more than a quarter of EC lives.
LEAST_SHARE = 0.5
LEAST_SHARE_UNMARKED = 0.15
SMALL_AREA = 100
ALIGNED = 64


def build_gazetteer(path: Path, table: PostcodeTable) -> Gazetteer:
    """Lay a product's postcodes over those at `path`, and put the result in its place in one step.

    Raises `NotAPostcodeProduct`, and leaves the old file as it was, when the product is empty or cut short.
    """
    if not len(table):
        raise NotAPostcodeProduct("It holds no postcode with a place in Great Britain.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path.parent):
        held = _held(path) if table.over_others else None
        sources = [*held.about["sources"]] if held else []
        if held:
            table = merged(PostcodeTable.of_gazetteer(held), table)
        written = _write(path, table, [*sources[-9:], _source(table)])
    look_again()
    return written


def merged(old: PostcodeTable, new: PostcodeTable) -> PostcodeTable:
    """The new product over the old postcodes, one postcode area ("RM") at a time.

    Areas that the product lacks stay as they were. In an area that it has, a postcode that it lacks is dropped when the
    product lists closed postcodes too; when it lists live ones only it is now closed, the month unknown, unless the
    product is the older of the two. A postcode that the product names without a spot keeps the spot it had.
    """
    refreshed = np.isin(old.areas, np.unique(new.areas))
    _refuse_cut_short(old, new)
    lacking = refreshed & ~np.isin(old.key, new.unplaced)
    kept = ~np.isin(old.key, new.key)
    ended = old.ended
    if not new.live_only:
        kept &= ~lacking
    elif not (old.vintage and new.vintage and new.vintage < old.vintage):
        ended = np.where(lacking & (ended == 0), CLOSED_SOME_TIME, ended).astype(np.uint16)
    return _one_above_other(replace(old, ended=ended).only(np.flatnonzero(kept)), new)


def _one_above_other(stays: PostcodeTable, new: PostcodeTable) -> PostcodeTable:
    """Both tables' rows in one, sorted; no key is in both."""
    order = np.argsort(np.concatenate([stays.key, new.key]), kind="stable")
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(stays, name), getattr(new, name)])[order]
        for name in ("key", "lat", "lon", "ended")
    }
    for name in ("district", "ward"):
        codes = list(dict.fromkeys([*getattr(stays, name + "s"), *getattr(new, name + "s")]))
        number = {code: at for at, code in enumerate(codes)}
        parts = [
            np.array([number[code] for code in getattr(table, name + "s")], np.uint16)[getattr(table, name)]
            for table in (stays, new)
        ]
        columns |= {name: np.concatenate(parts)[order], name + "s": codes}
    return replace(new, **columns)


def _refuse_cut_short(old: PostcodeTable, new: PostcodeTable) -> None:
    unmarked = new.live_only and not (old.ended != 0).any()
    least = LEAST_SHARE_UNMARKED if unmarked else LEAST_SHARE
    had = dict(zip(*np.unique(old.areas[old.ended == 0], return_counts=True), strict=True))
    has = dict(zip(*np.unique(new.areas, return_counts=True), strict=True))
    for area, count in has.items():
        before = had.get(area, 0)
        if before > SMALL_AREA and count < least * before:
            name = bytes([int(area) >> 8, int(area) & 0xFF]).rstrip(b"\0").decode()
            raise NotAPostcodeProduct(
                f"It holds {count:,} of the {before:,} postcodes that are known in {name}: it looks cut short."
            )


def _source(table: PostcodeTable) -> dict[str, Any]:
    return {
        "name": table.source,
        "vintage": table.vintage.isoformat() if table.vintage else "",
        "loaded": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _write(path: Path, table: PostcodeTable, sources: list[dict[str, Any]]) -> Gazetteer:
    outward = (table.key >> np.uint64(16)).astype(np.uint64)
    firsts = np.flatnonzero(np.r_[True, outward[1:] != outward[:-1]])
    columns = {"inward": (table.key & np.uint64(0xFFFF)), **{name: getattr(table, name) for name in list(COLUMNS)[1:]}}
    blocks = {name: np.ascontiguousarray(columns[name], kind) for name, kind in COLUMNS.items()}
    offsets, body = {}, 0
    for name, block in blocks.items():
        offsets[name] = body
        body += -(-block.nbytes // ALIGNED) * ALIGNED
    about = {
        "sources": sources,
        "live": int((table.ended == 0).sum()),
        "wards_known": int((table.ward != 0).sum()),
        "outcodes": [int(one).to_bytes(4, "big").rstrip(b"\0").decode() for one in outward[firsts]],
        "starts": [*firsts.tolist(), len(table)],
        "districts": table.districts,
        "wards": table.wards,
        "offsets": offsets,
    }
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    with draft.open("wb") as file:
        _lay(file, about, blocks, body)
    written = Gazetteer(draft)  # Read back before anyone else can see it.
    os.replace(draft, path)
    _settle(path.parent)
    return written


def _lay(file: Any, about: dict[str, Any], blocks: dict[str, np.ndarray], body: int) -> None:
    """Header and columns, with the file's own length in the header, down to the disk."""
    # Room for the two numbers that depend on the header's own length.
    room = len(json.dumps(about)) + 64
    start = -(-(16 + room) // ALIGNED) * ALIGNED
    header = json.dumps({**about, "body": start, "bytes": start + body}).ljust(start - 16).encode()
    file.write(MAGIC + struct.pack("<Q", len(header)) + header)
    for name, block in blocks.items():
        file.seek(start + about["offsets"][name])
        file.write(block.tobytes())
    file.truncate(start + body)
    file.flush()
    os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Ask that the folder's new name for the file outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _held(path: Path) -> Gazetteer | None:
    try:
        return Gazetteer(path)
    except GazetteerMissing:
        return None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One builder at a time; drafts of builders that were killed are swept up."""
    with (folder / ".building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in folder.glob("*.part"):
            left.unlink()
        yield
