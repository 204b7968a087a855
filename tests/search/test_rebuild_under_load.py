"""Twenty searches a second while the index is built twice: none fails, and none misses what was there throughout."""

import os
import threading
import time

import pytest
from django.conf import settings
from django.db import connections

from search.documents import AssetDocument
from search.engines import ask
from search.query import AssetQuery
from search.tantivy.engine import TantivyEngine
from tests.search.cluster import drop_all, engine_for
from tests.search.conftest import lines, river

pytestmark = pytest.mark.django_db

LISTINGS = 3_000
STEADY = {7, 1_500, 2_999}


def listings(turn):
    """Some stay from one build to the next, and most are others."""
    for number in range(1, LISTINGS):
        name = "Lighthouse Choir" if number in STEADY else f"Lunch {turn}"
        asset_id = number if number in STEADY else number + turn * 10_000
        yield AssetDocument(asset_id, name, facets={"kind": ("group",), "reach": ("by-phone",)})


@pytest.fixture(params=["tantivy", "elasticsearch"])
def engine(request, tmp_path):
    if request.param == "tantivy":
        yield TantivyEngine(tmp_path / "index", river)
        return
    if not settings.TEST_ELASTICSEARCH_URL:
        pytest.skip("ELASTICSEARCH_URL names no cluster to test with.")
    made = engine_for(f"rebuilt-{os.getpid()}", river, lines)
    yield made
    drop_all(made)


def test_no_search_fails_or_misses_a_listing_while_the_index_is_built_again(engine):
    engine.rebuild(listings(0))
    failed = []

    def build_twice():
        try:
            engine.rebuild(listings(1))
            engine.rebuild(listings(2))
        except Exception as error:
            failed.append(error)
        # This thread's own, which nobody else closes.
        connections.close_all()

    building = threading.Thread(target=build_twice)
    building.start()
    asked, next_at = 0, time.monotonic()
    while building.is_alive() or asked < 20:
        found = {hit.asset_id for hit in ask(engine, AssetQuery(text="lighthouse choir")).hits}
        assert found == STEADY
        assert ask(engine, AssetQuery(filters={"kind": ("group",)})).total == LISTINGS - 1
        asked += 2
        next_at = max(next_at + 0.1, time.monotonic())
        building.join(timeout=next_at - time.monotonic())
    assert failed == []
    assert {hit.asset_id // 10_000 for hit in ask(engine, AssetQuery(text="lunch")).hits} == {2}
