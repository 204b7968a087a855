"""The cluster's index built anew under way: nobody's search fails, no change is lost, and what was left is swept."""

import threading
import time
import uuid

import numpy as np
import pytest
from django.conf import settings as settings_of_the_run
from django.db import connections
from elasticsearch import NotFoundError

from search.breaker import Refused
from search.documents import AssetDocument, VenuePoint
from search.elastic.building import behind, make
from search.elastic.cluster import Deadline
from search.elastic.vocabulary import Change, CountedWords
from search.elastic.word_store import WordStore
from search.index_folder import IndexMissing
from search.knowledge import Knowledge
from search.query import AssetQuery, Question
from search.understand import understand
from tests.search.cluster import drop_all, engine_for
from tests.search.conftest import lines, river

pytestmark = pytest.mark.django_db


def document(number, name="Lunch Club", **changed):
    return AssetDocument(number, name, facets={"kind": ("group",), "reach": ("by-phone",)}, **changed)


@pytest.fixture
def engine():
    if not settings_of_the_run.TEST_ELASTICSEARCH_URL:
        pytest.skip("ELASTICSEARCH_URL names no cluster to test with.")
    engine = engine_for(f"built-{uuid.uuid4().hex}", river, lines)
    yield engine
    drop_all(engine)


@pytest.fixture
def index(engine):
    engine.rebuild([document(1)])
    return engine


def found(engine, text="", **asked):
    terms = understand(text, Knowledge(words=engine.vocabulary())) if text else Question(AssetQuery()).terms
    results = engine.find(Question(AssetQuery(text=text, **{"page_size": 1000, **asked}), terms))
    return {hit.asset_id for hit in results.hits}


def test_nothing_built_is_missing(engine):
    with pytest.raises(IndexMissing):
        engine.find(Question(AssetQuery()))
    with pytest.raises(IndexMissing):
        engine.vocabulary()
    with pytest.raises(IndexMissing):
        engine.put([document(1)])


def test_put_replaces_and_remove_removes(index):
    index.put([document(1, "Dock Choir"), document(2)])
    assert (found(index), found(index, "lunch"), found(index, "choir")) == ({1, 2}, {2}, {1})
    index.remove([1, 99])
    assert (found(index), found(index, "choir")) == ({2}, set())


def test_every_name_has_the_hash_of_the_mapping_and_only_one_index_is_left(index):
    index.rebuild([document(1), document(2)])
    [name] = behind(index.cluster.client, index.names.read)
    assert behind(index.cluster.client, index.names.write) == {name}
    assert name.startswith(index.names.base)
    assert set(index.cluster.client.indices.get(index=index.names.every)) == {name, index.names.words}


def test_what_changes_while_it_is_built_is_in_the_new_index_and_nothing_older_undoes_it(index):
    index.rebuild([document(1), document(2), document(3)])

    def documents():
        """The builder has read all of them when the others write."""
        read = [document(1), document(2), document(3)]
        index.change(put=[document(2, "Dock Choir"), document(4, "Marsh Walks")], remove=[3])
        assert found(index, "choir") == {2}
        yield from read

    index.rebuild(documents())
    assert found(index) == {1, 2, 4}
    assert found(index, "choir") == {2}
    assert found(index, "marsh") == {4}
    assert not index.vocabulary().has("zebra")


def test_a_build_that_fails_changes_nothing_and_leaves_nothing(index):
    def documents():
        yield document(2)
        raise OSError

    with pytest.raises(OSError):
        index.rebuild(documents())
    assert found(index) == {1}
    assert len(behind(index.cluster.client, index.names.write)) == 1


def test_what_a_killed_builder_left_is_swept_by_the_next(index):
    left = index.names.new()
    make(index.cluster.client, index.names, left, index.sizes)
    index.put([document(2)])
    assert found(index) == {1, 2}
    index.rebuild([document(5)])
    with pytest.raises(NotFoundError):
        index.cluster.client.indices.get(index=left)
    assert found(index) == {5}


def test_no_search_fails_while_it_is_built_twice_and_what_was_always_there_is_always_found(index):
    index.rebuild(map(document, range(1, 300)))
    wrong, asked, over = [], [0], threading.Event()

    def ask():
        while not over.is_set():
            try:
                missing = {1, 299} - found(index)
                wrong.extend([missing] if missing else [])
            except Exception as error:
                wrong.append(error)
            asked[0] += 1
        # This thread's own, which nobody else closes.
        connections.close_all()

    asking = threading.Thread(target=ask)
    asking.start()
    for _ in range(2):
        index.rebuild(map(document, range(1, 300)))
    over.set()
    asking.join(30)
    assert wrong == []
    assert asked[0] > 2


def test_a_listing_that_cannot_be_held_keeps_no_other_out_and_is_named(index):
    nowhere = document(2, venues=(VenuePoint("Hall", "", 95.0, 0.0),))
    index.rebuild([document(1), nowhere, document(3)])
    assert found(index) == {1, 3}
    with pytest.raises(Refused) as refused:
        index.put([nowhere, document(4)])
    assert refused.value.ids == {2}
    assert found(index) == {1, 3, 4}


def learned(store, knows, seconds=20):
    """What another process holds as soon as it knows this: it goes on with what it has while it fetches."""
    until = time.monotonic() + seconds
    while not knows(words := store.current(Deadline(seconds))):
        assert time.monotonic() < until, "never learned"
        store._looked = 0.0
    return words


def test_another_process_learns_the_words_of_this_one(index):
    other = WordStore(index.cluster, index.names)
    assert not other.current(Deadline(10)).has("befriending")
    index.put([document(2, "Befriending")])
    other._looked = 0.0
    assert learned(other, lambda words: words.has("befriending")).named("befriending")
    index.remove([2])
    other._looked = 0.0
    words = learned(other, lambda words: not words.has("befriending"))
    assert not words.named("befriending")
    assert words.has("lunch")


def test_many_changes_of_words_are_put_together_with_the_whole(index, monkeypatch):
    monkeypatch.setattr("search.elastic.word_store.MOST_CHANGES", 3)
    for number, name in enumerate(["Alpha", "Bravo", "Charlie", "Delta", "Echo"], 2):
        index.put([document(number, name)])
    assert index.words.state().changes < 3
    fresh = WordStore(index.cluster, index.names).current(Deadline(10))
    assert all(fresh.has(word) for word in ("alpha", "bravo", "charlie", "delta", "echo", "lunch"))


def test_a_vocabulary_forgets_the_stem_with_its_last_word():
    words = CountedWords({"carer": 2, "carers": 1, "lunch": 1}, np.array([3, 1, 2], np.uint64), 3)
    without_one = words.changed(Change(gone_words=("carers",)))
    assert without_one.has("carers")
    assert not without_one.changed(Change(gone_words=("carer",))).has("carer")
    assert words.known() == {"carer": 2, "carers": 1, "lunch": 1}
    assert CountedWords.of_parts(words.parts(), 3).known() == words.known()


def test_pages_beyond_the_first_three_hundred_follow_on_and_none_is_shown_twice(index):
    index.rebuild(document(number, f"Lunch {number:03}") for number in range(1, 651))
    shown = [found(index, "lunch", page_size=100, page=page) for page in range(1, 8)]
    assert [len(page) for page in shown] == [100] * 6 + [50]
    assert len(set().union(*shown)) == 650
    assert found(index, "lunch", page_size=100, page=10**6) == shown[-1]


def test_a_page_deeper_than_the_cluster_looks_is_the_last_that_it_shows(index, monkeypatch):
    monkeypatch.setattr("search.elastic.asking.WINDOW", 600)
    index.rebuild(document(number, f"Lunch {number:03}") for number in range(1, 1001))
    results = index.find(Question(AssetQuery(page=9, page_size=100)))
    assert (results.total, results.pages, results.page, len(results.hits)) == (1000, 6, 6, 100)
