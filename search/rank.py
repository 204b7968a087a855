"""In what order listings are shown. All weights stand here.

A listing whose name was typed comes first; then those that match more of the words; within those, how well the words
match, how near it is (coming to you, by phone and online count as a short walk: they are not punished for having no
door), whether it names this place among what it covers, how fresh its checks are, and whether it takes new people.
"""

import datetime as dt
from collections.abc import Iterator

import numpy as np

from search.around import METRES_A_MILE, Around
from search.facts import Facts
from search.matches import Matches

# How much a word counts in each text of a listing, and how much the lesser texts add to the best one.
BOOSTS = {"name": 2.0, "tags": 2.0, "summary": 2.0, "place": 0.7, "description": 1.0}
TIE = 0.5
EXACT_NAME = 100.0
# The name of who runs it.
EXACT_PROVIDER = 50.0
WORDS_MATCHED = 10.0
TEXT = 3.0
# A sentence: likeness of meaning, and beside it how well the best words match, from 0 to 1.
SENTENCE = 10.0
WORDS_TO_MEANING = 0.25
# What means the same as a few words stays behind what holds them.
FEW_WORDS = 3.0
NEARNESS = 1.2
NAMES_THIS_PLACE = 0.2
FRESHNESS = 0.4
TAKING_NEW = 0.2
ACROSS_A_BARRIER = -0.8
# The distance, in miles, at which nearness has fallen to a half.
HALF_NEAR_MILES = 1.5
# What reaches a person anywhere counts as being so near.
REMOTE_NEARNESS = 0.6
# Fresh until so many days after a check, then less and less, to nothing.
FRESH_DAYS = 183
STALE_DAYS = 730


def best(facts: Facts, rows: np.ndarray, matches: Matches | None, here: Around | None, on: dt.date) -> np.ndarray:
    """A score for each row, the best highest; `matches` and `here` are cut to the same rows."""
    score = np.zeros(len(rows))
    for _name, part in _parts(facts, rows, matches, here, on):
        score += part
    return score


def parts(
    facts: Facts, rows: np.ndarray, matches: Matches | None, here: Around | None, on: dt.date
) -> dict[str, np.ndarray]:
    """What each row's score is made of, by name; their sum is `best`."""
    return dict(_parts(facts, rows, matches, here, on))


def _parts(
    facts: Facts, rows: np.ndarray, matches: Matches | None, here: Around | None, on: dt.date
) -> Iterator[tuple[str, np.ndarray]]:
    if matches is not None:
        whole = np.uint64(matches.whole)
        yield "name", EXACT_NAME * (facts.name_hash[rows] == whole)
        yield "provider", EXACT_PROVIDER * (facts.provider_hash[rows] == whole)
        if matches.by_meaning and not matches.few:
            yield "meaning", SENTENCE * fused(matches)
        else:
            yield "words", WORDS_MATCHED * matches.words / matches.asked
            yield "text", TEXT * share_of_best(matches.scores)
            if matches.by_meaning:
                yield "alike", FEW_WORDS * share_of_best(np.clip(matches.like, 0, None))
    if here is not None:
        yield "near", NEARNESS * nearness(here)
        yield "named", NAMES_THIS_PLACE * here.named
        yield "across", ACROSS_A_BARRIER * (here.metres_across < here.metres) * (here.across_counts or here.no_limit)
    yield "fresh", FRESHNESS * freshness(facts.checked[rows], on)
    yield "taking", TAKING_NEW * facts.taking[rows]


def fused(matches: Matches) -> np.ndarray:
    """Likeness of meaning and the match of the words, added up; 1 for the best row."""
    return share_of_best(np.clip(matches.like, 0, None) + WORDS_TO_MEANING * share_of_best(matches.scores))


def share_of_best(score: np.ndarray) -> np.ndarray:
    """1 for the best row."""
    return score / (score.max(initial=0.0) or 1.0)


def nearness(here: Around) -> np.ndarray:
    """From 1 at the door towards 0; what comes to you or can be rung is never far."""
    by_distance = 1 / (1 + here.distance / (HALF_NEAR_MILES * METRES_A_MILE))
    return np.where(here.wherever, np.maximum(by_distance, REMOTE_NEARNESS), by_distance)


def freshness(checked: np.ndarray, on: dt.date) -> np.ndarray:
    """1 for half a year after the weakest check, falling to 0 at two years; 0 when nothing was ever checked."""
    age = on.toordinal() - checked
    return np.clip((STALE_DAYS - age) / (STALE_DAYS - FRESH_DAYS), 0.0, 1.0) * (checked > 0)


def nearest_first(here: Around, score: np.ndarray) -> np.ndarray:
    """A score that sorts by distance, what cannot be measured last; among equals, as `score` has them."""
    measured = np.isfinite(here.distance)
    return np.where(measured, -here.distance, -1e9) + score / 1000


def order(score: np.ndarray, facts: Facts, rows: np.ndarray, first: int) -> np.ndarray:
    """Positions of the `first` best, best first; equal scores go by name and then by id, the same at every asking."""
    chosen = np.arange(len(score))
    if first < len(score):
        chosen = np.flatnonzero(score >= np.partition(score, -first)[-first])
    by = (facts.ids[rows[chosen]], facts.name_key[rows[chosen]], -score[chosen])
    return chosen[np.lexsort(by)][:first]
