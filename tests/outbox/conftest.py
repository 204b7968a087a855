import pytest

from tests.outbox.receiver import Receiver


@pytest.fixture
def receiver(settings):
    with Receiver() as receiver:
        settings.RECEIVER = receiver.address
        yield receiver


@pytest.fixture
def administrator(django_user_model):
    from accounts.roles import Role, make_roles

    user = django_user_model.objects.create_user("ada@example.org", email="ada@example.org")
    user.groups.add(make_roles()[Role.ADMINISTRATOR])
    return user
