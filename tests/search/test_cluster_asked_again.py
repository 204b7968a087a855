"""A search that breaks inside the cluster, or whose index was replaced under way, is put to it once more."""

import pytest

from search.elastic.cluster import Address, Cluster, Deadline
from search.elastic.engine import ElasticEngine
from search.elastic.naming import Names
from search.index_folder import IndexBroken, IndexMissing
from search.query import AssetQuery, Question, Results

BROKEN = {"status": 500, "error": {"type": "e_o_f_exception", "root_cause": [{"reason": "read past EOF"}]}}
FOUND = {"status": 200, "hits": {"hits": []}}
SEARCHES = [{"index": "listings"}, {"query": {"match_all": {}}, "track_total_hits": False}]


class Answering(Cluster):
    """Gives these answers in turn, and keeps what it was asked."""

    def __init__(self, *answers):
        super().__init__(Address(("http://127.0.0.1:1",)))
        self.answers, self.asked = list(answers), []

    def _answers(self, searches, deadline):
        self.asked.append(searches)
        return [self.answers.pop(0)]


def test_it_is_asked_again_counting_everything():
    cluster = Answering(BROKEN, FOUND)
    assert cluster.searched(SEARCHES, Deadline(5)) == [FOUND]
    assert cluster.asked == [
        SEARCHES,
        [{"index": "listings"}, {"query": {"match_all": {}}, "track_total_hits": True}],
    ]


def test_what_is_found_at_once_is_not_asked_again():
    cluster = Answering(FOUND)
    assert cluster.searched(SEARCHES, Deadline(5)) == [FOUND]
    assert cluster.asked == [SEARCHES]


def test_what_breaks_twice_is_said_to():
    with pytest.raises(IndexBroken, match="read past EOF"):
        Answering(BROKEN, BROKEN).searched(SEARCHES, Deadline(5))


@pytest.mark.parametrize(("gone", "answered"), [(0, True), (2, True), (3, False)])
def test_a_question_follows_the_index_when_it_is_replaced_under_way(monkeypatch, gone, answered):
    left = [IndexMissing("The cluster's index is gone.")] * gone

    class Once:
        def __init__(self, *_asked):
            pass

        def results(self):
            if left:
                raise left.pop()
            return Results(total=7)

    monkeypatch.setattr("search.elastic.engine.Finding", Once)
    engine = ElasticEngine(Cluster(Address(("http://127.0.0.1:1",))), Names("listings"), None, None)
    if answered:
        assert engine.find(Question(AssetQuery())).total == 7
    else:
        with pytest.raises(IndexMissing):
            engine.find(Question(AssetQuery()))
