"""What a sentence says that somebody needs: everyday sentences, each with the words that listings have for it.

`search/data/needs/*.txt` hold them: a line “# words; words” and under it sentences as people say them. A sentence that
was typed is held against all of these by meaning; the needs of the nearest are looked for by their words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from search import vectors
from search.meaning import Model
from search.terms import Group, Phrase
from search.understand import words_of

FOLDER = Path(__file__).parent / "data" / "needs"
# From so like on an example counts, and from so like on it counts in full.
LEAST_LIKE, SURELY_LIKE = 0.35, 0.7
MOST_NEEDS = 3


@dataclass(frozen=True, slots=True)
class Need:
    """One need: phrases that listings use, and sentences of people who have it."""

    phrases: tuple[tuple[str, ...], ...]
    said: tuple[str, ...]


@cache
def needs() -> tuple[Need, ...]:
    """All that are written down."""
    found: list[Need] = []
    for path in sorted(FOLDER.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            first, *said = [line.strip() for line in block.strip().splitlines()] or [""]
            if first.startswith("#") and said:
                phrases = (tuple(words_of(one)) for one in first[1:].split(";"))
                found.append(Need(tuple(one for one in phrases if one), tuple(said)))
    return tuple(found)


def sentences() -> list[str]:
    """Every sentence of every need, in order."""
    return [one for need in needs() for one in need.said]


def keep_sentences(model: Model) -> int:
    """See to it that every sentence has its vector in the store; the number made."""
    told = sentences()
    keys = [vectors.key(one) for one in told]
    missing = np.flatnonzero(vectors.store().held().rows(np.array(keys, np.uint64)) < 0).tolist()
    if missing:
        vectors.store().add([keys[place] for place in missing], model.embed(told[place] for place in missing))
    return len(missing)


def needs_in(vector: np.ndarray) -> tuple[Group, ...]:
    """The needs that a sentence speaks of, as groups of words that weigh what the likeness is worth."""
    told = _keys()
    like = told.similarities(vector)
    best = np.maximum.reduceat(like, _starts())
    found = []
    for place in np.argsort(-best, kind="stable")[:MOST_NEEDS].tolist():
        weight = (float(best[place]) - LEAST_LIKE) / (SURELY_LIKE - LEAST_LIKE)
        if weight > 0:
            found.append(_group(needs()[place], min(weight, 1.0)))
    return tuple(found)


def _group(need: Need, weight: float) -> Group:
    phrases: Iterable[Phrase] = (Phrase(words, weight) for words in need.phrases)
    return Group(tuple(phrases), " ".join(need.phrases[0]), soft=True)


@cache
def _keys() -> vectors.KeyedRows:
    return vectors.KeyedRows(np.array([vectors.key(one) for one in sentences()], np.uint64))


@cache
def _starts() -> np.ndarray:
    return np.cumsum([0, *(len(need.said) for need in needs())])[:-1]
