"""The cluster counts what the embedded engine counts, whatever is asked of a made-up directory."""

import dataclasses
import datetime as dt
import random

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.documents import AssetDocument, VenuePoint
from search.engines import ask
from search.tantivy.engine import TantivyEngine
from tests.search.conftest import TILBURY, river
from tests.search.test_counts import AREAS, HELD, NOW, SLOTS, queries

LISTINGS = 400
# Each is in the names of a few dozen listings, two together in hardly any: then some of the words have to do.
WORDS = [
    "pottery", "knitting", "chess", "choir", "bingo", "archery", "ballet", "badminton", "canoeing", "carpentry",
    "crochet", "cycling", "darts", "drama", "fencing", "fishing", "golf", "guitar", "judo", "karate",
    "origami", "pilates", "quilting", "rambling", "rowing", "snooker", "swimming", "tennis", "weaving", "yoga",
]  # fmt: skip
TEXTS = ("", "pottery", "knitting bingo", "bingo pottery chess", "chess choir knitting pottery bingo archery")


def document(number, chance):
    """One with up to three venues within a dozen miles of Tilbury, on either side of the river."""

    def some(codes, least=0):
        return tuple(chance.sample(codes, chance.randint(least, min(3, len(codes)))))

    facets = {facet: some(codes, 1 if facet == "reach" else 0) for facet, codes in HELD.items()}
    spread = chance.choice((0.01, 0.03, 0.1))
    at = [(chance.gauss(TILBURY[0], spread), chance.gauss(TILBURY[1], spread)) for _ in range(chance.randint(0, 3))]
    return AssetDocument(
        asset_id=number,
        name=" ".join(chance.sample(WORDS, 2)).title(),
        facets=facets,
        slots=some(SLOTS),
        venues=tuple(VenuePoint("Hall", "Town", *point) for point in at) if "at-venue" in facets["reach"] else (),
        coverage=tuple((code, code) for code in some(AREAS)) if chance.random() < 0.4 else (),
        checked_on=chance.choice([None, dt.date(2026, 11, 1), dt.date(2026, 5, 23)]),
    )


@pytest.fixture
def engines(elastic, tmp_path, monkeypatch):
    """Both, with the same listings and at the same moment."""
    at = NOW.replace(tzinfo=timezone.get_current_timezone())
    monkeypatch.setattr("django.utils.timezone.localtime", lambda *_when: at)
    chance = random.Random(11)
    documents = [document(number, chance) for number in range(1, LISTINGS + 1)]
    elastic.engine.rebuild(documents)
    embedded = TantivyEngine(tmp_path / "index", river)
    embedded.rebuild(documents)
    return elastic.engine, embedded


def told(results):
    facets = {name: {code: count for code, count in codes.items() if count} for name, codes in results.facets.items()}
    return results.total, results.across, set(results.barriers), results.some_words, facets


def test_counts_are_the_same_on_both_engines(engines):
    seen = set()

    @settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(queries, st.sampled_from(TEXTS), st.sampled_from(["best", "nearest"]))
    def same(query, text, sort):
        query = dataclasses.replace(query, text=text, sort=sort)
        ours, theirs = (ask(engine, query) for engine in engines)
        assert told(ours) == told(theirs)
        seen.add((bool(text), query.place is not None, ours.across > 0, ours.some_words and ours.total > 0))

    same()
    # With and without words and a place; some kept off by a barrier; and some found by some of the words.
    assert {one[:2] for one in seen} == {(False, False), (False, True), (True, False), (True, True)}
    assert {one[2:] for one in seen if one[0] and one[1]} >= {(True, False), (False, True)}
