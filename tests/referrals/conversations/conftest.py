import pytest

from search.offering import Offered


@pytest.fixture
def found(settings):
    """What the search would find: ids, put in by a test. The search itself is tested beside itself."""
    Found.ids, Found.asked = [], []
    settings.FIND_OFFERS = f"{__name__}.find_offers"
    return Found


class Found:
    ids: list = []
    asked: list = []


def find_offers(words, place, *, without=(), count=6):
    Found.asked.append((words, place, sorted(without)))
    return [Offered(one, "0.6 miles away, Civic Square", "My garden") for one in Found.ids if one not in without]


@pytest.fixture
def robin(client, coordinator):
    """The coordinator's browser."""
    client.force_login(coordinator)
    return client
