"""Which listings hold the words asked for: one `Found` a word, put together into `Matches`.

Each word is looked up by itself and kept (`search.tantivy`), so that two questions share the work of a common word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np


@dataclass(frozen=True, slots=True)
class Found:
    """Rows that hold one word, ascending, and how well it describes each."""

    rows: np.ndarray
    scores: np.ndarray


@dataclass(frozen=True)
class Matches:
    """Rows that hold at least one of the `asked` words: the sum of the scores, and how many of the words."""

    rows: np.ndarray
    scores: np.ndarray
    words: np.ndarray
    asked: int
    # The name hash of all that was typed.
    whole: int

    def cut(self, where: np.ndarray) -> "Matches":
        return Matches(self.rows[where], self.scores[where], self.words[where], self.asked, self.whole)

    def enough(self, shown: np.ndarray) -> np.ndarray:
        """Rows with enough of the words: two thirds, or, where no row shown has so many, the most that one has."""
        if not shown.any():
            return shown
        wanted = self.asked if self.asked < 3 else ceil(self.asked * 2 / 3)
        return self.words >= min(wanted, int(self.words[shown].max()))


def together(found: Sequence[Found], length: int, whole: int) -> Matches:
    """Put the words together over `length` rows."""
    if len(found) == 1:
        one = found[0]
        return Matches(one.rows, one.scores.astype(np.float64), np.ones(len(one.rows), np.uint8), 1, whole)
    rows = np.concatenate([one.rows for one in found])
    words = np.bincount(rows, minlength=length)
    scores = np.bincount(rows, np.concatenate([one.scores for one in found]), minlength=length)
    there = np.flatnonzero(words).astype(np.int32)
    return Matches(there, scores[there], words[there], len(found), whole)


def either(found: Sequence[Found]) -> Found:
    """Any of some words, at the best score that one of them gives."""
    if len(found) == 1:
        return found[0]
    rows = np.concatenate([one.rows for one in found])
    scores = np.concatenate([one.scores for one in found])
    by = np.lexsort((-scores, rows))
    rows, scores = rows[by], scores[by]
    first = np.concatenate([[True], rows[1:] != rows[:-1]]) if len(rows) else np.empty(0, bool)
    return Found(rows[first], scores[first])
