"""Other searches of the same listings, to be measured beside ours: `plain_answers(questions)`.

All hold the same texts as our index (name, tags, summary, description, provider and places) but Wagtail's, which holds
what a site would give it: name, summary and description. None reads the question: no thesaurus, no spelling, no place
names inside the text. What is typed in the Where box is laid over each of them by our own rule (`laid_over`), so that
they are compared on words alone. Any word will do, as only that finds anything for a sentence, and each is the better
for it; Wagtail's is measured as it comes too, where every word must be there.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

import tantivy
from django.apps import apps
from django.db import connection
from tantivy import Filter, TextAnalyzerBuilder, Tokenizer
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from directory.models import Asset
from search.documents import AssetDocument, asset_documents
from search.engines import find
from search.query import AssetQuery

# All listings that a text finds, the best first, by id.
Ranking = Callable[[str], list[int]]
BM25, FTS5 = "plain BM25", "SQLite FTS5"
WAGTAIL, WAGTAIL_ANY = "Wagtail's search", "Wagtail's, any word"
FIELDS = ("name", "tags", "summary", "place", "description")
# Twice for the name, as was best in the study; the rest once.
NAME_COUNTS = 2.0
MOST = 1_000
WORD = re.compile(r"[^\W_]+")


def texts_of(one: AssetDocument) -> tuple[str, ...]:
    return one.name, one.tags, one.summary, one.where, one.description


def bm25(documents: Iterable[AssetDocument]) -> Ranking:
    """tantivy as it comes: BM25, its English stemmer and its English stop words."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True)
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="english")
    held = tantivy.Index(builder.build())
    english = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
    english = english.filter(Filter.stopword("English")).filter(Filter.stemmer("English"))
    held.register_tokenizer("english", english.build())
    writer = held.writer(heap_size=15_000_000, num_threads=1)
    for one in documents:
        writer.add_document(tantivy.Document(id=one.asset_id, **dict(zip(FIELDS, texts_of(one), strict=True))))
    writer.commit()
    writer.wait_merging_threads()
    held.reload()
    searcher = held.searcher()

    def find(text: str) -> list[int]:
        typed = " ".join(WORD.findall(text))
        query, _unread = held.parse_query_lenient(typed, list(FIELDS), field_boosts={"name": NAME_COUNTS})
        return [searcher.doc(address)["id"][0] for _score, address in searcher.search(query, limit=MOST).hits]

    return find


def fts5(documents: Iterable[AssetDocument]) -> Ranking:
    """SQLite FTS5 with its porter stemmer and its bm25."""
    database = sqlite3.connect(":memory:")
    columns = ", ".join(FIELDS)
    database.execute(f"CREATE VIRTUAL TABLE words USING fts5({columns}, tokenize='porter unicode61')")
    rows = ((one.asset_id, *texts_of(one)) for one in documents)
    database.executemany(f"INSERT INTO words(rowid, {columns}) VALUES (?, ?, ?, ?, ?, ?)", rows)
    weights = ", ".join(str(NAME_COUNTS if name == "name" else 1.0) for name in FIELDS)

    def find(text: str) -> list[int]:
        typed = " OR ".join(f'"{word}"' for word in WORD.findall(text))
        asked = f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, {weights}), rowid"
        return [row[0] for row in database.execute(asked, (typed,))] if typed else []

    return find


@contextmanager
def searched_model() -> Iterator[type[Asset]]:
    """Listings as a Wagtail site would have them searched: the same rows, registered with Wagtail's own search.

    Only for as long as it is asked: left behind, it would be a model without a migration.
    """

    class SearchedAsset(index.Indexed, Asset):
        search_fields = [
            index.SearchField("title", boost=2),
            index.SearchField("summary"),
            index.SearchField("description"),
            index.FilterField("live"),
        ]

        class Meta:
            proxy = True
            app_label = "directory"

        @property
        def title(self) -> str:
            """Wagtail weighs the field of this name by its length."""
            return self.name

    try:
        yield SearchedAsset
    finally:
        del apps.all_models["directory"]["searchedasset"]
        apps.clear_cache()


def wagtail(model: type[Asset], operator: str | None) -> Ranking:
    """Wagtail's own search in the site's database, which is SQLite; without an operator, as it comes."""
    backend = get_search_backend()
    listings = model.objects.live()
    backend.get_index_for_model(model).add_items(model, list(listings))

    def find(text: str) -> list[int]:
        typed = " ".join(WORD.findall(text))
        return [one.pk for one in backend.search(typed, listings, operator=operator)[:MOST]] if typed else []

    return find


def plain_answers(queries: Sequence[AssetQuery]) -> dict[str, list[list[int]]]:
    """What each of the other searches gives for each question, by id."""
    documents = list(asset_documents())
    with searched_model() as model:
        rankings = {BM25: bm25(documents), FTS5: fts5(documents)}
        if connection.vendor == "sqlite":
            rankings |= {WAGTAIL: wagtail(model, None), WAGTAIL_ANY: wagtail(model, "or")}
        return {name: [laid_over(ranking, query) for query in queries] for name, ranking in rankings.items()}


def laid_over(ranking: Ranking, query: AssetQuery) -> list[int]:
    """A ranking kept to what our union rule shows at the place asked."""
    found = ranking(query.text)
    if query.place is None:
        return found
    shown = {hit.asset_id for hit in find(AssetQuery(place=query.place, page_size=MOST)).hits}
    return [one for one in found if one in shown]
