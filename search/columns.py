"""Named numpy arrays in one memory-mapped file, so that every process shares one copy of the facts.

Errors: `BrokenColumns` for a file that is short, foreign or of another version.
"""

import json
import mmap
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

MAGIC = b"HBFACTS6"
ALIGN = 64
HEAD = len(MAGIC) + 8

Arrays = Mapping[str, np.ndarray]


class BrokenColumns(Exception):
    """The file of facts cannot be read."""


def write_columns(path: Path, arrays: Arrays, about: Mapping[str, Any]) -> None:
    """Write a file that is complete on the disk when this returns; `about` is anything that JSON holds."""
    spans: dict[str, tuple[str, int, int]] = {}
    at = 0
    for name, array in arrays.items():
        spans[name] = (array.dtype.str, array.size, at)
        at += -(-array.nbytes // ALIGN) * ALIGN
    header = json.dumps({"arrays": spans, "about": about, "size": at}).encode()
    start = -(-(HEAD + len(header)) // ALIGN) * ALIGN
    with path.open("wb") as file:
        file.write(MAGIC + len(header).to_bytes(8, "little") + header)
        for name, array in arrays.items():
            file.seek(start + spans[name][2])
            np.ascontiguousarray(array).tofile(file)
        file.truncate(start + at)
        file.flush()
        os.fsync(file.fileno())


def read_columns(path: Path) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """The arrays, read-only and mapped, and what was said about them."""
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except ValueError as error:
        raise BrokenColumns(f"{path.name} is empty.") from error
    if mapped[: len(MAGIC)] != MAGIC:
        raise BrokenColumns(f"{path.name} is not a file of facts of this version.")
    try:
        length = int.from_bytes(mapped[len(MAGIC) : HEAD], "little")
        header = json.loads(mapped[HEAD : HEAD + length])
        start = -(-(HEAD + length) // ALIGN) * ALIGN
        if len(mapped) != start + header["size"]:
            raise BrokenColumns(f"{path.name} is not as long as it says.")
        spans = header["arrays"].items()
        arrays = {name: np.frombuffer(mapped, np.dtype(kind), size, start + at) for name, (kind, size, at) in spans}
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenColumns(f"{path.name} cannot be read: {error}") from error
    return arrays, header["about"]
