"""One typing error forgiven in words of which the last may be half typed: `respelt(typed, words)`."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import Protocol

SHORTEST, LONGEST = 4, 20
MOST_READINGS = 3
# Of all words that begin in one way, so many are looked at to tell how common they are.
LOOKED_AT = 20


class Words(Protocol):
    def known(self) -> dict[str, int]: ...

    def in_order(self) -> Sequence[str]: ...


def respelt(typed: Sequence[str], words: Words) -> list[list[str]]:
    """The same words with the one that nobody knows put right, the likeliest reading first; none when two are wrong."""
    known, in_order = words.known(), words.in_order()
    last = len(typed) - 1
    wrong = [at for at, word in enumerate(typed) if not (begun(word, in_order) if at == last else word in known)]
    if len(wrong) != 1 or not is_a_word(typed[wrong[0]]):
        return []
    at = wrong[0]
    common = {
        other: sum(known.get(one, 0) for one in begun(other, in_order)) if at == last else known.get(other, 0)
        for other in one_error_away(typed[at])
    }
    likely = sorted(
        (one for one in common if common[one]),
        key=lambda one: (one[:1] != typed[at][0], one not in known, -common[one], one),
    )
    return [[*typed[:at], other, *typed[at + 1 :]] for other in likely[:MOST_READINGS]]


def is_a_word(word: str) -> bool:
    return word.isalpha() and SHORTEST <= len(word) <= LONGEST


def begun(start: str, in_order: Sequence[str]) -> list[str]:
    """Some of the words that begin so."""
    first = bisect_left(in_order, start)
    return [word for word in in_order[first : first + LOOKED_AT] if word.startswith(start)]


def one_error_away(word: str) -> Iterator[str]:
    """A letter too many, too few, another, or two changed about: each once."""
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {before + after[1:] for before, after in splits if after}
    found |= {before + after[1] + after[0] + after[2:] for before, after in splits if len(after) > 1}
    found |= {before + letter + after[1:] for before, after in splits if after for letter in ascii_lowercase}
    found |= {before + letter + after for before, after in splits for letter in ascii_lowercase}
    yield from sorted(found - {word})
