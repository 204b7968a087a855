"""Spelling, held against the words of the directory itself: never into a word that finds nothing."""

from functools import cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.knowledge import Knowledge, Vocabulary

# Shorter words are too easily another word.
SHORTEST_TO_CORRECT = 4
SHORTEST_TO_COMPLETE = 3
MOST_COMPLETIONS = 12
SHORTEST_HALF = 3
# From so many letters up two errors are forgiven.
TWO_ERRORS_FROM = 7


# The words of the sentence model, which are those of everyday English: names and fragments among them do no harm.
ENGLISH = Path(__file__).parent / "data" / "minilm" / "vocab.txt"


@cache
def english() -> frozenset[str]:
    """Words that are sound English whether the directory has them or not."""
    return frozenset(line for line in ENGLISH.read_text(encoding="utf-8").splitlines() if line.isalpha())


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
    one = nearest(word, known, 1, knowledge)
    return one or split(word, knowledge) or (nearest(word, known, 2, knowledge) if errors > 1 else "")


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
