import pytest

from assets_map.distance import Point
from assets_map.places import Place
from search.documents import asset_documents
from search.engines import ask
from search.engines import engine as current_engine
from search.place_starts import read_elsewhere
from search.plain import DatabaseEngine
from search.suggestions import SuggestQuery
from search.tantivy import TantivyEngine
from tests.factories.directory import THURROCK, TILBURY


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


@pytest.fixture
def tilbury():
    return place_at()


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    current_engine.cache_clear()
    yield tmp_path
    current_engine.cache_clear()


class Searcher:
    """An engine that is brought up to date with the database before it is asked."""

    def __init__(self, engine):
        self.engine = engine

    def __call__(self, query):
        self.engine.rebuild(asset_documents())
        return ask(self.engine, query)

    def suggest(self, text, place=None, **asked):
        """What is offered for a text, words and a place read from it as the page does."""
        self.engine.rebuild(asset_documents())
        return self.engine.suggest(SuggestQuery(text, place, elsewhere=read_elsewhere(text), **asked))


@pytest.fixture(params=["tantivy", "database"])
def search(request, db, tmp_path):
    """Each engine in turn: what a test says of one holds for all."""
    engine = TantivyEngine(tmp_path / "index", river) if request.param == "tantivy" else DatabaseEngine(river)
    return Searcher(engine)


@pytest.fixture
def tantivy(db, tmp_path):
    return Searcher(TantivyEngine(tmp_path / "index", river))
