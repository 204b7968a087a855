"""Acts that are done at the same instant: each in a thread, with a connection to the database of its own."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

from django.db import connection, connections

# As long as whoever waits for a row of the other keeps them waiting.
PATIENCE = 1


def at_once(*acts, after=None, before=None):
    """What each came to: what it gave, or what it raised. The acts meet once more where each has asked the database
    something with the words `after` in it, or is about to ask something that begins with `before`; who is kept waiting
    by the other is not waited for."""
    ready, met = threading.Barrier(len(acts)), threading.Barrier(len(acts))

    def do(act):
        meeting = Meeting(met, after, before)
        ready.wait(60)
        try:
            with ExitStack() as stack:
                stack.enter_context(connection.execute_wrapper(meeting))
                return act()
        except Exception as error:  # what it came to is for the test to look at
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


class Meeting:
    def __init__(self, barrier, after, before):
        self.barrier, self.after, self.before = barrier, after, before
        self.is_over = not (after or before)

    def __call__(self, execute, sql, params, many, context):
        if self.before and sql.startswith(self.before):
            self.meet()
        found = execute(sql, params, many, context)
        if self.after and self.after in sql:
            self.meet()
        return found

    def meet(self):
        if not self.is_over:
            self.is_over = True
            with suppress(threading.BrokenBarrierError):
                self.barrier.wait(PATIENCE)
