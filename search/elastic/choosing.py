"""The cluster's engine as the settings have it."""

from django.conf import settings

from assets_map.barriers import barriers
from search.around import Crossed
from search.elastic.building import Sizes
from search.elastic.cluster import Address, Cluster
from search.elastic.engine import ElasticEngine
from search.elastic.naming import Names


def cluster_engine(crossed: Crossed) -> ElasticEngine:
    """Made without asking the cluster anything."""
    address = Address(
        urls=tuple(url.strip() for url in settings.ELASTICSEARCH_URL.split(",") if url.strip()),
        api_key=settings.ELASTICSEARCH_API_KEY,
        user=settings.ELASTICSEARCH_USER,
        password=settings.ELASTICSEARCH_PASSWORD,
        ca=settings.ELASTICSEARCH_CA,
        seconds=settings.ELASTICSEARCH_TIMEOUT,
    )
    sizes = Sizes(shards=settings.ELASTICSEARCH_SHARDS, replicas=settings.ELASTICSEARCH_REPLICAS)
    names = Names(settings.ELASTICSEARCH_INDEX)
    return ElasticEngine(Cluster(address), names, crossed, lambda: [one.shape for one in barriers()], sizes=sizes)
