import os

import pytest
import shapely
from django.conf import settings as settings_of_the_run

from assets_map.distance import Point
from assets_map.places import Place
from search.engines import engine as current_engine
from search.plain import DatabaseEngine
from search.tantivy.engine import TantivyEngine
from tests.factories.directory import THURROCK, TILBURY
from tests.search.cluster import ClusterSearcher, Searcher, drop_all, engine_for


def place_at(at=TILBURY, codes=("E05002246", THURROCK), label="Tilbury"):
    """A place as `find_place` gives it."""
    return Place(
        label=label,
        point=Point(*at),
        area_codes=frozenset(codes),
        approximate=False,
        postcode=None,
        shareable="RM18 8",
        area_names={THURROCK: "Thurrock"},
    )


def river(here, lats, lons):
    """A river along 51.455 north, called River Thames."""
    return ["River Thames" if (lat < 51.455) != (here[0] < 51.455) else None for lat in lats]


def lines():
    """The same river as a line."""
    return [shapely.LineString([(-10, 51.455), (10, 51.455)])]


@pytest.fixture
def tilbury():
    return place_at()


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    current_engine.cache_clear()
    yield tmp_path
    current_engine.cache_clear()


@pytest.fixture(scope="session")
def cluster_searcher():
    """One index for this process's whole run."""
    if not settings_of_the_run.TEST_ELASTICSEARCH_URL:
        pytest.skip("ELASTICSEARCH_URL names no cluster to test with.")
    searcher = ClusterSearcher(engine_for(f"test-{os.getpid()}", river, lines))
    yield searcher
    drop_all(searcher.engine)


@pytest.fixture
def elastic(db, cluster_searcher):
    """The cluster's engine, with an empty index."""
    cluster_searcher.begin()
    yield cluster_searcher
    cluster_searcher.empty()


@pytest.fixture(params=["tantivy", "database", "elasticsearch"])
def search(request, db, tmp_path):
    """Each engine in turn: what a test says of one holds for all."""
    if request.param == "elasticsearch":
        return request.getfixturevalue("elastic")
    engine = TantivyEngine(tmp_path / "index", river) if request.param == "tantivy" else DatabaseEngine(river)
    return Searcher(engine)


@pytest.fixture
def tantivy(db, tmp_path):
    return Searcher(TantivyEngine(tmp_path / "index", river))
