"""Counts are what choosing gives: held against asking again with the choice made, over made-up directories."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets_map.distance import Point
from assets_map.places import Place
from search.clauses import changed, minute
from search.documents import AssetDocument, VenuePoint
from search.facets import FACETS, distance_code
from search.facts import Facts, facts_of, name_hash
from search.finding import answer
from search.matches import Matches
from search.query import DISTANCES, AssetQuery, Question
from tests.search.conftest import place_at, river

NOW = dt.datetime(2026, 11, 24, 13, 30)
# What made-up listings hold.
HELD = {
    "kind": ("group", "service"),
    "category": ("food", "lunch", "company"),
    "reach": ("at-venue", "comes-to-you", "by-phone"),
    "week": ("1-morning", "1-evening", "2-evening", "5-afternoon"),
    "date": ("2026-11-24-morning", "2026-11-24-evening", "2026-11-25-evening", "2026-11-28-afternoon"),
    "cost": ("free", "up-to-5"),
    "taking_new": ("yes", "full"),
    "access": ("step-free", "toilet", "bus"),
    "who_for": ("older", "carers"),
    "age": ("under-5", "5-11", "65-over"),
    "language": ("polish", "urdu"),
    "area": ("E06000034", "E05002246", "elsewhere"),
}
# What can be chosen.
CODES = {
    **{facet: codes for facet, codes in HELD.items() if facet not in {"week", "date"}},
    "day": ("1", "2", "5", "6", "weekdays", "weekend"),
    "time": ("morning", "afternoon", "evening"),
    "date": ("today", "tomorrow", "weekend", "2026-11-25", "2026-12-24"),
    "open": ("now",),
    "checked": ("six-months",),
}
SLOTS = tuple(
    (minute(dt.datetime(2026, 11, day, start)), minute(dt.datetime(2026, 11, day, start)) + length)
    for day, start, length in ((23, 22, 16 * 60), (24, 9, 60), (24, 13, 30), (24, 13, 31), (24, 18, 120), (25, 13, 60))
)
AREAS = ("E06000034", "E05002246", "E07000109")
POINTS = ((51.4628, 0.3607), (51.4770, 0.3230), (51.5200, 0.4570), (51.4440, 0.3690), (51.60, 0.60), (53.4, -2.3))


def some(codes, least=0):
    return st.lists(st.sampled_from(codes), unique=True, min_size=least, max_size=3).map(tuple)


documents = st.builds(
    AssetDocument,
    asset_id=st.just(0),
    name=st.sampled_from(["Lunch Club", "Dock Road Choir"]),
    facets=st.fixed_dictionaries({facet: some(codes, 1 if facet == "reach" else 0) for facet, codes in HELD.items()}),
    slots=some(SLOTS),
    venues=st.lists(st.sampled_from([VenuePoint("Hall", "Town", *at) for at in POINTS]), max_size=2).map(tuple),
    coverage=some([(code, code) for code in AREAS]),
    checked_on=st.sampled_from([None, dt.date(2026, 11, 1), dt.date(2026, 5, 24), dt.date(2026, 5, 23)]),
)
directories = st.lists(documents, max_size=25).map(
    lambda made: [
        dataclasses.replace(one, asset_id=number, venues=one.venues if "at-venue" in one.facets["reach"] else ())
        for number, one in enumerate(made, 1)
    ]
)
queries = st.builds(
    AssetQuery,
    place=st.sampled_from([None, place_at(), place_at(POINTS[3], ("E07000109",), "Gravesend")]),
    filters=st.dictionaries(st.sampled_from(FACETS), st.just(()), max_size=4).flatmap(
        lambda chosen: st.fixed_dictionaries({facet: some(CODES[facet], 1) for facet in chosen})
    ),
    within=st.sampled_from([None, *DISTANCES]),
    across_barriers=st.booleans(),
)
words = st.one_of(st.none(), st.lists(st.integers(0, 4), min_size=25, max_size=25))


def find(facts: Facts, query: AssetQuery, held: list[int] | None):
    """Results where listing n holds `held[n]` of four words asked; none: no words were asked."""
    matches = None
    if held is not None:
        import numpy as np

        counts = np.array(held[: facts.rows])
        rows = np.flatnonzero(counts).astype(np.int32)
        matches = Matches(rows, counts[rows].astype(float), counts[rows], 4, name_hash("lunch club"))
    return answer(facts, Question(query), matches, crossed=river, now=NOW)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(directories, queries, words)
def test_every_count_is_what_choosing_it_gives(made, query, held):
    facts = facts_of(made)
    results = find(facts, query, held)
    for facet, codes in CODES.items():
        for code in codes:
            counted = results.facets[facet].get(code)
            if counted is None and facet in {"area", "date"} and code not in query.filters.get(facet, ()):
                # Not shown to be chosen: nobody is about there, or it is none of the dates offered.
                continue
            then = find(facts, dataclasses.replace(query, filters=changed(query.filters, facet, code)), held)
            assert (counted or 0) == then.total, (facet, code)
    if query.place is not None:
        for miles in DISTANCES:
            then = find(facts, dataclasses.replace(query, within=miles), held)
            assert results.facets["within"][distance_code(miles)] == then.total, miles


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(directories, directories, queries, st.lists(st.integers(1, 25), max_size=5))
def test_facts_changed_step_by_step_are_those_written_at_once(first, then, query, gone):
    changed = facts_of(then, facts_of(first), gone)
    kept = {one.asset_id: one for one in first if one.asset_id not in gone} | {one.asset_id: one for one in then}
    ours, theirs = find(changed, query, None), find(facts_of(kept.values()), query, None)
    assert ours.total == theirs.total
    assert ours.facets == theirs.facets
    assert sorted((hit.asset_id, hit.reason) for hit in ours.hits) == sorted(
        (hit.asset_id, hit.reason) for hit in theirs.hits
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(directories, queries, words, st.sampled_from(["best", "nearest"]))
def test_pages_put_together_are_the_whole_list_once(made, query, held, sort):
    facts = facts_of(made)
    ask = dataclasses.replace(query, sort=sort)
    whole = [hit.asset_id for hit in find(facts, dataclasses.replace(ask, page_size=100), held).hits]
    paged = []
    for page in range(1, find(facts, dataclasses.replace(ask, page_size=4), held).pages + 1):
        paged += [hit.asset_id for hit in find(facts, dataclasses.replace(ask, page_size=4, page=page), held).hits]
    assert paged == whole
    assert len(set(whole)) == len(whole)


def test_a_file_of_facts_reads_back_as_it_was_written(tmp_path):
    document = AssetDocument(
        1, "Lunch Club", facets={"kind": ("group",)}, venues=(VenuePoint("Hall", "Tilbury", 51.4, 0.3),)
    )
    facts_of([document]).write(tmp_path / "facts")
    read = Facts.read(tmp_path / "facts")
    assert read.words_for(0) == {"venues": [["Hall", "Tilbury"]], "areas": []}
    assert find(read, AssetQuery(), None).facets["kind"] == {"group": 1}


@pytest.mark.parametrize("place", [Place("North Pole", Point(89.9, 0.0), frozenset(), False, None, "", {}), None])
def test_an_empty_directory_finds_nothing_anywhere(place):
    assert find(facts_of([]), AssetQuery(place=place), None).total == 0
