import pytest

from referrals.answering.links import give_link
from tests.factories.referrals import make_administrator, make_coordinator, make_person, make_referable_asset, refer


@pytest.fixture
def coordinator(db):
    return make_coordinator()


@pytest.fixture
def jean(coordinator):
    """A person of the coordinator's."""
    return make_person(coordinator)


@pytest.fixture
def lunch_club(db):
    return make_referable_asset()


@pytest.fixture
def administrator(db):
    return make_administrator()


@pytest.fixture
def referral(jean, lunch_club):
    return refer(jean, lunch_club)


@pytest.fixture
def token(referral):
    return give_link(referral)
