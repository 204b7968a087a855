"""The embedded engine: words by tantivy, everything else by `search.facts`.

`TantivyEngine(path, crossed)`: `rebuild(documents)`, `put(documents)`, `remove(ids)`, `find(query)`. A reader
opens words and facts of one moment together, and looks for newer ones once a question (one `stat`).
"""

import contextlib
import datetime as dt
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from tantivy import Query

from search.around import Crossed
from search.documents import AssetDocument
from search.facts import Facts, facts_of, name_hash
from search.finding import answer
from search.index_folder import IndexBroken, IndexFolder, IndexMissing, IndexProblem, phrases_beside
from search.matches import Matches, answered, either, nothing, together, with_meaning
from search.phrases import Phrases, PhraseWriting
from search.query import Question, Results
from search.suggesting import suggest
from search.suggestions import Suggestion, SuggestQuery
from search.tantivy.snapshot import Snapshot
from search.tantivy.words import (
    BUILD_HEAP,
    PUT_HEAP,
    SCHEMA,
    keep_frequent,
    open_words,
    reading,
    register,
    schema_hash,
    tantivy_document,
)
from search.vectors import UNKNOWN


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
        return with_meaning(matches, like + answered(needed, weights, facts.rows), few=terms.few)

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
            register(index)
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


def _written(documents: Iterable[AssetDocument], writer: Any) -> Iterator[AssetDocument]:
    for document in documents:
        writer.add_document(tantivy_document(document))
        yield document
