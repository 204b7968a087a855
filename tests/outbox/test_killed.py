"""kill -9 of web and workers at any moment: all that was owed is delivered, and nothing is applied twice."""

import random
import threading

import pytest

from tests.outbox.machine import DATABASES, Machine, own_database, until
from tests.outbox.owing.urls import PARCELS
from tests.outbox.receiver import Receiver

ORDERS = 100
OWED = ORDERS * PARCELS
KILLS = 20
# So much is owed at most at any time, so that orders come in until shortly before the end.
MOST_OWED = 400


@pytest.fixture(params=DATABASES)
def database(request, tmp_path):
    with own_database(request.param, tmp_path) as url:
        yield url


class Customers(threading.Thread):
    """Order one after the other, each again until it is confirmed; `ordering` while one is under way."""

    def __init__(self, machine, receiver):
        super().__init__(daemon=True)
        self.machine, self.receiver = machine, receiver
        self.ordering = threading.Event()

    def run(self):
        for number in range(ORDERS):
            until(lambda n=number: n * PARCELS - len(self.receiver.applied) < MOST_OWED, "parcels to arrive")
            self.ordering.set()
            self.machine.ask(f"/orders/{number}/", post=True)
            self.ordering.clear()


def test_everything_owed_is_delivered_and_applied_once_whoever_is_killed(database, tmp_path):
    chance = random.Random(2026)
    kills = sorted((chance.randrange(OWED * 9 // 10), chance.choice(["web", "one", "two"])) for _ in range(KILLS))
    with Receiver() as receiver, Machine(database, tmp_path, receiver) as machine:
        receiver.breaks_off = {f"{number}/{number % PARCELS}" for number in range(0, ORDERS, 5)}
        for name in ("web", "one", "two"):
            machine.start(name)
        customers = Customers(machine, receiver)
        customers.start()
        for point, victim in kills:
            until(lambda at=point: len(receiver.applied) >= at, f"{point} parcels")
            if victim == "web":
                until(lambda: customers.ordering.is_set() or not customers.is_alive(), "an order")
            # Anywhere within a transaction, or between two.
            customers.join(chance.uniform(0, 0.02))
            machine.kill(victim)
            machine.start(victim)
        customers.join()
        until(lambda: machine.left() == (ORDERS, 0), "everything to be delivered")
        assert [machine.stop(name) for name in ("one", "two")] == [0, 0]
    contents = sorted(parcel["content"] for parcel in receiver.applied.values())
    assert contents == sorted(f"{number}/{part}" for number in range(ORDERS) for part in range(PARCELS))
    assert all(
        parcel["request"] == f"order-{parcel['content'].partition('/')[0]}" for parcel in receiver.applied.values()
    )
    # What was applied but not confirmed came again, with the same key.
    assert sum(receiver.arrivals.values()) > OWED
    assert set(receiver.arrivals) == set(receiver.applied)
    assert receiver.at_once == set()
