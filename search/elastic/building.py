"""A whole index built beside the one that is read: made, filled, caught up, and swapped in; nobody's search fails.

While it is filled every change goes into both (`search.elastic.changing`), so that there is nothing left to catch up.
"""

import contextlib
import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from elasticsearch import Elasticsearch

from search.breaker import Refused
from search.documents import AssetDocument
from search.elastic.cluster import Cluster, named_failures
from search.elastic.mapping import body
from search.elastic.naming import Names
from search.elastic.vocabulary import Counting
from search.elastic.word_store import WordStore
from search.elastic.writing import Unwritten, one_builder, puts, reading_time, write
from search.index_folder import IndexMissing

log = logging.getLogger(__name__)

REFRESH_EVERY = "30s"
# What another version of the mapping left is kept for its processes so long.
SECONDS_KEPT_FOR_OTHERS = 86_400
# Putting an index's pieces together may take long, and a build goes on without it.
MERGING_SECONDS = 1_800.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """How an index is spread over the cluster."""

    shards: int = 1
    replicas: int = 1
    # Fewer pieces are searched more quickly; merging them takes a while.
    merge: bool = True


def build(cluster: Cluster, names: Names, words: WordStore, documents: Iterable[AssetDocument], sizes: Sizes) -> int:
    """Hold these and nothing else; the number held."""
    client = cluster.within()
    with one_builder():
        since = reading_time()
        known = words.state()
        sweep(client, names)
        new = names.new()
        counting = Counting()
        try:
            make(client, names, new, sizes)
            lines = puts(counted(documents, counting), [new], since)
            check(write(cluster, lines, few=False, refresh=False))
            ready(cluster, new, sizes)
            change_over(client, names, new)
        except BaseException:
            with contextlib.suppress(Exception):
                client.indices.delete(index=new, ignore_unavailable=True)
            raise
        words.replace(new, counting.done(), known)
        return counting.listings


def counted(documents: Iterable[AssetDocument], counting: Counting) -> Iterator[AssetDocument]:
    for document in documents:
        counting.add(document)
        yield document


def check(left: Unwritten) -> None:
    """One listing that can never be held must not keep all the others out of an index."""
    if left.refused:
        raise Refused(left.refused, ", ".join(sorted(set(left.refused.values()))))
    for asset_id, because in left.unfit.items():
        log.error("Listing %s cannot be held by the cluster: %s", asset_id, because)


def make(client: Elasticsearch, names: Names, new: str, sizes: Sizes) -> None:
    """An empty index, to which changes go from now on."""
    # Copies of an index that is being filled would only be filled as well.
    told = body(shards=sizes.shards, replicas=0)
    with named_failures():
        client.indices.create(index=new, aliases={names.write: {}}, **told)


def ready(cluster: Cluster, new: str, sizes: Sizes) -> None:
    """Make what was written searchable, quickly, and on more than one machine."""
    client = cluster.within(MERGING_SECONDS)
    with named_failures():
        client.indices.refresh(index=new)
        if sizes.merge:
            client.indices.forcemerge(index=new, max_num_segments=1)
        settings = {"number_of_replicas": sizes.replicas, "refresh_interval": REFRESH_EVERY}
        client.indices.put_settings(index=new, settings=settings)


def change_over(client: Elasticsearch, names: Names, new: str) -> None:
    """Let everybody read the new index from this moment, and drop what was read before."""
    old = [index for index in behind(client, names.write) | behind(client, names.read) if index != new]
    actions: list[dict[str, dict[str, str]]] = [{"add": {"index": new, "alias": names.read}}]
    actions += [{"remove_index": {"index": index}} for index in old]
    with named_failures():
        client.indices.update_aliases(actions=actions)


def behind(client: Elasticsearch, alias: str) -> set[str]:
    """Names of the indexes behind an alias; none when there is no such alias."""
    with contextlib.suppress(IndexMissing), named_failures():
        return set(client.indices.get_alias(name=alias).body)
    return set()


def sweep(client: Elasticsearch, names: Names) -> None:
    """Drop what a build that was killed has left, and what versions before this one have, after a day."""
    with named_failures():
        found = client.indices.get(index=names.every, features=["settings"], expand_wildcards="all").body
    reading = behind(client, names.read)
    now = time.time()
    for index, told in found.items():
        age = now - int(told["settings"]["index"]["creation_date"]) / 1000
        ours = index.startswith(f"{names.base}-")
        left = index not in reading and index != names.words if ours else age > SECONDS_KEPT_FOR_OTHERS
        if left:
            log.info("The index %s is no longer read and is dropped.", index)
            with named_failures():
                client.indices.delete(index=index, ignore_unavailable=True)
