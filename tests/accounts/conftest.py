import pytest
from django.core.cache import cache

from tests.accounts.own_provider import CLIENT, OwnProvider


@pytest.fixture(autouse=True)
def nobody_came_before():
    """Requests from one address are counted in the cache, whichever test sent them."""
    cache.clear()


@pytest.fixture(scope="session")
def provider_process():
    """One small provider for all, whose key takes a moment to make."""
    provider = OwnProvider()
    yield provider
    provider.stop()


@pytest.fixture
def provider(provider_process, settings):
    """An OpenID Connect provider that does as a test says, and a site whose staff sign in there."""
    provider_process.behave()
    settings.OIDC_ISSUER = provider_process.issuer
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, "any"
    settings.OIDC_NAME = "your Thurrock account"
    settings.OIDC_ROLES = {"dir-team": "moderator", "dir-admins": "administrator"}
    settings.SECOND_STEP_REQUIRED, settings.SECOND_STEP_FOR_ALL = True, False
    return provider_process
