"""What the cluster holds of listings that may be offered while somebody types: those shown here that hold it all.

`HeldByCluster` is what `search.suggesting` asks, made on the spot from at most `MOST_LISTINGS` for each place.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from django.utils import timezone

from assets_map.places import Place
from search.elastic.answering import hits_of
from search.elastic.cluster import Deadline
from search.elastic.conditions import Conditions
from search.elastic.finding import Context
from search.elastic.queries import Condition, either, every, leaf, worth
from search.elastic.telling import document_of
from search.elastic.vocabulary import CountedWords
from search.facts import facts_of
from search.half_typed import respelt
from search.phrases import PhraseWriting
from search.query import AssetQuery, Question
from search.stems import stem
from search.subjects import Subjects, read_subjects
from search.suggesting import SENTENCE_FROM, said
from search.suggestions import SuggestQuery
from search.understand import words_of

MOST_LISTINGS = 300
Searched = dict[str, Any]
CODES = "codes."
# What stands in a name is offered before what stands elsewhere.
IN_THE_NAME, IN_WHO_RUNS_IT = 4.0, 2.0


class HeldByCluster:
    """Those listings as an engine would hold them."""

    def __init__(self, query: SuggestQuery, context: Context, vocabulary: CountedWords, deadline: Deadline) -> None:
        self.query, self.context = query, context
        self.vocabulary, self.deadline = vocabulary, deadline
        found = self._found(self._asked(words_of(query.text)))
        typed = words_of(query.text)
        if not found and 0 < len(typed) < SENTENCE_FROM:
            found = self._found([one for other in respelt(typed, vocabulary) for one in self._asked(other)])
        heard = PhraseWriting()
        documents = (document_of(int(hit["_id"]), hit["_source"]["told"], facets_of(hit)) for hit in found)
        self.facts = facts_of(heard.hearing(documents))
        self.phrases = heard.done(self.facts)
        self._words = [set(hit.get("fields", {}).get("words", ())) for hit in found]

    @property
    def reads_with(self) -> CountedWords:
        return self.vocabulary

    @cached_property
    def subjects(self) -> Subjects:
        return read_subjects()

    def known(self) -> dict[str, int]:
        return self.vocabulary.known()

    def in_order(self) -> Sequence[str]:
        return self.vocabulary.in_order()

    def beginning(self, start: str) -> list[tuple[str, int]]:
        """Words of these listings that begin so, and in how many of the whole directory each stands."""
        words = {word for held in self._words for word in held if word.startswith(start)}
        known = self.vocabulary.known()
        return [(word, known.get(word, 1)) for word in words]

    def holding(self, several: Sequence[Sequence[str]], most: int) -> list[np.ndarray]:
        """For each of several lists of words, the rows that hold all of its words."""
        return [
            np.array([row for row, words in enumerate(self._words) if words.issuperset(wanted)][:most], np.int32)
            for wanted in several
        ]

    def _asked(self, typed: Sequence[str]) -> Iterator[Searched]:
        """Searches for what was typed here, and for the same read as words and another place."""
        yield self._search(typed, self.query.place)
        for one in self.query.elsewhere:
            yield self._search(words_of(one.text), one.place)

    def _search(self, typed: Sequence[str], place: Place | None) -> Searched:
        asked = Question(AssetQuery(place=place, filters=self.query.filters))
        told = Conditions(asked, self.context.lines, timezone.localtime().replace(tzinfo=None))
        shown = every(told.allowed, told.shown(None), told.filters(), *beginning_so(typed))
        scores = [] if not typed else [
            worth(begun("name", typed[-1]), IN_THE_NAME),
            worth(begun("place", typed[-1]), IN_WHO_RUNS_IT),
        ]  # fmt: skip
        return {
            "query": {"bool": {"filter": [shown], "should": scores}},
            "sort": ["_score", "name_key", "id"],
            "size": MOST_LISTINGS,
            "track_total_hits": False,
            "docvalue_fields": ["words", f"{CODES}*"],
        }

    def _found(self, searches: Sequence[Searched] | Iterator[Searched]) -> list[dict[str, Any]]:
        """Hits of all of them, each listing once."""
        index = {"index": self.context.names.read}
        lines = [part for search in searches for part in (index, search)]
        if not lines:
            return []
        answers = self.context.cluster.searched(lines, self.deadline)
        return list({hit["_id"]: hit for answer in answers for hit in hits_of(answer)}.values())


def beginning_so(typed: Sequence[str]) -> list[Condition]:
    """Holds every word typed that says something, the last of them perhaps half typed."""
    if not typed:
        return []
    whole = [leaf("term", words=word) for word in said(typed[:-1])]
    return [*whole, leaf("prefix", words=typed[-1])]


def facets_of(hit: dict[str, Any]) -> dict[str, list[str]]:
    told = hit.get("fields", {})
    return {name.removeprefix(CODES): codes for name, codes in told.items() if name.startswith(CODES)}


def begun(text: str, start: str) -> Condition:
    """A word of a text begins so; a word typed to its end may be longer than its stem."""
    return either(leaf("prefix", **{text: start}), leaf("term", **{text: stem(start)}))
