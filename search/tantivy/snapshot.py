"""What a reader sees: words and facts of one moment, opened together."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from tantivy import Occur, Query

from search.facts import Facts
from search.frequent import FrequentWords
from search.index_folder import Current, phrases_beside
from search.matches import Found
from search.phrases import Phrases
from search.rank import BOOSTS
from search.subjects import Subjects, read_subjects
from search.suggesting import KnownWords
from search.tantivy.words import (
    SCHEMA,
    WORDS,
    both,
    look_up,
    of_ids,
    one_thing,
    open_words,
    reading,
    stemmed,
    uncollected,
)
from search.terms import Phrase

# Kept words of one snapshot: at most so many rows in all, 12 bytes each.
MOST_KEPT_ROWS = 4_000_000


class Snapshot:
    """Words and facts of one moment, as the current file named them. Also the vocabulary that `understand` asks."""

    def __init__(self, path: Path, current: Current) -> None:
        self.stamp = current.stamp
        with reading():
            self.facts = Facts.read(path / current.folder / current.facts)
            self.frequent = FrequentWords.read(path / current.folder / "frequent")
            self.phrases = Phrases.read(path / current.folder / phrases_beside(current.facts))
            self.searcher = open_words(path / current.folder / "words").searcher()
        self._stem = stemmed()
        self._kept: OrderedDict[tuple[str, ...], Found] = OrderedDict()
        self._kept_rows = 0
        self._keeping = threading.Lock()

    # Made when asked for: kept, it and the snapshot would hold on to each other.
    reads_with = property(KnownWords)

    def has(self, word: str) -> bool:
        return len(self.phrase((word,)).rows) > 0

    def holding_about(self, word: str) -> int:
        stems = self._stem.analyze(word)[:1]
        with reading():
            return max((self.searcher.doc_freq(name, stem) for stem in stems for name in BOOSTS), default=0)

    def known(self) -> dict[str, int]:
        return self._vocabulary

    def named(self, whole: str) -> bool:
        return self.facts.named(whole)

    def listings(self) -> int:
        return self.facts.rows

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        with reading():
            return dict(self.searcher.terms_with_prefix(WORDS, ""))

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(self._vocabulary)

    def in_order(self) -> list[str]:
        return self._in_order

    @cached_property
    def subjects(self) -> Subjects:
        """As they were when this snapshot was first asked: a category that is renamed makes its listings anew."""
        return read_subjects()

    def beginning(self, start: str) -> list[tuple[str, int]]:
        """The directory's words that begin so, and in how many listings each stands."""
        with reading():
            return self.searcher.terms_with_prefix(WORDS, start)

    def holding(self, several: Sequence[Sequence[str]], most: int) -> list[np.ndarray]:
        """For each of several lists of words, up to so many rows that hold all of its words, one alone in any form."""
        stems = [self._stem.analyze(words[0])[:1] if len(words) == 1 else [] for words in several]
        frequent = [stem[0] if stem and stem[0] in self.frequent else "" for stem in stems]
        with reading(), uncollected():
            addresses = [
                [] if stem else [where for _score, where in self._any_holding(words, most)]
                for words, stem in zip(several, frequent, strict=True)
            ]
            ids = self.searcher.fast_field_values("id", [where for some in addresses for where in some])
        rows, there = self.facts.rows_of(np.array(ids, np.int64))
        of = np.repeat(np.arange(len(addresses)), [len(some) for some in addresses])[there]
        return [self._some(stem, most) if stem else rows[of == number] for number, stem in enumerate(frequent)]

    def _some(self, stem: str, most: int) -> np.ndarray:
        before = self.frequent.some(stem, self.facts, most)
        return np.concatenate([before, self._put_since(stem).rows]) if self.facts.ids_since else before

    def _put_since(self, stem: str) -> Found:
        return look_up(self.searcher, self.facts, both(one_thing([stem]), of_ids(self.facts.ids_since)))

    def _any_holding(self, words: Sequence[str], most: int) -> Sequence[Any]:
        terms = [Query.term_query(SCHEMA, WORDS, word, "basic") for word in words]
        if not terms or not self.facts.rows:
            return ()
        query = terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Must, term) for term in terms])
        return self.searcher.search(Query.const_score_query(query, 1.0), limit=most, count=False).hits

    def weighed(self, phrase: Phrase) -> Found:
        """Rows that hold a phrase, at what finding it counts."""
        found = self.phrase(phrase.words)
        return found if phrase.weight == 1.0 else Found(found.rows, found.scores * np.float32(phrase.weight))

    def phrase(self, words: tuple[str, ...]) -> Found:
        """Rows that hold words one after the other, in any of their forms; the least lately asked forgotten first."""
        found = self._kept.get(words) or self._look_up(words)
        with self._keeping:
            if words not in self._kept:
                self._kept[words] = found
                self._kept_rows += len(found.rows) + 50
            self._kept.move_to_end(words)
            while self._kept_rows > MOST_KEPT_ROWS and len(self._kept) > 1:
                self._kept_rows -= len(self._kept.popitem(last=False)[1].rows) + 50
        return found

    def _look_up(self, words: tuple[str, ...]) -> Found:
        with reading(), uncollected():
            stems = [stem for word in words for stem in self._stem.analyze(word)[:1]]
            if not stems or not self.facts.rows:
                return Found(np.empty(0, np.int32), np.empty(0, np.float32))
            if len(stems) > 1 or stems[0] not in self.frequent:
                return look_up(self.searcher, self.facts, one_thing(stems))
            before = self.frequent.found(stems[0], self.facts)
            if not self.facts.ids_since:
                return before
            since = self._put_since(stems[0])
            return Found(np.concatenate([before.rows, since.rows]), np.concatenate([before.scores, since.scores]))
