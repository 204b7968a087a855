"""What a person's words mean: `understand(text, words) -> Terms`, the same for every engine.

`fold` is done to what is indexed and to what is asked alike, before an engine's own stemming.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST_WORDS = 12
LONGEST_WORD = 40
# Shorter words are too easily another word.
SHORTEST_TO_CORRECT = 4
SHORTEST_TO_COMPLETE = 3
MOST_COMPLETIONS = 12
STOP_WORDS = frozenset(
    """a about am an and any are as at be been but by can could did do does for from had has have he her hers him
    his how i if in into is it its ive im me mine my near nearby of on or our ours please she should so some
    than that the their them then there these they this those to up us was we were what when where which who
    whom why will with would you your""".split()  # noqa: SIM905
)
APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼ＇"))
ASCII_BLANKS = {**dict.fromkeys([*range(32), 127], " "), **{ord(mark): None for mark in "'`"}}
WORD = re.compile(r"[^\W_]+")


class Vocabulary(Protocol):
    """The words of the directory, folded and unstemmed."""

    def has(self, word: str) -> bool:
        """Whether a live listing would be found by this word."""

    def known(self) -> dict[str, int]:
        """Every word, with the number of listings it stands in."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is looked for: `groups` holds the words that each stand for one thing asked, any of which will do."""

    groups: tuple[tuple[str, ...], ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    # Everything typed, folded, for telling an exact name.
    whole: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(group[0] for group in self.groups)


def fold(text: str) -> str:
    """Lower case, no accents, no apostrophes ("Carer’s" and "carers" are one), nothing that cannot be seen."""
    if text.isascii():
        return text.lower().translate(ASCII_BLANKS)
    plain = unicodedata.normalize("NFKD", text.translate(APOSTROPHES)).casefold()
    return "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in plain if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [word[:LONGEST_WORD] for word in WORD.findall(fold(text))]


def whole_of(text: str) -> str:
    """A text as its folded words with one space between: equal for two ways of writing one name."""
    return " ".join(words_of(text))


def understand(text: str, words: Vocabulary | None = None) -> Terms:
    """Read a person's words; without a vocabulary nothing is corrected or completed."""
    typed = words_of(text)
    asked = [word for word in typed if word not in STOP_WORDS] or typed
    asked = list(dict.fromkeys(asked))[:MOST_WORDS]
    groups: list[tuple[str, ...]] = []
    corrected: list[tuple[str, str]] = []
    for place, word in enumerate(asked):
        group: tuple[str, ...] = (word,)
        if words is not None and not words.has(word):
            group = completions(word, words) if place == len(asked) - 1 else ()
            if not group:
                better = correction(word, words)
                corrected += [(word, better)] if better else []
                group = (better or word,)
        groups.append(group)
    return Terms(tuple(dict.fromkeys(groups)), tuple(corrected), " ".join(typed))


def completions(start: str, words: Vocabulary) -> tuple[str, ...]:
    """Words that begin as the last word typed does, the commonest first; a number is never completed."""
    if len(start) < SHORTEST_TO_COMPLETE or not start.isalpha():
        return ()
    found = [(-count, word) for word, count in words.known().items() if word.startswith(start)]
    return tuple(word for _count, word in sorted(found)[:MOST_COMPLETIONS] if words.has(word))


def correction(word: str, words: Vocabulary) -> str:
    """The commonest of the directory's words nearest in spelling, or nothing; digits are never corrected."""
    if len(word) < SHORTEST_TO_CORRECT or not word.isalpha():
        return ""
    known = words.known()
    errors = 1 if len(word) < 8 else 2
    near = [other for other in known if abs(len(other) - len(word)) <= errors and other.isalpha() and len(other) > 2]
    found = process.extract(word, near, scorer=OSA.distance, score_cutoff=errors, limit=20)
    best = sorted(found, key=lambda one: (one[1], one[0][0] != word[0], -known[one[0]], one[0]))
    return next((other for other, _errors, _place in best if words.has(other)), "")
