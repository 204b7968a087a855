import pytest


@pytest.fixture
def robin(client, coordinator):
    """The browser of Jean's coordinator."""
    client.force_login(coordinator)
    return client


@pytest.fixture
def open_club(lunch_club):
    """A listing at which residents may ask."""
    lunch_club.self_referral = True
    lunch_club.save()
    return lunch_club
