"""A cluster and the index beside it: both are written, one answers when the other cannot, and nobody waits twice."""

from contextlib import contextmanager

import pytest

from search.breaker import Breaker, EngineDown, LeftAlone, Refused
from search.index_folder import IndexMissing, WriterBusy
from search.query import AssetQuery, Question, Results
from search.spare import WithSpare

ASKED = Question(AssetQuery())


class Fake:
    """An engine that does as it is told, and remembers what was asked of it."""

    keeps_vectors = False

    def __init__(self, name):
        self.name, self.fails, self.did, self.busy = name, None, [], False

    def _do(self, what):
        self.did.append(what)
        if self.fails:
            raise self.fails

    def find(self, question):
        self._do("find")
        return Results(total=1)

    def suggest(self, query):
        self._do("suggest")
        return [self.name]

    def vocabulary(self):
        self._do("vocabulary")
        return self.name

    def change(self, *, put=(), remove=()):
        self._do(("change", list(put), list(remove)))

    def rebuild(self, documents):
        self._do(("rebuild", list(documents)))
        return 1

    @contextmanager
    def writing(self, *, wait):
        if self.busy and not wait:
            raise WriterBusy
        self.did.append("lock")
        yield
        self.did.append("unlock")


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def told():
    return []


@pytest.fixture
def both(clock, told):
    return WithSpare(
        Fake("cluster"),
        Fake("spare"),
        Breaker(clock=clock),
        documents=lambda: iter(["all"]),
        healed=lambda: told.append("healed"),
        owe_rebuild=lambda: told.append("rebuild"),
    )


def test_the_cluster_answers_while_it_can(both):
    assert (both.find(ASKED).engine, both.vocabulary(), both.suggest(None)) == ("cluster", "cluster", ["cluster"])
    assert both.spare.did == []


def test_when_it_is_down_the_spare_answers_and_the_cluster_is_left_alone(both, clock, told):
    both.cluster.fails = EngineDown("slow")
    results = both.find(ASKED)
    assert (results.engine, results.less_complete) == ("spare", True)
    both.cluster.did.clear()
    assert (both.find(ASKED).engine, both.suggest(None), both.vocabulary()) == ("spare", ["spare"], "spare")
    assert both.cluster.did == []
    both.cluster.fails = None
    clock.now += 2
    assert both.vocabulary() == "spare"
    assert (both.find(ASKED).engine, told) == ("cluster", ["healed"])


def test_without_an_index_a_rebuild_is_owed_and_nobody_is_left_alone(both, told):
    both.cluster.fails = IndexMissing("none")
    assert both.find(ASKED).engine == "spare"
    assert (told, both.breaker.state) == (["rebuild"], "closed")


def test_without_a_spare_the_problem_is_raised_and_it_heals_all_the_same(both, clock):
    both.spare, both.cluster.fails = None, EngineDown("slow")
    with pytest.raises(EngineDown):
        both.find(ASKED)
    with pytest.raises(LeftAlone):
        both.vocabulary()
    both.cluster.fails = None
    clock.now += 2
    assert (both.vocabulary(), both.find(ASKED).engine) == ("cluster", "cluster")


def test_a_change_is_written_to_both_and_stays_owed_while_one_has_it_not(both):
    both.cluster.fails = EngineDown("slow")
    with pytest.raises(EngineDown):
        both.change(put=iter(["a"]), remove=iter([1]))
    assert both.spare.did == both.cluster.did == [("change", ["a"], [1])]


def test_refused_rows_say_nothing_of_who_answers(both):
    both.cluster.fails = Refused([1], "full")
    with pytest.raises(Refused):
        both.change(put=["a"])
    assert both.breaker.state == "closed"


def test_a_spare_that_is_missing_is_built_by_itself(both):
    both.spare.fails = IndexMissing("none")
    with pytest.raises(IndexMissing):
        both.change(put=["a"])
    assert both.spare.did[-1] == ("rebuild", ["all"])


def test_the_spare_is_built_anew_though_the_cluster_cannot_be(both):
    both.cluster.fails = EngineDown("slow")
    with pytest.raises(EngineDown):
        both.rebuild(["all"])
    assert both.spare.did == [("rebuild", ["all"])]


def test_who_may_not_wait_looks_whether_the_spare_is_written_and_does_not_hold_it(both):
    with both.writing(wait=False):
        assert both.spare.did == ["lock", "unlock"]
    both.spare.did.clear()
    with both.writing(wait=True):
        assert both.spare.did == ["lock"]
    both.spare.busy = True
    with pytest.raises(WriterBusy), both.writing(wait=False):
        pytest.fail("It is being written.")
