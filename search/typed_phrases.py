"""Phrases that staff write, found in what people type: no pattern from a form is ever run, and nothing can blow up.

A phrase is plain words. `*` stands for up to four words in between; a phrase in double quotes counts only when it is
all that was typed. Both sides are read alike: folded, "im" as "i am", stems for words, and anybody's "my husband",
"she" or "them" as one person, so that one line serves many ways of saying it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from search.seeds import words
from search.stems import stem
from search.understand import words_of

LONGEST_TEXT = 300
MOST_TOKENS = 80
GAP = 4
MOST_PHRASES = 600
LONGEST_PHRASE = 120
MOST_PHRASE_WORDS = 12
ANY = "*"

WORDS = words()
# One word typed → what it stands for: "im" is "i am", "hubby" a person.
SAID_AS = {typed: tuple(said.split()) for typed, said in WORDS["said_as"].items()}
PEOPLE, CHILDREN, ME, FILLERS, SMALL = (
    frozenset(WORDS[name].split()) for name in ("people", "children", "me", "fillers", "small")
)
ONE_TOKEN = {
    **dict.fromkeys(PEOPLE, "he"),
    **dict.fromkeys(CHILDREN, "child"),
    **dict.fromkeys(ME, "me"),
    **dict.fromkeys(("my", "our"), "my"),
    "we": "i",
}
# Long words with no ordinary neighbours, which people in distress spell in many ways: word → errors forgiven.
OFTEN_MISSPELT = {"suicide": 2, "suicidal": 2, "overdose": 1, "unconscious": 2, "strangle": 1, "strangled": 1}
NOT_MISSPELT = frozenset({"overdone", "overdue", "strange", "stranger", "strangers", "conscious"})
STAR = re.compile(r"\*+")


@dataclass(frozen=True, slots=True)
class TypedPhrase:
    """Tokens, with `ANY` between those that other words may part. `alone`: only when nothing else was typed."""

    tokens: tuple[str, ...]
    alone: bool = False


def tokens_of(text: str) -> tuple[str, ...]:
    """What was typed, as the words that phrases are compared by; bounded."""
    found: list[str] = []
    for word in _joined(words_of(text[:LONGEST_TEXT])):
        for said in SAID_AS.get(word, (word,)):
            token = _token(said)
            if token in FILLERS:
                continue
            # "my husband" is "he"; "my son" is a child.
            if token in ("he", "child") and found and found[-1] == "my":
                found.pop()
            found.append(token)
    return tuple(found[:MOST_TOKENS])


def _joined(words: list[str]) -> Iterator[str]:
    """Words, with what a lost apostrophe has parted put together again: "don t", "i m", "he s"."""
    place = 0
    while place < len(words):
        both = words[place] + words[place + 1] if place + 1 < len(words) else ""
        if both and len(words[place + 1]) <= 2 and words[place + 1] in ("t", "m", "s", "ve", "re") and both in SAID_AS:
            yield both
            place += 2
        else:
            yield words[place]
            place += 1


def _token(word: str) -> str:
    if word in ONE_TOKEN or word in FILLERS:
        return ONE_TOKEN.get(word, word)
    stemmed = stem(_spelt(SAID_AS.get(word, (word,))[0]))
    said = stem(SAID_AS.get(stemmed, (stemmed,))[0])
    # "my daughter's ex", "my brothers": a name of one person with an s behind it.
    return ONE_TOKEN.get(said, said)


def _spelt(word: str) -> str:
    """A word that is often misspelt in distress, as it should be."""
    if len(word) < 6 or word in NOT_MISSPELT or word in OFTEN_MISSPELT:
        return word
    for right, errors in OFTEN_MISSPELT.items():
        if word[0] == right[0] and OSA.distance(word, right, score_cutoff=errors) <= errors:
            return right
    return word


def read_phrase(line: str) -> TypedPhrase | None:
    """One line of a form; none when it has no word."""
    line = line.strip()[:LONGEST_PHRASE]
    alone = len(line) > 2 and line[0] in '"“”' and line[-1] in '"“”'
    tokens: list[str] = []
    for part in STAR.split(line):
        words = tokens_of(part)
        if words and tokens:
            tokens.append(ANY)
        tokens += words
    return TypedPhrase(tuple(tokens[: 2 * MOST_PHRASE_WORDS]), alone) if tokens else None


def read_phrases(lines: str) -> tuple[TypedPhrase, ...]:
    """The phrases of a form, one a line."""
    read = (read_phrase(line) for line in lines.splitlines()[:MOST_PHRASES])
    return tuple(dict.fromkeys(phrase for phrase in read if phrase is not None))


def is_telling(phrase: TypedPhrase) -> bool:
    """Whether a phrase is not found in nearly everything that people type."""
    words = [token for token in phrase.tokens if token != ANY]
    return phrase.alone or len(words) >= 4 or any(len(word) >= 3 and word not in SMALL for word in words)


# (whose it is, the phrase)
Owned = tuple[int, TypedPhrase]
ByFirst = dict[str, list[Owned]]


class PhraseBook:
    """Phrases of many owners, asked together: `owners(tokens)` are those of whose phrases one is there.

    `unless`: phrases of an owner that make the words in them mean something else ("want to die at home").
    """

    def __init__(
        self, phrases: Iterable[tuple[int, TypedPhrase]], unless: Iterable[tuple[int, TypedPhrase]] = ()
    ) -> None:
        self._phrases = by_first_token(phrases)
        self._unless = by_first_token(unless)

    def owners(self, tokens: tuple[str, ...]) -> set[int]:
        excused: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for owner, start, end in spans(tokens, self._unless):
            excused[owner].append((start, end))
        return {
            owner
            for owner, start, end in spans(tokens, self._phrases)
            if not any(first <= start and end <= last for first, last in excused[owner])
        }


def by_first_token(phrases: Iterable[Owned]) -> ByFirst:
    found: ByFirst = defaultdict(list)
    for owner, phrase in phrases:
        found[phrase.tokens[0]].append((owner, phrase))
    return dict(found)


def spans(tokens: tuple[str, ...], phrases: ByFirst) -> Iterator[tuple[int, int, int]]:
    """(owner, start, end) of each phrase that is there."""
    for start, token in enumerate(tokens):
        for owner, phrase in phrases.get(token, ()):
            end = ends_at(phrase, tokens, start)
            if end is not None and not (phrase.alone and (start, end) != (0, len(tokens))):
                yield owner, start, end


def ends_at(phrase: TypedPhrase, tokens: tuple[str, ...], start: int) -> int | None:
    """Where a phrase that begins at `start` ends, the nearest end first; every place it may stand at is followed at
    once, so that the work is at most words times words."""
    at = {start}
    gap = False
    for token in phrase.tokens:
        if token == ANY:
            gap = True
            continue
        reach = GAP if gap else 0
        at = {
            place + 1
            for here in at
            for place in range(here, min(here + reach + 1, len(tokens)))
            if tokens[place] == token
        }
        gap = False
        if not at:
            return None
    return len(tokens) if phrase.alone and len(tokens) in at else min(at)
