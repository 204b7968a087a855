"""The id of a request goes where its work goes."""

import threading

from outbox.request_id import current, using


def test_outside_a_request_there_is_no_id():
    assert current() == ""


def test_within_it_is_the_one_given_and_afterwards_the_one_before():
    with using("a1"):
        with using("b2"):
            assert current() == "b2"
        assert current() == "a1"
    assert current() == ""


def test_another_thread_has_its_own():
    seen = []
    with using("a1"):
        thread = threading.Thread(target=lambda: seen.append(current()))
        thread.start()
        thread.join()
    assert seen == [""]
