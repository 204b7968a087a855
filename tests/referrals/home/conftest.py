import pytest

from accounts.models import Council, Team
from tests.factories.referrals import make_coordinator


@pytest.fixture
def as_coordinator(client, coordinator):
    """The browser of the coordinator, signed in."""
    client.force_login(coordinator)
    return client


@pytest.fixture
def colleague(db):
    return make_coordinator("alex")


@pytest.fixture
def team(db):
    assert not Council.objects.exists()
    return Team.objects.create(name="Tilbury")
