"""What failed is left alone for a while, then tried by one, and asked by all when it answers."""

import pytest

from search.breaker import Breaker


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return Breaker(failures=2, seconds=2, longest=30, clock=clock)


def open_it(breaker):
    breaker.failed()
    breaker.failed()


def test_one_failure_among_successes_opens_nothing(breaker):
    for _ in range(5):
        breaker.failed()
        breaker.succeeded()
    assert breaker.state == "closed"
    assert breaker.allows()


def test_failures_in_a_row_open_it_and_nobody_is_let_through(breaker):
    open_it(breaker)
    assert breaker.state == "open"
    assert not breaker.allows()


def test_after_a_while_one_may_try_and_the_others_wait(breaker, clock):
    open_it(breaker)
    clock.now += 2
    assert breaker.state == "half-open"
    assert [breaker.allows() for _ in range(3)] == [True, False, False]


def test_a_trial_that_succeeds_closes_it_and_says_so_once(breaker, clock):
    open_it(breaker)
    clock.now += 2
    assert breaker.allows()
    assert breaker.succeeded()
    assert not breaker.succeeded()
    assert [breaker.allows() for _ in range(3)] == [True, True, True]


def test_each_trial_that_fails_doubles_the_wait_up_to_a_limit(breaker, clock):
    open_it(breaker)
    waits = []
    for _ in range(6):
        waited = 0
        while not breaker.allows():
            clock.now += 1
            waited += 1
        waits.append(waited)
        breaker.failed()
    assert waits == [2, 4, 8, 16, 30, 30]


def test_failures_that_were_under_way_when_it_opened_do_not_lengthen_the_wait(breaker, clock):
    open_it(breaker)
    clock.now += 1
    breaker.failed()
    clock.now += 1
    assert breaker.allows()


def test_a_trial_that_never_comes_back_does_not_keep_it_open_for_ever(breaker, clock):
    open_it(breaker)
    clock.now += 2
    assert breaker.allows()
    clock.now += 30
    assert breaker.allows()
