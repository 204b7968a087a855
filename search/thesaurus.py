"""What means the same, held in memory: `thesaurus()` is the process's own, at most a minute behind the database.

Terms meet by the stems of their words, with small words between them or without: “looking after someone” is found in
“looked after my old mum”. Nothing is carried on: what means the same as a term's alternatives is not looked for.
"""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from django.db import DatabaseError
from django.db.models import Count, Max
from django.db.models.signals import post_delete, post_save

from search.common_words import ANYONE, COMPARED_AS, PASSED_OVER, SMALL_WORDS, SOMEONE
from search.models.thesaurus import Synonyms, Way, lines_of
from search.stems import stem
from search.terms import Phrase
from search.understand import words_of

# What finding another word than the one typed counts.
WEIGHT = 0.6
# The same for a wider word: what holds nothing nearer comes last.
WIDER = 0.2
MOST_ALTERNATIVES, MOST_WITH_WIDER = 12, 15
MOST_SMALL_WORDS = 3
# Of what was asked, the last so many are not worked out again.
MOST_REMEMBERED = 4_000
SECONDS_UNCHECKED = 30.0
# Stands among stems for “someone”; no stem has a capital.
ANYBODY = "SOMEONE"

Words = tuple[str, ...]


@dataclass(frozen=True)
class Meanings:
    """One group: any of `terms` typed also looks for each of `means`, in their order."""

    terms: tuple[str, ...]
    means: tuple[str, ...]
    weight: float = WEIGHT


@dataclass(slots=True)
class Node:
    """A place in the tree of terms, one word deeper at each step; `same` is what a term that ends here looks for."""

    after: "dict[str, Node]" = field(default_factory=dict)
    same: list[tuple[float, tuple[Words, ...]]] = field(default_factory=list)


class Thesaurus:
    def __init__(self, groups: Iterable[Meanings] = ()) -> None:
        self._root = Node()
        words: set[str] = set()
        for group in groups:
            means = tuple(_looked_for(group.means))
            words.update(word for term in means for word in term)
            for term in group.terms:
                words.update(self._add(term, (group.weight, means)))
        # Folded and unstemmed, for correcting spelling.
        self.words = frozenset(words)
        self._stems = {stem(word) for word in words}
        self._remembered = lru_cache(maxsize=MOST_REMEMBERED)(self._alternatives)

    def _add(self, term: str, means: tuple[float, tuple[Words, ...]]) -> list[str]:
        words = words_of(term)
        if all(word in SMALL_WORDS or word in SOMEONE for word in words):
            return []
        node = self._root
        for one in _key(words):
            node = node.after.setdefault(one, Node())
        node.same.append(means)
        return words

    def knows(self, word: str) -> bool:
        """Whether some term holds this word."""
        return stem(word) in self._stems

    def longest(self, words: Sequence[str], at: int) -> int:
        """How many words from `at` on form the longest known term; 0 for none."""
        return max((end - at for end, node in self._walk(words, at) if node.same), default=0)

    def alternatives(self, words: Words) -> tuple[Phrase, ...]:
        """What means the same as a term, itself first, at most 12, and then what is wider; a word of no term has only
        itself.
        """
        return self._remembered(tuple(words))

    def _alternatives(self, words: Words) -> tuple[Phrase, ...]:
        same = [means for end, node in self._walk(words, 0) if end == len(words) for means in node.same]
        found = [Phrase(words)]
        stems = [_stems(words)]
        for wanted, most in ((WEIGHT, MOST_ALTERNATIVES), (WIDER, MOST_WITH_WIDER)):
            for turn in zip_longest(*(means for weight, means in same if weight == wanted)):
                for other in filter(None, turn):
                    theirs = _stems(other)
                    if len(found) < most and not any(_stands_in(one, theirs) for one in stems):
                        found.append(Phrase(other, wanted))
                        stems.append(theirs)
        return tuple(found)

    def _walk(self, words: Sequence[str], at: int) -> Iterator[tuple[int, Node]]:
        """Every way from `at` on through the tree: (where the next word stands, how far it got)."""
        due = [(at, self._root, 0)]
        while due:
            here, node, passed = due.pop()
            if here >= len(words):
                continue
            word = words[here]
            steps = [node.after.get(_stem(word))]
            if word in ANYONE:
                steps.append(node.after.get(ANYBODY))
            for step in filter(None, steps):
                yield here + 1, step
                due.append((here + 1, step, 0))
            if here > at and word in PASSED_OVER and passed < MOST_SMALL_WORDS:
                due.append((here + 1, node, passed + 1))


def _stem(word: str) -> str:
    return stem(COMPARED_AS.get(word, word))


def _key(words: Sequence[str]) -> Iterator[str]:
    """The stems by which a term is known: its first word, and the others that are not small."""
    for place, word in enumerate(words):
        if word in SOMEONE:
            yield ANYBODY
        elif place == 0 or word not in PASSED_OVER:
            yield _stem(word)


def _looked_for(terms: Iterable[str]) -> Iterator[Words]:
    """Terms as they are looked for; those with “someone” are only ever typed."""
    for term in terms:
        words = tuple(words_of(term))
        if words and not SOMEONE & set(words):
            yield words


def _stems(words: Words) -> Words:
    return tuple(stem(word) for word in words)


def _stands_in(short: Words, long: Words) -> bool:
    """Whether words stand one after the other in others: whatever holds the longer is found by the shorter."""
    size = len(short)
    return any(long[at : at + size] == short for at in range(len(long) - size + 1))


def groups_in_use() -> Iterator[Meanings]:
    """The groups that staff keep, out of the database."""
    for group in Synonyms.objects.filter(active=True).order_by("pk"):
        terms = tuple(lines_of(group.terms))
        means = terms if group.way == Way.BOTH else tuple(lines_of(group.means))
        yield Meanings(terms, means, WIDER if group.way == Way.WIDER else WEIGHT)


@dataclass(slots=True)
class Kept:
    """The thesaurus of this process, what the database held when it was read, and when that was last looked at."""

    thesaurus: Thesaurus = field(default_factory=Thesaurus)
    state: object = None
    looked_at: float = float("-inf")


_kept = Kept()
_reading = threading.Lock()


def thesaurus() -> Thesaurus:
    """Of this process, looked after every 30 seconds; while the database fails, the last one read, or an empty one."""
    if time.monotonic() - _kept.looked_at >= SECONDS_UNCHECKED:
        with _reading:
            if time.monotonic() - _kept.looked_at >= SECONDS_UNCHECKED:
                _look_again()
    return _kept.thesaurus


def _look_again() -> None:
    try:
        state = Synonyms.objects.aggregate(Count("pk"), Max("updated_at"))
        if state != _kept.state:
            _kept.thesaurus, _kept.state = Thesaurus(groups_in_use()), state
    except DatabaseError:
        # Search goes on by the words as they are typed; the next look is in half a minute.
        pass
    _kept.looked_at = time.monotonic()


def forget_thesaurus(**_options: Any) -> None:
    """Read it anew when it is next asked for."""
    with _reading:
        _kept.thesaurus, _kept.state, _kept.looked_at = Thesaurus(), None, float("-inf")


def connect() -> None:
    """Forget what was read as soon as this process changes it; called once, when the app is ready."""
    for signal, name in ((post_save, "saved"), (post_delete, "deleted")):
        signal.connect(forget_thesaurus, sender=Synonyms, dispatch_uid=f"thesaurus-{name}")
