"""The embedded engine: words by tantivy, everything else by `search.facts`. Only this module imports tantivy.

`TantivyEngine(path, crossed)`: `rebuild(documents)`, `put(documents)`, `remove(ids)`, `find(query)`. A reader
opens words and facts of one moment together, and looks for newer ones once a question (one `stat`).
"""

import contextlib
import datetime as dt
import gc
import hashlib
import json
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from search.around import Crossed
from search.columns import MAGIC, BrokenColumns
from search.documents import AssetDocument
from search.facts import Facts, facts_of, name_hash
from search.finding import answer
from search.frequent import FrequentWords, write_frequent
from search.index_folder import Current, IndexBroken, IndexFolder, IndexMissing, IndexProblem, phrases_beside
from search.matches import Found, Matches, answered, either, nothing, together, with_meaning
from search.phrases import PHRASES_VERSION, Phrases, PhraseWriting
from search.query import Question, Results
from search.rank import BOOSTS, TIE
from search.subjects import Subjects, read_subjects
from search.suggesting import KnownWords, suggest
from search.suggestions import Suggestion, SuggestQuery
from search.terms import Phrase
from search.texts import texts_of
from search.understand import LONGEST_WORD, fold
from search.vectors import UNKNOWN

WORDS = "words"
ANALYSIS = {"tokens": "simple", "stem": "English", "fold": 1, "longest": LONGEST_WORD}
BUILD_HEAP, PUT_HEAP = 128_000_000, 15_000_000
# Kept words of one snapshot: at most so many rows in all, 12 bytes each.
MOST_KEPT_ROWS = 4_000_000


def make_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    for name in BOOSTS:
        builder.add_text_field(name, tokenizer_name="stemmed", index_option="position")
    builder.add_text_field(WORDS, tokenizer_name="plain", index_option="basic")
    return builder.build()


SCHEMA = make_schema()


def schema_hash() -> str:
    """Differs when an index written before cannot be read, or would be read differently."""
    said = json.dumps([sorted(BOOSTS), ANALYSIS, version("tantivy"), MAGIC.decode(), PHRASES_VERSION, 2])
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def stemmed() -> tantivy.TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.stemmer("English")).build()


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """Turn whatever tantivy raises, panics included, into `IndexBroken`."""
    try:
        yield
    except (ValueError, OSError, BrokenColumns) as error:
        raise IndexBroken(str(error)) from error
    except BaseException as error:
        # A panic in Rust is not an Exception, so that it is not caught by chance; here it is meant.
        if type(error).__name__ == "PanicException":
            raise IndexBroken(str(error)) from error
        raise


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Without garbage collection: tens of thousands of short-lived pairs would set off several full ones."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def open_words(folder: Path) -> tantivy.Index:
    with reading():
        index = tantivy.Index.open(str(folder))
        _register(index)
        index.config_reader("manual")
        index.reload()
    return index


def tantivy_document(document: AssetDocument) -> tantivy.Document:
    made = tantivy.Document()
    made.add_unsigned("id", document.asset_id)
    for name, text in texts_of(document).items():
        folded = fold(text)
        made.add_text(name, folded)
        made.add_text(WORDS, folded)
    return made


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
        put_since = Query.term_set_query(SCHEMA, "id", self.facts.ids_since)
        return look_up(self.searcher, self.facts, both(one_thing([stem]), put_since))

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


def look_up(searcher: tantivy.Searcher, facts: Facts, query: Query) -> Found:
    """Every row that a query finds, ascending."""
    hits = searcher.search(query, limit=max(1, searcher.num_docs), count=False).hits
    scores, addresses = zip(*hits, strict=True) if hits else ((), ())
    ids = searcher.fast_field_values("id", list(addresses))
    rows, there = facts.rows_of(np.array(ids, np.int64))
    by_row = np.argsort(rows)
    return Found(rows[by_row], np.array(scores, np.float32)[there][by_row])


def both(scored: Query, within: Query) -> Query:
    """What the first finds, at its score, among what the second finds."""
    return Query.boolean_query([(Occur.Must, scored), (Occur.Must, Query.const_score_query(within, 0.0))])


def one_thing(stems: list[str]) -> Query:
    """A word or phrase in any of the texts, the best of them counting most."""
    texts = {
        name: Query.phrase_query(SCHEMA, name, [*stems])
        if len(stems) > 1
        else Query.term_query(SCHEMA, name, stems[0], "freq")
        for name in BOOSTS
    }
    return Query.disjunction_max_query([Query.boost_query(texts[name], BOOSTS[name]) for name in BOOSTS], TIE)


class TantivyEngine:
    """Answers from the index under `path`; `crossed` says which points lie across a barrier."""

    name = "tantivy"
    keeps_vectors = False

    def __init__(self, path: Path, crossed: Crossed) -> None:
        self.folder = IndexFolder(path / schema_hash())
        self.crossed = crossed
        self._snapshot: Snapshot | None = None

    def find(self, question: Question) -> Results:
        """A page of results; raises `IndexProblem` when there is no index that can be read."""
        snapshot = self.snapshot()
        return answer(snapshot.facts, question, self.matches(snapshot, question), crossed=self.crossed)

    def matches(self, snapshot: Snapshot, question: Question) -> Matches | None:
        """What holds the words asked, or means something like the sentence; none: no words were asked."""
        terms, facts = question.terms, snapshot.facts
        if not terms.groups:
            return None if terms.filters or terms.place or not question.query.text.strip() else nothing()
        found = [either([snapshot.weighed(one) for one in group.alternatives]) for group in terms.groups]
        soft = [group.soft for group in terms.groups]
        matches = together(found, soft, facts.rows, name_hash(terms.whole))
        if question.vector is None or not facts.rows:
            return matches
        needed = [either([snapshot.weighed(one) for one in group.alternatives]) for group in terms.needs]
        weights = [group.alternatives[0].weight for group in terms.needs]
        like = facts.similarities(question.vector)
        if np.count_nonzero(like > UNKNOWN) * 2 < len(like):
            # Most listings have no vector yet: those who ask meanwhile are answered by words.
            return matches
        return with_meaning(matches, like + answered(needed, weights, facts.rows))

    def vocabulary(self) -> Snapshot:
        """The words and names of the directory; raises `IndexProblem`."""
        return self.snapshot()

    def suggest(self, query: SuggestQuery) -> list[Suggestion]:
        """What to offer while somebody types; raises `IndexProblem`."""
        return suggest(self.snapshot(), query, self.crossed)

    def built_at(self) -> dt.datetime | None:
        """When the folder that is read was made."""
        with contextlib.suppress(IndexProblem, OSError):
            made = self.folder.path / self.folder.current().folder / "frequent"
            return dt.datetime.fromtimestamp(made.stat().st_mtime, dt.UTC)
        return None

    def snapshot(self) -> Snapshot:
        """Today's words and facts; opened again only when they were replaced."""
        held = self._snapshot
        if held is None or held.stamp != self.folder.stamp():
            held = self._snapshot = self._open()
        return held

    def _open(self) -> Snapshot:
        for attempt in range(5):
            current = self.folder.current()
            try:
                return Snapshot(self.folder.path, current)
            except (IndexBroken, FileNotFoundError):
                # A writer may have swept these files away between reading their names and opening them.
                if attempt == 4 or self.folder.stamp() == current.stamp:
                    raise IndexBroken("The search index cannot be read.") from None
        raise IndexMissing("The search index is replaced faster than it can be read.")

    def rebuild(self, documents: Iterable[AssetDocument]) -> int:
        """Write everything anew beside what is there, then change over; the number of listings."""
        with self.folder.writing():
            name = f"build-{secrets.token_hex(6)}"
            words = self.folder.path / name / "words"
            words.mkdir(parents=True)
            index = tantivy.Index(SCHEMA, str(words))
            _register(index)
            writer = index.writer(heap_size=BUILD_HEAP, num_threads=1)
            heard = PhraseWriting()
            facts = facts_of(heard.hearing(_written(documents, writer)))
            writer.commit()
            writer.wait_merging_threads()
            keep_frequent(self.folder.path / name, facts)
            self._change_over(name, facts, heard.done(facts))
            return facts.rows

    def writing(self, *, wait: bool) -> contextlib.AbstractContextManager[None]:
        """Keep other writers out, in every process; raises `WriterBusy` when it may not wait."""
        return self.folder.writing(wait=wait)

    def put(self, documents: Iterable[AssetDocument]) -> None:
        """Add these, or replace what is held of them; raises `IndexProblem` when there is nothing to add to."""
        self.change(put=documents)

    def remove(self, ids: Iterable[int]) -> None:
        self.change(remove=ids)

    def change(self, *, put: Iterable[AssetDocument] = (), remove: Iterable[int] = ()) -> None:
        """Put some and remove others in one step that readers see at once."""
        with self.folder.writing():
            current = self.folder.current()
            gone = list(remove)
            documents = list({document.asset_id: document for document in put}.values())
            with reading():
                folder = self.folder.path / current.folder
                before = Facts.read(folder / current.facts)
                heard = PhraseWriting(Phrases.read(folder / phrases_beside(current.facts)), before)
                index = open_words(self.folder.path / current.folder / "words")
                writer = index.writer(heap_size=PUT_HEAP, num_threads=1)
                # Not `delete_documents_by_term`: it takes a number for a signed one, and deletes nothing.
                replaced = [*gone, *(document.asset_id for document in documents)]
                writer.delete_documents_by_query(Query.term_set_query(SCHEMA, "id", replaced))
                facts = facts_of(heard.hearing(_written(documents, writer)), before, gone)
                writer.commit()
                writer.wait_merging_threads()
            self._change_over(current.folder, facts, heard.done(facts))

    def _change_over(self, name: str, facts: Facts, phrases: Phrases) -> None:
        file = f"facts-{secrets.token_hex(6)}"
        facts.write(self.folder.path / name / file)
        phrases.write(self.folder.path / name / phrases_beside(file))
        self.folder.point_at(name, file)
        self.folder.sweep()


def keep_frequent(folder: Path, facts: Facts) -> None:
    """Look up the words of very many listings, once for all who will ask for them."""
    searcher = open_words(folder / "words").searcher()
    counts: dict[str, int] = {}
    for name in BOOSTS:
        for stem, count in searcher.terms_with_prefix(name, ""):
            counts[stem] = max(counts.get(stem, 0), count)
    with uncollected():
        write_frequent(
            folder / "frequent", counts.items(), facts.rows, lambda stem: look_up(searcher, facts, one_thing([stem]))
        )


def _register(index: tantivy.Index) -> None:
    index.register_tokenizer("stemmed", stemmed())
    index.register_tokenizer("plain", TextAnalyzerBuilder(Tokenizer.simple()).build())


def _written(documents: Iterable[AssetDocument], writer: Any) -> Iterator[AssetDocument]:
    for document in documents:
        writer.add_document(tantivy_document(document))
        yield document
