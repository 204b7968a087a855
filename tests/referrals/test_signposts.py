import pytest
from django.urls import reverse

from referrals.models import Signpost
from referrals.signposting import count_signposts
from tests.factories.directory import make_asset

pytestmark = pytest.mark.django_db


def test_a_printed_sheet_is_counted_and_nothing_else_is_kept(client):
    asset = make_asset()
    for _time in range(2):
        client.get(reverse("directory:listing_sheet", args=[asset.slug]))
    kept = Signpost.objects.get()
    assert (kept.asset_id, kept.how, kept.count) == (asset.pk, "printed", 2)
    assert {field.name for field in Signpost._meta.fields} == {"id", "asset_id", "how", "on", "count"}


def test_putting_a_listing_on_a_list_is_counted_apart_from_printing(client):
    asset = make_asset()
    client.post(reverse("directory:my_list_change"), {"add": asset.pk})
    client.get(reverse("directory:my_list_sheet"))
    assert dict(Signpost.objects.values_list("how", "count")) == {"listed": 1, "printed": 1}


def test_a_whole_list_is_counted_in_three_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        count_signposts(range(1, 200), how=Signpost.How.PRINTED)
    assert Signpost.objects.filter(count=1).count() == 199
