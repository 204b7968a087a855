"""The set itself: enough of every kind, half kept for testing, and graded by references that there are."""

from collections import Counter

import openpyxl
import pytest

from config.demo import LISTINGS
from tests.relevance.judged import KINDS, judged_queries

QUERIES = judged_queries()


@pytest.fixture(scope="module")
def references():
    sheet = openpyxl.load_workbook(LISTINGS, read_only=True)["Listings"]
    return {row[0] for row in sheet.iter_rows(min_row=2, max_col=1, values_only=True) if row[0]}


def test_there_are_enough():
    kinds = Counter(query.kind for query in QUERIES)
    assert set(kinds) == set(KINDS)
    assert sum(kinds.values()) - kinds["sentence"] >= 100
    assert kinds["sentence"] >= 70


def test_half_of_each_kind_is_kept_for_testing():
    for kind in KINDS:
        halves = Counter(query.held for query in QUERIES if query.kind == kind)
        assert abs(halves[True] - halves[False]) <= 1, kind


def test_no_query_is_asked_twice():
    asked = Counter((query.text.lower(), query.place) for query in QUERIES)
    assert [one for one, times in asked.items() if times > 1] == []


def test_every_grade_is_of_a_listing_of_the_demo(references):
    named = {reference for query in QUERIES for reference in query.grades}
    assert named - references == set()


def test_only_negatives_have_no_answer():
    assert [query.text for query in QUERIES if query.is_negative != (query.kind == "negative")] == []


def test_every_query_says_why():
    assert [query.text for query in QUERIES if len(query.why) < 5] == []


def test_sentences_are_four_words_or_more():
    assert [query.text for query in QUERIES if query.kind == "sentence" and len(query.text.split()) < 4] == []


def test_a_field_that_is_not_known_is_refused(tmp_path):
    (tmp_path / "one.toml").write_text('[[query]]\ntext = "a"\nkind = "words"\nwhy = "b"\nbest = "ME001"\n')
    with pytest.raises(ValueError, match="best"):
        judged_queries(tmp_path)


def test_a_listing_graded_twice_is_refused(tmp_path):
    (tmp_path / "one.toml").write_text(
        '[[query]]\ntext = "a"\nkind = "words"\nwhy = "b"\nexactly = "ME001"\ngood = "ME001"\n'
    )
    with pytest.raises(ValueError, match="twice"):
        judged_queries(tmp_path)
