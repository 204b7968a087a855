"""Spelling, held against the words of the directory itself: never into a word that finds nothing."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jellyfish import metaphone
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.knowledge import Knowledge, Vocabulary
from search.stems import stem

LETTERS = re.compile(r"[^\W\d_]+")

# Shorter words are too easily another word.
SHORTEST_TO_CORRECT = 4
SHORTEST_TO_COMPLETE = 3
MOST_COMPLETIONS = 12
SHORTEST_HALF = 3
# From so many letters up two errors are forgiven.
TWO_ERRORS_FROM = 7


# A word that sounds the same may be written with so many errors.
MOST_ERRORS_BY_EAR = 3

# The words of the sentence model are those of everyday English: names and fragments among them do no harm. Those that
# people say of themselves stand in the sentences of their needs.
ENGLISH = Path(__file__).parent / "data" / "minilm" / "vocab.txt"
SAID = Path(__file__).parent / "data" / "needs"


@cache
def english() -> frozenset[str]:
    """Words that are sound English whether the directory has them or not, in lower case, without apostrophes."""
    said = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SAID.glob("*.txt"))).lower()
    words = {*ENGLISH.read_text(encoding="utf-8").split(), *LETTERS.findall(said.replace("'", "").replace("’", ""))}
    return frozenset(filter(str.isalpha, words))


@cache
def _english_stems() -> frozenset[str]:
    return frozenset(map(stem, english()))


def is_english(word: str) -> bool:
    """Whether a word is sound English, in any of its forms."""
    return word in english() or stem(word) in _english_stems()


def completions(start: str, words: Vocabulary) -> tuple[str, ...]:
    """Words that begin as the last word typed does, the commonest first; a number is never completed."""
    if len(start) < SHORTEST_TO_COMPLETE or not start.isalpha():
        return ()
    found = [(-count, word) for word, count in words.known().items() if word.startswith(start)]
    return tuple(word for _count, word in sorted(found)[:MOST_COMPLETIONS] if words.has(word))


def correction(word: str, knowledge: Knowledge) -> str:
    """The commonest of the known words nearest in spelling, or two that were run together; nothing when none is."""
    if knowledge.words is None or len(word) < SHORTEST_TO_CORRECT or not word.isalpha():
        return ""
    known = dict(knowledge.words.known())
    for more in (knowledge.thesaurus, knowledge.places):
        for other in () if more is None else more.words:
            known.setdefault(other, 0)
    errors = 1 if len(word) < TWO_ERRORS_FROM else 2
    one = nearest(word, known, 1, knowledge) or split(word, knowledge)
    one = one or (nearest(word, known, 2, knowledge) if errors > 1 else "")
    return one or next((other for other in by_ear(word, known) if knowledge.finds(other)), "")


def by_ear(word: str, known: Mapping[str, int]) -> list[str]:
    """Known words that sound the same, those written most like it first: “hospis” is hospice."""
    sound = metaphone(word)
    same = [other for other in known if other[0] == word[0] and metaphone(other) == sound]
    found = process.extract(word, same, scorer=OSA.distance, score_cutoff=MOST_ERRORS_BY_EAR, limit=20)
    return [other for other, _errors, _place in sorted(found, key=lambda one: (one[1], -known[one[0]], one[0]))]


def also_meant(word: str, knowledge: Knowledge) -> str:
    """For what is known by its stem alone, and is no word of English: what sounds the same, if anything does.

    “Counciling” has the stem of the council, and means counselling.
    """
    words = knowledge.words
    if words is None or word in words.known() or len(word) < SHORTEST_TO_CORRECT or word in english():
        return ""
    by_stem = stem(word)
    return next((other for other in by_ear(word, words.known()) if stem(other) != by_stem and words.has(other)), "")


def nearest(word: str, known: dict[str, int], errors: int, knowledge: Knowledge) -> str:
    """The best known word within so many errors; the same first letter first, then the commonest."""
    near = [other for other in known if abs(len(other) - len(word)) <= errors and other.isalpha() and len(other) > 2]
    found = process.extract(word, near, scorer=OSA.distance, score_cutoff=errors, limit=20)
    best = sorted(found, key=lambda one: (one[1], one[0][0] != word[0], -known[one[0]], one[0]))
    return next((other for other, _errors, _place in best if knowledge.finds(other)), "")


def split(word: str, knowledge: Knowledge) -> str:
    """Two known words that were run together, with a space between: “lunchclub”."""
    if knowledge.words is None:
        return ""
    known = knowledge.words.known()
    found = [
        (min(known.get(word[:at], 0), known.get(word[at:], 0)), f"{word[:at]} {word[at:]}")
        for at in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
        if known.get(word[:at]) and known.get(word[at:]) and knowledge.words.has(word[:at])
    ]
    return max(found, default=(0, ""))[1]
