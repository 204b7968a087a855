"""What is asked in words, in the cluster's own terms: `Wording(terms, vocabulary)`.

Each group of `search.terms` is one named query, so that the score that it gives a listing comes back with the listing
and is put together by `search.matches` and `search.rank`, as for the embedded engine.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from math import log

from search.elastic.mapping import EVERY_TEXT
from search.elastic.queries import NOTHING, Condition, at_least, best_of, either, leaf
from search.knowledge import Vocabulary
from search.matches import ALSO, enough_words, least_words
from search.rank import BOOSTS, TIE
from search.stems import stem
from search.terms import Group, Phrase, Terms

# What a word in the name, tags and summary of a listing comes to, for each unit of its rarity: measured, roughly.
A_GOOD_MATCH = 2.0


class Wording:
    """The groups of one question."""

    def __init__(self, terms: Terms, vocabulary: Vocabulary | None) -> None:
        self.groups = terms.groups
        self.asked = terms.required
        self._needs = terms.needs
        self._vocabulary = vocabulary

    @property
    def wanted(self) -> int:
        """How many of the groups are enough."""
        return enough_words(self.asked)

    @property
    def least(self) -> int:
        """How few will do where few listings hold enough."""
        return least_words(self.asked)

    @cached_property
    def named(self) -> list[Condition]:
        """Every group, named by its place, with scores."""
        return [scored(group, name=str(place)) for place, group in enumerate(self.groups)]

    @cached_property
    def firm(self) -> list[Condition]:
        return [query for query, group in zip(self.named, self.groups, strict=True) if not group.soft]

    @cached_property
    def soft(self) -> list[Condition]:
        return [query for query, group in zip(self.named, self.groups, strict=True) if group.soft]

    @cached_property
    def needs(self) -> list[Condition]:
        """What the sentence says that somebody needs, named, with what a group would score."""
        return [
            scored(
                replace(group, alternatives=tuple(replace(one, weight=1.0) for one in group.alternatives)), name=name
            )
            for name, group in zip(need_names(self._needs), self._needs, strict=True)
        ]

    @cached_property
    def plain(self) -> list[Condition]:
        """The groups that are asked for, to be counted by."""
        return [held(group) for group in self.groups if not group.soft]

    def holding(self, level: int) -> Condition:
        """Listings that hold so many of the groups."""
        if level > self.asked or not self.asked:
            return NOTHING
        if level == 1:
            return either(*self.plain)
        return at_least(level, self.plain)

    @cached_property
    def best_score(self) -> float:
        """About the most that the groups together can score, from how rare their words are."""
        return max(sum(self._best(group) for group in self.groups), 1.0)

    def _best(self, group: Group) -> float:
        return max(one.weight * A_GOOD_MATCH * sum(map(self._rarity, one.words)) for one in group.alternatives)

    def _rarity(self, word: str) -> float:
        if self._vocabulary is None:
            return 1.0
        return log(1 + self._vocabulary.listings() / (self._vocabulary.known().get(word, 0) + 1))


def need_names(needs: Sequence[Group]) -> list[str]:
    """The names under which the scores of needs come back."""
    return [f"need {place}" for place in range(len(needs))]


def scored(group: Group, *, name: str) -> Condition:
    """The best of a group's alternatives, each the best of the texts, and a part of what the others give."""
    found = [
        best_of([in_text(text, one, BOOSTS[text]) for text in BOOSTS], TIE, boost=one.weight)
        for one in group.alternatives
    ]
    return best_of(found, ALSO, _name=name)


def held(group: Group) -> Condition:
    """Listings that hold any of a group's alternatives in any text."""
    return either(*(in_text(EVERY_TEXT, one) for one in group.alternatives))


def in_text(text: str, phrase: Phrase, boost: float = 1.0) -> Condition:
    stems = [stem(word) for word in phrase.words]
    if len(stems) == 1:
        return leaf("term", **{text: {"value": stems[0], "boost": boost}})
    return leaf("match_phrase", **{text: {"query": " ".join(stems), "boost": boost}})
