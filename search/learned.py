"""What a sentence asks for, by what was learned of everyday ones: `learned() -> Learned`, none where nothing was.

A sentence and a listing that would help share little: “up all night with him” and “night sitting service”. Learned is a
turn of the space of meanings by which sentences come to lie where the words of what they need lie (`search.learning`).
`Learned.turned(vector)` is what listings are compared with, `Learned.needs(vector)` the needs that are looked for by
their words. The file that comes with Hereabouts was learned with the model that it comes with; `build_index` learns
anew for any other.
"""

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from django.conf import settings

from search import meaning
from search.columns import Arrays, BrokenColumns, read_columns
from search.needs import FOLDER, Need, fingerprint, needs
from search.terms import Group, Phrase
from search.vectors import dots

log = logging.getLogger(__name__)

SHIPPED = FOLDER / "learned.bin"
# How much of what listings are compared with is turned; the other part stays as it was said.
TURNED = 0.7
# What likeness to the nearest sentence of a need counts beside likeness to its words.
SAID = 1.0
# A likeness less by so much makes a need less likely by e.
STEP = 0.04
MOST_NEEDS = 3
# A less likely need is not worth looking for.
LEAST_LIKELY = 0.02


@dataclass(frozen=True)
class Learned:
    """`said` bytes and `scales`, a row a sentence; `starts` the first sentence of each need; `headings` a row a need,
    of length 1; `turn` 384 by 384.
    """

    said: np.ndarray
    scales: np.ndarray
    starts: np.ndarray
    headings: np.ndarray
    turn: np.ndarray
    about: tuple[Need, ...]

    def turned(self, vector: np.ndarray) -> np.ndarray:
        """A sentence's meaning on its way to what it needs, of length 1."""
        return unit(TURNED * unit(vector @ self.turn) + (1 - TURNED) * vector)

    def needs(self, vector: np.ndarray) -> tuple[Group, ...]:
        """The likeliest needs, as groups of words that weigh how likely they are."""
        nearest = np.maximum.reduceat(dots(vector, self.said) * self.scales, self.starts)
        like = self.headings @ unit(vector @ self.turn) + SAID * nearest
        chance = np.exp((like - like.max()) / STEP)
        chance /= chance.sum()
        best = np.argsort(-chance, kind="stable")[:MOST_NEEDS].tolist()
        return tuple(_group(self.about[place], float(chance[place])) for place in best if chance[place] > LEAST_LIKELY)


def unit(vector: np.ndarray) -> np.ndarray:
    """The same direction, of length 1."""
    return vector / np.linalg.norm(vector)


def _group(need: Need, weight: float) -> Group:
    return Group(tuple(Phrase(words, weight) for words in need.phrases), need.heading, soft=True)


def learned() -> Learned | None:
    """What was learned of today's sentences with today's model."""
    return _read(meaning.model_id(), settings.DATA_DIR)


def forget_learned() -> None:
    """Read it anew at the next asking."""
    _read.cache_clear()


def path_of(model_id: str, data: Path) -> Path:
    """Where it is kept for a model that Hereabouts does not come with."""
    return data / "vectors" / model_id / "learned"


def described(model_id: str) -> dict[str, str]:
    """What a file must say of itself to be used."""
    return {"model": model_id, "sentences": fingerprint()}


@lru_cache(maxsize=8)
def _read(model_id: str, data: Path) -> Learned | None:
    for path in (SHIPPED, path_of(model_id, data)):
        try:
            arrays, about = read_columns(path)
        except FileNotFoundError:
            continue
        except (OSError, BrokenColumns) as error:
            log.warning("What was learned of sentences cannot be read: %s", error)
            continue
        if about == described(model_id):
            return _of(arrays)
    return None


def _of(arrays: Arrays) -> Learned:
    shaped = {name: arrays[name].reshape(-1, meaning.NUMBERS) for name in ("said", "headings", "turn")}
    return Learned(**shaped, scales=arrays["scales"], starts=arrays["starts"], about=needs())
