"""What is kept of frequent words answers as the engine itself would, whatever was put and removed since."""

import random

import pytest

from search import frequent
from search.documents import AssetDocument
from search.engines import ask
from search.query import AssetQuery
from search.suggestions import SuggestQuery
from search.tantivy.engine import TantivyEngine
from tests.search.conftest import river

WORDS = ("lunch", "choir", "garden", "walk", "memory", "tea")

pytestmark = pytest.mark.django_db


def listing(number, words):
    return AssetDocument(number, f"Listing {number}", summary=" ".join(words), facets={"reach": ("by-phone",)})


def answers(engine):
    return {
        word: [(hit.asset_id, round(hit.score, 4)) for hit in ask(engine, AssetQuery(text=word, page_size=200)).hits]
        for word in WORDS
    }


def test_kept_words_answer_as_looked_up_ones_do_after_changes(tmp_path, monkeypatch):
    made = random.Random(5)
    listings = [listing(number, made.sample(WORDS, 3)) for number in range(1, 40)]
    looked_up = TantivyEngine(tmp_path / "one", river)
    looked_up.rebuild(listings)
    monkeypatch.setattr(frequent, "FEWEST", 1)
    monkeypatch.setattr(frequent, "SHARE", 0)
    kept = TantivyEngine(tmp_path / "two", river)
    kept.rebuild(listings)
    assert "lunch" in kept.snapshot().frequent
    assert "lunch" not in looked_up.snapshot().frequent
    assert answers(kept) == answers(looked_up)
    for removed, put in (([39], []), ([1, 2], []), ([], [50, 51]), ([50, 3], [4, 60]), ([], [*range(70, 130)])):
        again = [listing(number, made.sample(WORDS, 3)) for number in put]
        for engine in (kept, looked_up):
            engine.change(put=again, remove=removed)
        for word in WORDS:
            ours, theirs = ({one for one, _score in answers(engine)[word]} for engine in (kept, looked_up))
            assert ours == theirs


def test_no_more_is_kept_than_there_is_room_for(tmp_path, monkeypatch):
    monkeypatch.setattr(frequent, "FEWEST", 1)
    monkeypatch.setattr(frequent, "SHARE", 0)
    monkeypatch.setattr(frequent, "MOST_ROWS", 5)
    engine = TantivyEngine(tmp_path / "index", river)
    engine.rebuild([listing(number, WORDS[: 1 + number % 2]) for number in range(1, 9)])
    assert [stem for stem in ("lunch", "choir") if stem in engine.snapshot().frequent] == []
    assert len(answers(engine)["lunch"]) == 8


def test_suggestions_are_the_same_with_kept_words_as_with_looked_up_ones(tmp_path, monkeypatch):
    made = random.Random(5)
    listings = [listing(number, made.sample(WORDS[:5], 3)) for number in range(1, 40)]
    looked_up = TantivyEngine(tmp_path / "one", river)
    looked_up.rebuild(listings)
    monkeypatch.setattr(frequent, "FEWEST", 1)
    monkeypatch.setattr(frequent, "SHARE", 0)
    kept = TantivyEngine(tmp_path / "two", river)
    kept.rebuild(listings)

    def offered(engine):
        return {word: [one.text for one in engine.suggest(SuggestQuery(word[:4]))] for word in WORDS}

    assert offered(kept) == offered(looked_up)
    assert not any(offered(kept)["tea"])
    for engine in (kept, looked_up):
        engine.change(put=[listing(60, ["memorable", "teatime"])], remove=[1, 2])
    assert offered(kept) == offered(looked_up)
    assert "memorable" in offered(kept)["memory"]
