"""Vectors of listings on disk, found by a hash of the text that they stand for: only changed texts are new.

`<DATA_DIR>/vectors/<model>/rows`: a head that says what it is, then `ENTRY` after entry, only ever appended to. One
writer at a time; readers map the file and look once a question (one `stat`) whether it grew. An entry that is not of
length 1 – torn, or overwritten – is not there: its text is embedded again. A foreign file is replaced.
"""

import functools
import hashlib
import itertools
import logging
import mmap
import os
import secrets
import threading
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from django.conf import settings

from search import meaning
from search.documents import AssetDocument
from search.index_folder import IndexFolder
from search.meaning import NUMBERS

log = logging.getLogger(__name__)

HEAD = b"HBVECT01".ljust(64, b"\0")
ENTRY = np.dtype([("key", "<u8"), ("scale", "<f4"), ("spare", "V4"), ("values", "i1", NUMBERS)])
# How far from 1 the length of a sound entry may be: rounding to 255 steps moves it by less.
SLACK = 0.02
# From this share of the store on, nearness to all of it is quicker than to some.
MOST_OF_IT = 4
# Fewer unused entries than this are not worth a new file.
LEAST_WASTE = 1_000
UNKNOWN = -1.0


def listing_text(document: AssetDocument) -> str:
    """What of a listing is embedded, the weightiest first: what is beyond the model's last token is not read."""
    parts = (document.name, document.summary, document.description, document.tags)
    return ". ".join(" ".join(part.split()).rstrip(".") for part in parts if part.strip())


def key(text: str) -> int:
    """What a text's vector is found by."""
    return int.from_bytes(hashlib.blake2b(text.encode(errors="replace"), digest_size=8).digest(), "little")


def vector_of(text_key: int) -> np.ndarray | None:
    """The vector of length 1 kept for a key, if there is one."""
    held = store().held()
    row = held.rows(np.array([text_key], np.uint64))[0]
    return held.vector(row) if row >= 0 else None


@functools.cache
def _store(path: Path) -> "Store":
    return Store(path)


def store() -> "Store":
    """The vectors that today's model made."""
    return _store(settings.DATA_DIR / "vectors" / meaning.model_id())


class Held:
    """Entries of one moment. `generation` differs when rows were numbered anew."""

    _generations = itertools.count()
    generation: int
    keys: np.ndarray
    order: np.ndarray

    def __init__(self, entries: np.ndarray, before: "Held | None" = None) -> None:
        self.generation = before.generation if before else next(self._generations)
        self.entries = entries
        self.count = len(entries)
        known = before.count if before else 0
        sound = known + np.flatnonzero(_are_sound(entries[known:]))
        keys = np.ascontiguousarray(entries["key"][sound])
        if before is not None:
            keys, sound = np.concatenate([before.keys, keys]), np.concatenate([before.order, sound])
        by_key = np.argsort(keys, kind="stable")
        self.keys, self.order = keys[by_key], sound[by_key].astype(np.int32)
        self.scales = np.ascontiguousarray(entries["scale"])

    def rows(self, keys: np.ndarray) -> np.ndarray:
        """Row of each key, -1 where there is none."""
        if not len(self.keys):
            return np.full(len(keys), -1, np.int32)
        # The last of equal ones: it was written because the earlier could not be read.
        places = np.maximum(np.searchsorted(self.keys, keys, side="right") - 1, 0)
        return np.where(self.keys[places] == keys, self.order[places], np.int32(-1)).astype(np.int32)

    def vector(self, row: int) -> np.ndarray:
        made = self.entries["values"][row].astype(np.float32)
        return made / np.linalg.norm(made)

    def similar(self, vector: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Likeness from -1 to 1 of these rows to a vector of length 1; -1 for a row of -1."""
        if not self.count or not len(rows):
            return np.full(len(rows), UNKNOWN, np.float32)
        if len(rows) * MOST_OF_IT >= self.count:
            found = dots(vector, self.entries["values"])[rows]
        else:
            found = dots(vector, self.entries["values"][rows])
        found *= self.scales[rows]
        found[rows < 0] = UNKNOWN
        return found


def in_bytes(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Vectors as bytes, and the scale of each row."""
    scales = (np.abs(vectors).max(axis=1, initial=1e-9) / 127).astype(np.float32)
    return np.round(vectors / scales[:, None]).astype(np.int8), scales


def dots(vector: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The product of a vector with each row of bytes, exact to five digits: the vector counts as two rows of bytes."""
    step = float(np.abs(vector).max()) / 127 or 1.0
    coarse = np.round(vector / step)
    fine = np.round((vector / step - coarse) * 254)
    products = _products(np.stack([coarse, fine]).astype(np.int8), values)
    return ((products[0] + products[1] / 254) * step).astype(np.float32)


def _products(two: np.ndarray, values: np.ndarray) -> np.ndarray:
    try:
        import simsimd
    except ImportError:
        return products_by_numpy(two, values)
    return np.asarray(simsimd.cdist(two, values, metric="dot"))


def products_by_numpy(two: np.ndarray, values: np.ndarray, block: int = 512) -> np.ndarray:
    """The same, four times slower: bytes become floats a block at a time, so that they stay in the cache."""
    wide = two.astype(np.float32)
    parts = [wide @ values[at : at + block].astype(np.float32).T for at in range(0, len(values), block)]
    return np.concatenate(parts, axis=1, dtype=np.float64)


def _are_sound(entries: np.ndarray) -> np.ndarray:
    found = np.zeros(len(entries), bool)
    for at in range(0, len(entries), 4096):
        some = entries[at : at + 4096]
        wide = some["values"].astype(np.float32)
        with np.errstate(all="ignore"):
            lengths = np.sqrt(np.einsum("ij,ij->i", wide, wide)) * some["scale"]
            found[at : at + 4096] = np.abs(lengths - 1) < SLACK
    return found


class Store:
    """One model's vectors."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "rows"
        self._folder = IndexFolder(folder)
        self._lock = threading.Lock()
        self._held: tuple[tuple[int, int, int], Held] | None = None

    def held(self) -> Held:
        """The entries as they are now; the same object while nothing was written."""
        try:
            seen = self.path.stat()
        except OSError:
            return NOTHING
        stamp = seen.st_dev, seen.st_ino, (seen.st_size - len(HEAD)) // ENTRY.itemsize
        now = self._held
        if now is not None and now[0] == stamp:
            return now[1]
        with self._lock:
            now = self._held
            if now is None or now[0] != stamp:
                now = self._held = stamp, self._opened(stamp)
            return now[1]

    def _opened(self, stamp: tuple[int, int, int]) -> Held:
        last, before = self._held or ((0, 0, 0), None)
        if last[:2] != stamp[:2] or last[2] > stamp[2] or before is NOTHING:
            before = None
        try:
            return Held(self._mapped(stamp[2]), before)
        except (OSError, ValueError) as error:
            log.warning("The file of vectors cannot be read, and sentences go by words: %s", error)
            return NOTHING

    def _mapped(self, count: int) -> np.ndarray:
        if count < 0:
            raise ValueError("it is shorter than its head.")
        with self.path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), len(HEAD) + count * ENTRY.itemsize, access=mmap.ACCESS_READ)
        if mapped[: len(HEAD)] != HEAD:
            raise ValueError("it is of another version.")
        return np.frombuffer(mapped, ENTRY, count, len(HEAD))

    def add(self, keys: Iterable[int], vectors: np.ndarray) -> None:
        """Keep vectors of length 1 for these keys, at the end of what is there."""
        entries = np.zeros(len(vectors), ENTRY)
        entries["key"] = list(keys)
        entries["values"], entries["scale"] = in_bytes(vectors)
        with self._folder.writing():
            if not self._is_ours():
                self._write_anew(entries)
                return
            with self.path.open("r+b") as file:
                whole = (self.path.stat().st_size - len(HEAD)) // ENTRY.itemsize
                # A writer that died may have left part of an entry.
                file.truncate(len(HEAD) + whole * ENTRY.itemsize)
                file.seek(0, os.SEEK_END)
                file.write(entries.tobytes())
                file.flush()
                os.fsync(file.fileno())

    def keep(self, keys: np.ndarray) -> int:
        """Forget what none of these keys asks for, once that is more than what they do; the number forgotten."""
        with self._folder.writing():
            held = self.held()
            rows = held.rows(np.unique(keys))
            rows = np.sort(rows[rows >= 0])
            waste = held.count - len(rows)
            if waste < LEAST_WASTE or waste <= len(rows):
                return 0
            self._write_anew(held.entries[rows])
            return waste

    def _is_ours(self) -> bool:
        try:
            with self.path.open("rb") as file:
                return file.read(len(HEAD)) == HEAD
        except OSError:
            return False

    def _write_anew(self, entries: np.ndarray) -> None:
        draft = self.path.with_name(f"rows.{secrets.token_hex(4)}")
        for left in self.path.parent.glob("rows.*"):
            left.unlink(missing_ok=True)
        with draft.open("wb") as file:
            file.write(HEAD + entries.tobytes())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)


NOTHING = Held(np.zeros(0, ENTRY))


class KeyedRows:
    """Where the vectors of some listings lie; looked up again as the store grows."""

    def __init__(self, keys: np.ndarray) -> None:
        self._keys = keys
        self._known: tuple[int, int, np.ndarray] = (-1, 0, np.full(len(keys), -1, np.int32))

    def similarities(self, vector: np.ndarray, rows: np.ndarray | None = None) -> np.ndarray:
        """Likeness of these listings, or of all, to a vector of length 1; `UNKNOWN` where none is kept."""
        held = store().held()
        found = self._found_in(held)
        return held.similar(vector, found if rows is None else found[rows])

    def missing(self) -> int:
        """How many listings have no vector yet."""
        return int((self._found_in(store().held()) < 0).sum())

    def _found_in(self, held: Held) -> np.ndarray:
        generation, count, found = self._known
        if (generation, count) == (held.generation, held.count):
            return found
        if generation == held.generation:
            unknown = np.flatnonzero(found < 0)
            found = found.copy()
            found[unknown] = held.rows(self._keys[unknown])
        else:
            found = held.rows(self._keys)
        self._known = (held.generation, held.count, found)
        return found
