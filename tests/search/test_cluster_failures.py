"""A real cluster stopped, paused and full: everybody is answered in time, it heals by itself, and no write is lost."""

import time
import uuid

import pytest
from django.conf import settings as settings_of_the_run
from django.utils import timezone

from outbox.delivery import deliver_everything_due
from search import engines
from search.health import health
from search.models import StaleAsset
from search.query import AssetQuery
from search.writing import build
from tests.factories.directory import make_asset
from tests.search.conftest import place_at
from tests.search.own_cluster import SCRIPT, OwnCluster, eventually

pytestmark = pytest.mark.django_db(transaction=True)

# What somebody may be kept waiting, in seconds.
MOST = 2.5


@pytest.fixture(scope="module")
def own_cluster():
    if not settings_of_the_run.TEST_ELASTICSEARCH_URL:
        pytest.skip("ELASTICSEARCH_URL names no cluster, so that none is started to be broken.")
    if not SCRIPT.exists():
        pytest.skip(f"There is no {SCRIPT} to start a cluster with.")
    cluster = OwnCluster()
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture
def cluster(own_cluster, settings):
    """A cluster with an index of two listings, as this process's engine."""
    settings.ELASTICSEARCH_URL = own_cluster.url
    settings.ELASTICSEARCH_INDEX = f"failing-{uuid.uuid4().hex}"
    settings.ELASTICSEARCH_REPLICAS = 0
    make_asset(name="Dock Road Choir")
    StaleAsset.objects.all().delete()
    build()
    # The first questions of a server that has just started are slow ones.
    eventually(lambda: asked("choir").engine == "elasticsearch")
    return own_cluster


def asked(text="", **others):
    return engines.find(AssetQuery(text=text, **others))


def timed(text):
    began = time.monotonic()
    results = asked(text, place=place_at())
    return results, time.monotonic() - began


def names(results):
    """How many hold the words, and who answered."""
    return sum(not hit.by_meaning for hit in results.hits), results.engine, results.less_complete


def deliver_all_now():
    StaleAsset.objects.update(due_at=timezone.now())
    deliver_everything_due()


def heals(text):
    """The cluster answers again, and finds what was written while it did not."""
    eventually(lambda: asked("choir").engine == "elasticsearch" or deliver_all_now())
    eventually(lambda: deliver_all_now() or not StaleAsset.objects.exists())
    eventually(lambda: names(asked(text)) == (1, "elasticsearch", False))


def test_paused_it_is_answered_from_the_index_beside_it_and_heals(cluster):
    cluster.pause()
    try:
        results, seconds = timed("choir")
        assert seconds <= MOST
        assert names(results) == (1, "tantivy", True)
        # From now on nobody waits at all.
        assert max(timed("choir")[1] for _ in range(5)) < 1.0
        assert health().breaker != "closed"
        began = time.monotonic()
        make_asset(name="Calcutta Band")
        assert time.monotonic() - began < MOST
        assert StaleAsset.objects.count() == 1
        assert names(asked("calcutta")) == (1, "tantivy", True)
    finally:
        cluster.resume()
    heals("calcutta")
    assert health().breaker == "closed"


@pytest.mark.parametrize("block", ["read_only_allow_delete", "write"])
def test_full_it_still_answers_and_what_it_refuses_stays_owed(cluster, settings, block):
    client = engines.engine().cluster.cluster.client
    every = f"{settings.ELASTICSEARCH_INDEX}-*"
    client.indices.put_settings(index=every, settings={f"index.blocks.{block}": True})
    try:
        began = time.monotonic()
        make_asset(name="Marsh Swimmers")
        assert time.monotonic() - began < MOST
        assert "Listings refused: 1" in StaleAsset.objects.get().last_error
        results, seconds = timed("choir")
        assert seconds <= MOST
        assert names(results) == (1, "elasticsearch", False)
        StaleAsset.objects.create(asset_id=None)
        deliver_all_now()
        assert StaleAsset.objects.count() == 2
    finally:
        client.indices.put_settings(index=every, settings={f"index.blocks.{block}": None})
    heals("marsh")


def test_stopped_it_is_answered_at_once_and_a_new_server_is_filled_again(cluster):
    cluster.stop()
    try:
        results, seconds = timed("choir")
        assert seconds <= MOST
        assert names(results) == (1, "tantivy", True)
        make_asset(name="Fort Singers")
        assert names(asked("fort")) == (1, "tantivy", True)
        assert StaleAsset.objects.filter(asset_id=None).count() == 0
    finally:
        # With nothing in it: a server that lost its disk.
        cluster.start()
    eventually(lambda: asked("choir") and StaleAsset.objects.filter(asset_id=None).exists())
    heals("fort")


def test_without_an_index_beside_it_the_database_answers(cluster, settings):
    settings.KEEP_EMBEDDED = False
    cluster.pause()
    try:
        results, seconds = timed("choir")
        assert seconds <= MOST
        assert names(results) == (1, "database", True)
        assert StaleAsset.objects.count() == 0
    finally:
        cluster.resume()
    eventually(lambda: names(asked("choir")) == (1, "elasticsearch", False))
