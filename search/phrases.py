"""Names of listings and of those who run them, found by how any of their words begins: `Phrases`, beside the facts.

Memory-mapped columns: every different name once (`label` as written, `folded` as compared), and an entry for each word
that one may be found by, sorted by what is read from there on (`start_phrase`, `start_at` in bytes of `folded`).
`row_starts` into `row_list` lead from a name to its listings' rows. A name that no row has any more leads to none, and
is left out when the index is built anew.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from search.columns import Arrays, read_columns, write_columns
from search.common_words import STOP_WORDS
from search.documents import AssetDocument
from search.facts import Facts
from search.understand import whole_of

# Differs when a file written before would be read wrongly.
PHRASES_VERSION = 2
MOST_STARTS = 12
AFTER_ALL = b"\xf5"
# How many bytes are sorted as numbers; what is alike for so long is rare, and sorted by itself.
KEY_BYTES = 24


class Phrases:
    """The columns of one moment; rows are those of the facts written with them."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = dict(arrays)
        self.start_phrase = arrays["start_phrase"]
        self.start_at = arrays["start_at"]
        self.is_name = arrays["is_name"]
        self.row_starts, self.row_list = arrays["row_starts"], arrays["row_list"]
        self._folded, self._folded_at = arrays["folded"], arrays["folded_at"]
        self._label, self._label_at = arrays["label"], arrays["label_at"]

    def __len__(self) -> int:
        return len(self._label_at) - 1

    @classmethod
    def read(cls, path: Path) -> "Phrases":
        """The names of a file, mapped; raises `BrokenColumns`."""
        return cls(read_columns(path)[0])

    def write(self, path: Path) -> None:
        write_columns(path, self.arrays, {})

    def label(self, phrase: int) -> str:
        """The name as somebody wrote it."""
        return self._label[self._label_at[phrase] : self._label_at[phrase + 1]].tobytes().decode()

    def lengths(self, phrases: np.ndarray) -> np.ndarray:
        return self._label_at[phrases + 1] - self._label_at[phrases]

    def span(self, start: str) -> tuple[int, int]:
        """The first entry that begins so, and the one after the last; takes a folded text."""
        wanted = start.encode()
        return self.first(wanted), self.first(wanted + AFTER_ALL)

    def begun(self, start: str) -> bool:
        """Whether any name has a word from which it goes on so."""
        wanted = start.encode()
        entry = self.first(wanted)
        return entry < len(self.start_phrase) and self._from(entry, len(wanted)) == wanted

    def find(self, folded: str, label: str, is_name: bool) -> int:
        """The number of a name that is kept, written just so; -1 for none."""
        wanted = folded.encode()
        for entry in range(self.first(wanted), len(self.start_phrase)):
            phrase = int(self.start_phrase[entry])
            if self._from(entry, len(wanted) + 1) != wanted:
                return -1
            if not self.start_at[entry] and self.is_name[phrase] == is_name and self.label(phrase) == label:
                return phrase
        return -1

    def first(self, wanted: bytes) -> int:
        """The first entry that does not come before these bytes."""
        low, high = 0, len(self.start_phrase)
        while low < high:
            middle = (low + high) // 2
            if self._from(middle, len(wanted)) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _from(self, entry: int, length: int) -> bytes:
        phrase = self.start_phrase[entry]
        at = int(self._folded_at[phrase]) + int(self.start_at[entry])
        return self._folded[at : min(at + length, int(self._folded_at[phrase + 1]))].tobytes()

    def rows_of(self, phrases: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Rows of these names, and for each row which of the names (by position) it belongs to."""
        return listed(self.row_starts, self.row_list, phrases)


def listed(starts: np.ndarray, members: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The members of some lists one after another, and of each the position of its list."""
    first = starts[wanted]
    lengths = starts[wanted + 1] - first
    owner = np.repeat(np.arange(len(wanted), dtype=np.int32), lengths)
    ends = np.cumsum(lengths)
    within = np.arange(len(owner)) - np.repeat(ends - lengths, lengths)
    return members[np.repeat(first, lengths) + within], owner


class PhraseWriting:
    """Hears the documents on their way into the index, and makes their names into columns."""

    def __init__(self, before: Phrases | None = None, facts_before: Facts | None = None) -> None:
        self.before = before
        self.facts_before = facts_before
        self._first_new = len(before) if before else 0
        self._numbers: dict[tuple[str, bool], int] = {}
        self._labels: list[str] = []
        self._folded: list[str] = []
        self._is_name: list[bool] = []
        self._names: dict[int, tuple[int, int]] = {}

    def hearing(self, documents: Iterable[AssetDocument]) -> Iterator[AssetDocument]:
        """The same documents, their names noted."""
        for document in documents:
            if document.asset_id not in self._names:
                names = self._number(document.name, True), self._number(document.provider, False)
                self._names[document.asset_id] = names
            yield document

    def _number(self, label: str, is_name: bool) -> int:
        folded = whole_of(label)
        if not folded:
            return -1
        key = folded, is_name
        if key not in self._numbers:
            known = -1 if self.before is None else self.before.find(folded, label, is_name)
            self._numbers[key] = known if known >= 0 else self._add(folded, label, is_name)
        return self._numbers[key]

    def _add(self, folded: str, label: str, is_name: bool) -> int:
        self._labels.append(label)
        self._folded.append(folded)
        self._is_name.append(is_name)
        return self._first_new + len(self._labels) - 1

    def done(self, facts: Facts) -> Phrases:
        """The columns that go with these facts, which hold every document heard."""
        arrays = self._texts()
        name_of, provider_of = self._of_rows(facts)
        arrays |= {"name_of": name_of, "provider_of": provider_of}
        count = len(arrays["label_at"]) - 1
        rows = np.arange(facts.rows, dtype=np.int32)
        owners = np.concatenate([name_of, provider_of])
        arrays["row_starts"], arrays["row_list"] = grouped(owners, np.concatenate([rows, rows]), count)
        return Phrases(arrays)

    def _texts(self) -> dict[str, np.ndarray]:
        start_phrase, start_at = sorted_starts(self._folded)
        new = blobs(label=self._labels, folded=self._folded)
        new["is_name"] = np.array(self._is_name, np.uint8)
        if self.before is None:
            return new | {"start_phrase": start_phrase, "start_at": start_at}
        old = self.before.arrays
        starts = zip(start_phrase.tolist(), start_at.tolist(), strict=True)
        places = [self.before.first(self._folded[number].encode()[at:]) for number, at in starts]
        joined = {name: np.concatenate([old[name], new[name]]) for name in ("label", "folded", "is_name")}
        for name in ("label_at", "folded_at"):
            joined[name] = np.concatenate([old[name], old[name][-1] + new[name][1:]])
        joined["start_phrase"] = np.insert(old["start_phrase"], places, start_phrase + np.int32(self._first_new))
        joined["start_at"] = np.insert(old["start_at"], places, start_at)
        return joined

    def _of_rows(self, facts: Facts) -> tuple[np.ndarray, np.ndarray]:
        names, providers = np.full(facts.rows, -1, np.int32), np.full(facts.rows, -1, np.int32)
        if self.before is not None and self.facts_before is not None:
            then, there = self.facts_before.rows_of(facts.ids)
            names[there] = self.before.arrays["name_of"][then]
            providers[there] = self.before.arrays["provider_of"][then]
        heard = np.fromiter(self._names, np.int64, len(self._names))
        rows, there = facts.rows_of(heard)
        told = np.array(list(self._names.values()), np.int32).reshape(-1, 2)[there]
        names[rows], providers[rows] = told[:, 0], told[:, 1]
        return names, providers


def blobs(**texts: list[str]) -> dict[str, np.ndarray]:
    """Of each name, the texts one after another in UTF-8, and (`name_at`) where each begins and the last ends."""
    found = {}
    for name, several in texts.items():
        encoded = [text.encode() for text in several]
        lengths = np.fromiter((len(one) for one in encoded), np.int64, len(encoded))
        found[name] = np.frombuffer(b"".join(encoded), np.uint8)
        found[f"{name}_at"] = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return found


def grouped(owners: np.ndarray, members: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Members by owner, each list in order: where each of `count` lists starts, and the lists; -1 owns nothing."""
    owned = np.flatnonzero(owners >= 0)
    order = owned[np.argsort(owners[owned], kind="stable")]
    starts = np.concatenate([[0], np.cumsum(np.bincount(owners[owned], minlength=count))]).astype(np.int32)
    return starts, members[order]


def starts_of(folded: str) -> Iterator[int]:
    """Where words begin that somebody may type first, in bytes; small words only at the very start."""
    at = 0
    for number, word in enumerate(folded.split(" ")[:MOST_STARTS]):
        if number == 0 or word not in STOP_WORDS:
            yield at
        at += len(word.encode()) + 1


def sorted_starts(folded: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Entries for these texts: the text and the byte that each starts at, in order of what is read from there."""
    encoded = [text.encode() for text in folded]
    starts = [(number, at) for number, text in enumerate(folded) for at in starts_of(text)]
    head = b"".join(encoded[number][at : at + KEY_BYTES].ljust(KEY_BYTES, b"\0") for number, at in starts)
    keys = np.frombuffer(head, ">u8").astype(np.uint64).reshape(-1, KEY_BYTES // 8)
    order = np.lexsort(keys.T[::-1])
    for first, last in runs_alike(keys[order]):
        alike = order[first:last].tolist()
        order[first:last] = sorted(alike, key=lambda one: encoded[starts[one][0]][starts[one][1] :])
    table = np.array(starts, np.int32).reshape(-1, 2)[order]
    return table[:, 0].copy(), table[:, 1].astype(np.uint16)


def runs_alike(keys: np.ndarray) -> Iterator[tuple[int, int]]:
    """First and one past the last of each run of equal keys that has more than one."""
    changes = np.flatnonzero((keys[1:] != keys[:-1]).any(axis=1)) + 1
    for first, last in pairwise([0, *changes.tolist(), len(keys)]):
        if last - first > 1:
            yield first, last
