import pytest

from tests.relevance.judged import JudgedQuery
from tests.relevance.measures import Asked, by_kind, figures, gain, ndcg, recall

GRADES = {"A": 3, "B": 2, "C": 1}


def asked(*ranked, kind="words", grades=GRADES, held=False):
    return Asked(JudgedQuery("a query", kind, "", grades, held=held), ranked)


def test_gain_halves_what_stands_third():
    assert gain([0, 0, 2]) == pytest.approx(3 / 2)


def test_the_best_order_gives_one():
    assert ndcg(["A", "B", "C", "D"], GRADES) == pytest.approx(1)


def test_a_worked_example():
    # Shown: grade 2, none, grade 3. 3/1 + 0 + 7/2 = 6.5, of a best 7/1 + 3/log2(3) + 1/2 = 9.3928.
    assert ndcg(["B", "D", "A"], GRADES) == pytest.approx(6.5 / 9.3928, abs=1e-4)


def test_what_stands_eleventh_gives_nothing():
    assert ndcg([*"abcdefghij", "A"], {"A": 3}) == 0
    assert ndcg([*"abcdefghi", "A"], {"A": 3}) == pytest.approx(1 / 3.4594, abs=1e-4)


def test_the_ideal_counts_what_was_not_shown():
    assert ndcg(["A"], {"A": 3, "B": 3}) == pytest.approx(1 / (1 + 1 / 1.58496), abs=1e-4)


def test_the_ideal_counts_ten_at_most():
    many = {f"L{number}": 3 for number in range(30)}
    assert ndcg(list(many)[:10], many) == pytest.approx(1)


def test_nothing_shown_is_nought():
    assert ndcg([], GRADES) == 0


def test_recall_counts_what_is_graded_two_or_three():
    assert recall(["A", "C"], GRADES) == 0.5
    assert recall(["C"], {"C": 1}) is None


def test_recall_looks_at_twenty():
    before = [f"other{number}" for number in range(20)]
    assert recall([*before, "A"], {"A": 3}) == 0
    assert recall([*before[1:], "A"], {"A": 3}) == 1


def test_recall_of_more_than_twenty_can_be_whole():
    many = {f"L{number}": 2 for number in range(25)}
    assert recall(list(many), many) == 1


def test_what_is_missed_is_named_best_first():
    assert asked("C").missed == ["A", "B"]


def test_figures_are_means_and_count_the_empty_ones():
    found = figures([asked("A", "B", "C"), asked()])
    assert (found.count, found.nothing, found.recall) == (2, 0.5, 0.5)
    assert found.ndcg == pytest.approx(0.5)


def test_negatives_have_only_the_share_that_found_nothing():
    found = figures([asked(kind="negative", grades={}), asked("A", kind="negative", grades={})])
    assert (found.ndcg, found.recall, found.nothing) == (None, None, 0.5)


def test_all_words_leaves_out_sentences_and_negatives():
    kinds = ("words", "misspelt", "places", "names", "filters", "sentence")
    found = by_kind([asked("A", kind=kind) for kind in kinds] + [asked(kind="negative", grades={})])
    assert found["all words"].count == 5
    assert set(found) == {*kinds, "negative", "all words"}


def test_half_of_the_queries_can_be_looked_at_alone():
    both = [asked("A"), asked("B", held=True)]
    assert by_kind(both, keep=lambda query: query.held)["words"].ndcg == pytest.approx(asked("B").ndcg)
