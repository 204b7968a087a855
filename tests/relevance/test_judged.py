"""The set itself: enough of every kind, half kept for testing, and graded by references that there are."""

import csv
from collections import Counter
from contextlib import closing
from statistics import fmean

import openpyxl
import pytest

from config.demo import LISTINGS
from search.stems import stem
from search.understand import STOP_WORDS, words_of
from tests.relevance.directories import OTHERS
from tests.relevance.judged import KINDS, judged_queries

QUERIES = judged_queries()
# Where a listing says in words what it is.
TOLD = (
    "Name", "One sentence", "More about it", "What it covers", "Criteria", "First visit", "Who it is for", "Categories",
)  # fmt: skip


@pytest.fixture(scope="module")
def rows():
    """Every row of the workbook's listings, by heading."""
    with closing(openpyxl.load_workbook(LISTINGS, read_only=True)) as book:
        headings, *found = book["Listings"].iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in found if row[0]]


@pytest.fixture(scope="module")
def references(rows):
    return {row["Reference"] for row in rows}


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


@pytest.fixture(scope="module")
def words_of_listings(rows):
    told = {row["Reference"]: " ".join(row[name] or "" for name in TOLD) for row in rows}
    return {reference: {stem(word) for word in words_of(text)} for reference, text in told.items()}


def shared(query, words_of_listings):
    """The share of a sentence's words that stand in a listing that answers it best, on average."""
    asked = {stem(word) for word in words_of(query.text) if word not in STOP_WORDS}
    top = max(query.grades.values())
    best = [words_of_listings[reference] for reference, grade in query.grades.items() if grade == top]
    return fmean(len(asked & words) / len(asked) for words in best)


def test_sentences_share_few_words_with_what_answers_them(words_of_listings):
    shares = {query.text: shared(query, words_of_listings) for query in QUERIES if query.kind == "sentence"}
    assert fmean(shares.values()) <= 0.35
    assert fmean(share > 2 / 3 for share in shares.values()) <= 0.1


@pytest.mark.parametrize("directory", OTHERS, ids=lambda one: one.name)
def test_every_grade_elsewhere_is_of_a_listing_there(directory):
    with directory.listings.open(encoding="utf-8-sig", newline="") as file:
        known = {row["Reference"] for row in csv.DictReader(file)}
    asked = directory.queries()
    assert {reference for query in asked for reference in query.grades} - known == set()
    assert Counter(query.kind for query in asked)["sentence"] >= 50
    assert [query.text for query in asked if query.is_negative != (query.kind == "negative")] == []
