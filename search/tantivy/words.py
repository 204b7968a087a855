"""The words of listings in tantivy: how they are written, and `look_up(searcher, facts, query)`."""

import contextlib
import gc
import hashlib
import json
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from search.columns import MAGIC, BrokenColumns
from search.documents import AssetDocument
from search.facts import Facts
from search.frequent import write_frequent
from search.index_folder import IndexBroken
from search.matches import Found
from search.phrases import PHRASES_VERSION
from search.rank import BOOSTS, TIE
from search.texts import texts_of
from search.understand import LONGEST_WORD, fold

WORDS = "words"
# As many are looked up one by one.
FEW_IDS = 50
ANALYSIS = {"tokens": "simple", "stem": "English", "fold": 1, "longest": LONGEST_WORD}
BUILD_HEAP, PUT_HEAP = 128_000_000, 15_000_000


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
        register(index)
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


def register(index: tantivy.Index) -> None:
    index.register_tokenizer("stemmed", stemmed())
    index.register_tokenizer("plain", TextAnalyzerBuilder(Tokenizer.simple()).build())


def look_up(searcher: tantivy.Searcher, facts: Facts, query: Query) -> Found:
    """Every row that a query finds, ascending."""
    hits = searcher.search(query, limit=max(1, searcher.num_docs), count=False).hits
    scores, addresses = zip(*hits, strict=True) if hits else ((), ())
    ids = searcher.fast_field_values("id", list(addresses))
    rows, there = facts.rows_of(np.array(ids, np.int64))
    by_row = np.argsort(rows)
    return Found(rows[by_row], np.array(scores, np.float32)[there][by_row])


def of_ids(ids: Sequence[int]) -> Query:
    """Some listings. A few are sooner looked up one by one than as a set, which reads through the index's numbers."""
    if len(ids) > FEW_IDS:
        return Query.term_set_query(SCHEMA, "id", ids)
    return Query.boolean_query([(Occur.Should, Query.term_query(SCHEMA, "id", one, "basic")) for one in ids])


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
