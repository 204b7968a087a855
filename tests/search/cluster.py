"""Engines that tests ask, the cluster's among them."""

from django.conf import settings

from search.documents import asset_documents
from search.elastic.building import Sizes
from search.elastic.cluster import Address, Cluster
from search.elastic.engine import ElasticEngine
from search.elastic.naming import Names
from search.engines import ask
from search.place_starts import read_elsewhere
from search.suggestions import SuggestQuery


class Searcher:
    """An engine that is brought up to date with the database before it is asked."""

    def __init__(self, engine):
        self.engine = engine

    def bring_up_to_date(self):
        self.engine.rebuild(asset_documents())

    def __call__(self, query):
        self.bring_up_to_date()
        return ask(self.engine, query)

    def suggest(self, text, place=None, **asked):
        """What is offered for a text, words and a place read from it as the page does."""
        self.bring_up_to_date()
        return self.engine.suggest(SuggestQuery(text, place, elsewhere=read_elsewhere(text), **asked))


class ClusterSearcher(Searcher):
    """The cluster is changed and not built anew, which takes a quarter of a second. Building has tests of its own."""

    held = None

    def begin(self):
        if self.held is None:
            self.engine.rebuild([])
            self.held = frozenset()

    def bring_up_to_date(self):
        documents = list(asset_documents())
        now = frozenset(document.asset_id for document in documents)
        self.engine.change(put=documents, remove=self.held - now)
        self.held = now

    def empty(self):
        """Whoever put it there: tests ask the engine itself, and a change that broke off half-way is not known of."""
        index = self.engine.names.read
        client = self.engine.cluster.client
        client.indices.refresh(index=index)
        hits = client.search(index=index, size=10_000, source=False)["hits"]["hits"]
        self.engine.change(remove=[int(hit["_id"]) for hit in hits])
        self.held = frozenset()


def engine_for(prefix, crossed, lines, *, seconds=10.0, shards=1):
    """An engine over the test cluster under a prefix of its own; patient, since the machine may be busy."""
    cluster = Cluster(Address(tuple(settings.TEST_ELASTICSEARCH_URL.split(",")), seconds=seconds))
    return ElasticEngine(cluster, Names(prefix), crossed, lines, sizes=Sizes(shards=shards, replicas=0, merge=False))


def drop_all(engine):
    client = engine.cluster.client
    for index in client.indices.get(index=engine.names.every, features=["settings"]):
        client.indices.delete(index=index, ignore_unavailable=True)
