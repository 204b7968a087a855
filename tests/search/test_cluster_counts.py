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
from search.facts import facts_of
from search.finding import answer
from search.query import Question
from tests.search.conftest import TILBURY, river
from tests.search.test_counts import AREAS, HELD, NOW, SLOTS, queries

LISTINGS = 400


def document(number, chance):
    """One with up to three venues within a dozen miles of Tilbury, on either side of the river."""

    def some(codes, least=0):
        return tuple(chance.sample(codes, chance.randint(least, min(3, len(codes)))))

    facets = {facet: some(codes, 1 if facet == "reach" else 0) for facet, codes in HELD.items()}
    spread = chance.choice((0.01, 0.03, 0.1))
    at = [(chance.gauss(TILBURY[0], spread), chance.gauss(TILBURY[1], spread)) for _ in range(chance.randint(0, 3))]
    return AssetDocument(
        asset_id=number,
        name=f"Lunch Club {number}",
        facets=facets,
        slots=some(SLOTS),
        venues=tuple(VenuePoint("Hall", "Town", *point) for point in at) if "at-venue" in facets["reach"] else (),
        coverage=tuple((code, code) for code in some(AREAS)) if chance.random() < 0.4 else (),
        checked_on=chance.choice([None, dt.date(2026, 11, 1), dt.date(2026, 5, 23)]),
    )


@pytest.fixture
def documents():
    chance = random.Random(11)
    return [document(number, chance) for number in range(1, LISTINGS + 1)]


@pytest.fixture
def cluster(elastic, documents, monkeypatch):
    at = NOW.replace(tzinfo=timezone.get_current_timezone())
    monkeypatch.setattr("search.elastic.finding.timezone.localtime", lambda: at)
    elastic.engine.change(put=documents)
    return elastic.engine


def told(facets):
    return {name: {code: count for code, count in codes.items() if count} for name, codes in facets.items()}


# Every listing holds the word, and what words find is asked of the cluster in another way.
@pytest.mark.parametrize("text", ["", "club"])
def test_counts_are_the_same_on_both_engines(cluster, documents, text):
    facts = facts_of(documents)
    barriers = set()

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(queries, st.sampled_from(["best", "nearest"]))
    def same(query, sort):
        query = dataclasses.replace(query, sort=sort)
        ours = ask(cluster, dataclasses.replace(query, text=text))
        theirs = answer(facts, Question(query), None, crossed=river, now=NOW)
        assert (ours.total, ours.across) == (theirs.total, theirs.across)
        assert told(ours.facets) == told(theirs.facets)
        barriers.add((query.place is not None, bool(ours.across)))

    same()
    # Some were asked with a place and some without, and a barrier kept some off.
    assert barriers >= {(False, False), (True, True), (True, False)}
