"""What is sent besides what a form asks for is not written."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from directory.models import Asset
from tests.website.test_admin import ADD, listing

pytestmark = pytest.mark.django_db


def test_fields_that_a_form_does_not_have_are_not_written(as_role):
    more = {
        "live": "true",
        "source": "x",
        "source_id": "1",
        "source_hash": "x",
        "withdrawn_because": "x",
        "locked": "on",
    }
    answer = as_role(Role.MODERATOR).post(reverse(ADD), {**listing(), **more, "reference": "zzzzzz", "id": "77"})
    assert answer.status_code == 302
    asset = Asset.objects.get()
    assert (asset.live, asset.locked) == (False, False)
    assert (asset.source, asset.source_id, asset.source_hash, asset.withdrawn_because) == ("", "", "", "")
    assert asset.reference != "zzzzzz"
    assert asset.pk != 77
