"""Learning from everyday sentences what people need: `learn(model)` → arrays for `search.learned`.

Given are vectors of sentences, and of the words that listings have for what each of them needs. Looked for is the
linear turn after which every sentence is nearest to its own words among all of them, that stays close to no turn at
all: with a few thousand sentences, whatever is free to fit them fits only them. Descent by Adam on all at once (no
chance in it), the cross-entropy of a softmax; needs whose words mean nearly the same share the aim.
"""

import logging
from pathlib import Path

import numpy as np
from django.conf import settings

from search.columns import write_columns
from search.learned import SHIPPED, described, forget_learned, learned, path_of
from search.meaning import NUMBERS, Model, model_id
from search.needs import needs
from search.vectors import in_bytes

log = logging.getLogger(__name__)

STEPS = 60
RATE = 0.003
# How much clearer a sentence must be to its own need than to others; and how alike two needs are that share the aim.
SHARPNESS, ALIKE = 0.12, 0.06
# How strongly the turn is held to none.
HELD = 10.0


def ensure_learned(model: Model) -> bool:
    """Learn with this model if that was never done; whether it was now."""
    if learned() is not None:
        return False
    log.info("Learning from everyday sentences: this is done once, and takes some minutes.")
    keep(model, path_of(model_id(), settings.DATA_DIR))
    return True


def keep(model: Model, path: Path = SHIPPED) -> None:
    """Learn, and write it where `learned` finds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    write_columns(draft, learn(model), described(model_id()))
    draft.replace(path)
    forget_learned()


def learn(model: Model) -> dict[str, np.ndarray]:
    """The arrays of `search.learned.Learned`, flat."""
    lengths = [len(need.said) for need in needs()]
    said = model.embed(one for need in needs() for one in need.said)
    headings = model.embed(need.heading for need in needs())
    values, scales = in_bytes(said)
    return {
        "said": values.ravel(),
        "scales": scales,
        "starts": np.cumsum([0, *lengths])[:-1],
        "headings": headings.ravel(),
        "turn": turn(said, headings, np.repeat(np.arange(len(lengths)), lengths)).ravel(),
    }


def turn(said: np.ndarray, headings: np.ndarray, need: np.ndarray) -> np.ndarray:
    """The turn (384 by 384) that brings each sentence to its need; `need[i]` is the heading that sentence i has."""
    none = np.eye(NUMBERS, dtype=np.float32)
    found, speed, spread = none.copy(), np.zeros_like(none), np.zeros_like(none)
    aim = _aim(headings)[need]
    for step in range(1, STEPS + 1):
        slope = (_slope(said, headings, aim, found) + HELD * (found - none)) / len(said)
        speed = 0.9 * speed + 0.1 * slope
        spread = 0.999 * spread + 0.001 * slope**2
        found -= RATE * (speed / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    return found


def _aim(headings: np.ndarray) -> np.ndarray:
    """How likely each need is to be meant where another is: by how alike their words are."""
    found = np.exp((headings @ headings.T - 1) / ALIKE)
    found[found < 0.05] = 0
    return (found / found.sum(axis=1, keepdims=True)).astype(np.float32)


def _slope(said: np.ndarray, headings: np.ndarray, aim: np.ndarray, turned_by: np.ndarray) -> np.ndarray:
    """The slope of all sentences' cross-entropies together."""
    turned = said @ turned_by
    length = np.linalg.norm(turned, axis=1, keepdims=True)
    turned /= length
    chance = turned @ headings.T / SHARPNESS
    chance -= chance.max(axis=1, keepdims=True)
    np.exp(chance, out=chance)
    chance /= chance.sum(axis=1, keepdims=True)
    chance -= aim
    push = chance @ headings / SHARPNESS
    push -= turned * (push * turned).sum(axis=1, keepdims=True)
    return said.T @ (push / length)
