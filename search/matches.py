"""Which listings hold what is asked: one `Found` a group, put together into `Matches`.

Each word is looked up by itself and kept (`search.tantivy`), so that two questions share the work of a common word.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import ceil

import numpy as np

# Where fewer than this hold enough of the words, those that hold some are shown after them.
FEW = 8
# What a second alternative adds to the best one.
ALSO = 0.5
# So many at most are found by meaning alone, none that is less like than this.
MOST_BY_MEANING = 20
LEAST_LIKE = 0.15
# What answering a need is worth beside likeness from 0 to 1, and the score of a word that is worth half of it.
NEED = 0.45
HALF_AN_ANSWER = 6.0
NONE = np.empty(0, np.float32)


@dataclass(frozen=True, slots=True)
class Found:
    """Rows that hold one word or phrase, ascending, and how well it describes each."""

    rows: np.ndarray
    scores: np.ndarray


@dataclass(frozen=True)
class Matches:
    """Rows that hold something asked, or mean something like it.

    By row: the sum of the `scores`, how many of the `asked` groups it holds (`words`), and how `like` its meaning is
    to the sentence (-1: not known); without a sentence `like` is empty.
    """

    rows: np.ndarray
    scores: np.ndarray
    words: np.ndarray
    asked: int
    # The name hash of all that was typed.
    whole: int
    like: np.ndarray = field(default_factory=lambda: NONE)
    # Whether so few words were asked that what holds them goes before what means the same.
    few: bool = False

    def cut(self, where: np.ndarray) -> "Matches":
        """Those at some places, given as numbers."""
        like = self.like[where] if len(self.like) else self.like
        return replace(self, rows=self.rows[where], scores=self.scores[where], words=self.words[where], like=like)

    @property
    def by_meaning(self) -> bool:
        """Whether meanings are compared at all."""
        return len(self.like) > 0

    def worded(self, shown: np.ndarray) -> np.ndarray:
        """Rows with enough of the words: two thirds, or, where few of those shown have so many, as many as a few have.

        Where meanings are compared, less than two thirds is not enough: what means the same is better.
        """
        wanted = enough_words(self.asked)
        enough = shown & (self.words >= max(wanted, 1))
        if self.by_meaning or wanted < 2:
            return enough
        while wanted > least_words(self.asked) and np.count_nonzero(enough) < FEW:
            wanted -= 1
            enough = shown & (self.words >= wanted)
        while wanted > 1 and not enough.any():
            wanted -= 1
            enough = shown & (self.words >= wanted)
        return enough

    def alike(self, shown: np.ndarray) -> np.ndarray:
        """Those of the rows shown that are nearest in meaning: twenty at most."""
        near = np.zeros(len(self.rows), bool)
        if not self.by_meaning:
            return near
        candidates = np.flatnonzero(shown & (self.like >= LEAST_LIKE))
        if len(candidates) > MOST_BY_MEANING:
            # Equal ones are told apart by their place in the index, so that every asking chooses the same.
            best = np.lexsort((candidates, -self.like[candidates]))[:MOST_BY_MEANING]
            candidates = candidates[best]
        near[candidates] = True
        return near


def enough_words(asked: int) -> int:
    """How many of the words asked a listing must hold: two thirds, and both of two."""
    return asked if asked < 3 else ceil(asked * 2 / 3)


def least_words(asked: int) -> int:
    """How few will do where few listings hold enough: half."""
    return max(1, ceil(asked / 2))


def together(found: Sequence[Found], soft: Sequence[bool], length: int, whole: int) -> Matches:
    """Put the groups together over `length` rows; a soft one adds to the score alone."""
    asked = sum(not one for one in soft)
    if len(found) == 1:
        one = found[0]
        rows = one.rows.astype(np.intp)
        return Matches(rows, one.scores.astype(np.float64), np.ones(len(rows), np.uint8), 1, whole)
    # As the numbers that numpy counts places by: others it makes into these at every use.
    each = [one.rows.astype(np.intp) for one in found]
    words, scores = _scratch(length)
    try:
        for rows, one, is_soft in zip(each, found, soft, strict=True):
            # No row stands twice in one of them, so that each is added once.
            scores[rows] += one.scores
            if not is_soft:
                words[rows] += 1
        # Bytes of noughts and ones are gone through many times faster as truths.
        there = words.view(bool).nonzero()[0]
        matches = Matches(there, scores[there], words[there], asked, whole)
        for rows in each:
            words[rows], scores[rows] = 0, 0.0
    except Exception:
        # Whatever broke off here must not be counted for the next question.
        _own.arrays = None
        raise
    return matches


_own = threading.local()


def _scratch(length: int) -> tuple[np.ndarray, np.ndarray]:
    """Two arrays of noughts, kept for the next question: making them anew for a million rows takes milliseconds."""
    held = getattr(_own, "arrays", None)
    if held is None or len(held[0]) < length or len(held[0]) > 4 * length + 100_000:
        held = _own.arrays = (np.zeros(length, np.uint8), np.zeros(length))
    return held[0][:length], held[1][:length]


def with_meaning(matches: Matches, like: np.ndarray, *, few: bool) -> Matches:
    """The same with how like every row of the index is; rows that are like enough join those that hold a word."""
    joined = np.union1d(matches.rows, (like >= LEAST_LIKE).nonzero()[0])
    scores, words = np.zeros(len(like)), np.zeros(len(like), np.int64)
    scores[matches.rows], words[matches.rows] = matches.scores, matches.words
    return replace(matches, rows=joined, scores=scores[joined], words=words[joined], like=like[joined], few=few)


def answered(needed: Sequence[Found], weights: Sequence[float], length: int) -> np.ndarray:
    """For each row how well it answers the needs of a sentence, to be added to the likeness of its meaning."""
    answers = np.zeros(length, np.float32)
    for one, weight in zip(needed, weights, strict=True):
        answers[one.rows] += worth(one.scores / np.float32(weight), weight)
    return answers


def worth(score: np.ndarray, weight: float) -> np.ndarray:
    """What it is worth beside a likeness from 0 to 1 that a listing's words answer a need so well."""
    return np.float32(NEED * weight) * score / (score + HALF_AN_ANSWER)


def either(found: Sequence[Found]) -> Found:
    """Any of some alternatives, at the best score that one of them gives and a part of the others'."""
    if len(found) == 1:
        return found[0]
    rows = np.concatenate([one.rows for one in found])
    scores = np.concatenate([one.scores for one in found])
    by = np.argsort(rows, kind="stable")
    rows, scores = rows[by], scores[by]
    if not len(rows):
        return Found(rows, scores)
    first = np.flatnonzero(np.concatenate([[True], rows[1:] != rows[:-1]]))
    best, every = np.maximum.reduceat(scores, first), np.add.reduceat(scores, first)
    return Found(rows[first], best + np.float32(ALSO) * (every - best))


def nothing() -> Matches:
    """Something was asked, and no row holds it."""
    return Matches(np.empty(0, np.int32), np.empty(0), np.empty(0, np.int64), 1, 0)
