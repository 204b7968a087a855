"""The directory's words and names, counted while the index is built, for `understand` in every process.

`CountedWords` is what a process holds: words with the number of listings, hashes of names. A `Change` is what a put
or a removal does to it.
"""

import base64
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from search.documents import AssetDocument
from search.elastic.mapping import words_in
from search.facts import name_hash
from search.stems import stem

# So many words or names go into one document of the side index.
WORDS_A_PART, NAMES_A_PART = 100_000, 400_000


@dataclass(frozen=True, slots=True)
class Change:
    """Words with how many listings more hold them, names that came, and words and names that nobody has any more."""

    words: dict[str, int] = field(default_factory=dict)
    names: tuple[int, ...] = ()
    gone_words: tuple[str, ...] = ()
    gone_names: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.names or self.gone_words or self.gone_names)

    def packed(self) -> dict[str, Any]:
        return packed([self.words, list(self.names), list(self.gone_words), list(self.gone_names)])

    @classmethod
    def unpacked(cls, kept: dict[str, Any]) -> "Change":
        words, names, gone_words, gone_names = unpacked(kept)
        return cls(words, tuple(names), tuple(gone_words), tuple(gone_names))


class CountedWords:
    """The vocabulary of one moment (`search.knowledge.Vocabulary`)."""

    def __init__(self, words: dict[str, int], names: np.ndarray, listings: int) -> None:
        self._words = words
        self._names = np.unique(names.astype(np.uint64))
        self._more: frozenset[int] = frozenset()
        self._gone: frozenset[int] = frozenset()
        self._listings = listings
        self._stems = Counter(map(stem, words))
        self._held: Counter[str] = Counter()
        for word, count in words.items():
            self._held[stem(word)] += count

    def has(self, word: str) -> bool:
        return self._stems[stem(word)] > 0

    def holding_about(self, word: str) -> int:
        return max(self._held[stem(word)], 0)

    def known(self) -> dict[str, int]:
        return self._words

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(self._words)

    def in_order(self) -> list[str]:
        """Every word, sorted."""
        return self._in_order

    def named(self, whole: str) -> bool:
        return self.holds_name(name_hash(whole))

    def holds_name(self, wanted: int) -> bool:
        if not wanted or wanted in self._gone:
            return False
        at = int(np.searchsorted(self._names, np.uint64(wanted)))
        return wanted in self._more or (at < len(self._names) and int(self._names[at]) == wanted)

    def listings(self) -> int:
        return self._listings

    def changed(self, change: Change, listings: int | None = None) -> "CountedWords":
        """The vocabulary after a change; this one stays as it is for those who are reading it."""
        after = object.__new__(CountedWords)
        after._words, after._stems, after._held = dict(self._words), self._stems.copy(), self._held.copy()
        for word, count in change.words.items():
            if word not in after._words:
                after._stems[stem(word)] += 1
            after._words[word] = after._words.get(word, 0) + count
            after._held[stem(word)] += count
        for word in change.gone_words:
            held = after._words.pop(word, None)
            if held is not None:
                after._stems[stem(word)] -= 1
                after._held[stem(word)] -= held
        after._names = self._names
        after._more = self._more.union(change.names).difference(change.gone_names)
        after._gone = self._gone.union(change.gone_names).difference(change.names)
        after._listings = self._listings if listings is None else listings
        return after

    def parts(self) -> Iterator[dict[str, Any]]:
        """The whole of it as documents of the side index."""
        words = list(self._words.items())
        for start in range(0, len(words), WORDS_A_PART):
            yield {"kind": "words", **packed(dict(words[start : start + WORDS_A_PART]))}
        names = np.setdiff1d(
            np.union1d(self._names, np.array(sorted(self._more), np.uint64)), np.array(sorted(self._gone), np.uint64)
        )
        for start in range(0, len(names), NAMES_A_PART):
            held = base64.b64encode(names[start : start + NAMES_A_PART].astype("<u8").tobytes()).decode()
            yield {"kind": "names", "packed": held}

    @classmethod
    def of_parts(cls, parts: Iterable[dict[str, Any]], listings: int) -> "CountedWords":
        words: dict[str, int] = {}
        names = [np.empty(0, np.uint64)]
        for part in parts:
            if part["kind"] == "words":
                words.update(unpacked(part))
            else:
                names.append(np.frombuffer(base64.b64decode(part["packed"]), "<u8"))
        return cls(words, np.concatenate(names), listings)


class Counting:
    """Counts the words and names of listings that go by."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.names: set[int] = set()
        self.listings = 0

    def add(self, document: AssetDocument) -> None:
        self.words.update(words_in(document))
        self.names.update(names_in(document))
        self.listings += 1

    def done(self) -> CountedWords:
        return CountedWords(dict(self.words), np.fromiter(self.names, np.uint64, len(self.names)), self.listings)


def names_in(document: AssetDocument) -> set[int]:
    """Hashes of what a listing, and who runs it, is called."""
    return {name_hash(document.name), name_hash(document.provider)} - {0}


def packed(value: Any) -> dict[str, str]:
    return {"packed": base64.b64encode(zlib.compress(json.dumps(value).encode(), 3)).decode()}


def unpacked(kept: dict[str, Any]) -> Any:
    return json.loads(zlib.decompress(base64.b64decode(kept["packed"])))
