"""How documents get into the cluster: in bulk, with back-pressure, each with the time at which the directory was read.

Elasticsearch keeps the highest version of a document whatever the order of writing, removals included. So a change
that is written while an index is built goes into both, and what the builder had read before cannot undo it: no writer
waits for another, on however many machines they are.
"""

import contextlib
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from elasticsearch.helpers import streaming_bulk

from search.breaker import Refused
from search.documents import AssetDocument
from search.elastic.cluster import WRITING_SECONDS, Cluster, named_failures
from search.elastic.mapping import listing
from search.index_folder import IndexFolder

ROWS_A_REQUEST = 500
BYTES_A_REQUEST = 4_000_000
# A change of so many listings is made while somebody waits.
FEW = 25
FEW_SECONDS = 2.0
UNFIT, NOT_FOUND, CONFLICT = 400, 404, 409
# "hereabouts index" as a number that no other program is likely to lock.
BUILDERS = 0x48_65_72_65_69_6E_64


def reading_time() -> int:
    """Microseconds by the one clock that all writers share: the database's."""
    if connection.vendor != "postgresql":
        return time.time_ns() // 1000
    with connection.cursor() as cursor:
        cursor.execute("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
        return int(cursor.fetchone()[0])


@contextlib.contextmanager
def one_builder() -> Iterator[None]:
    """Let one build at a time go on, in the whole cluster; the lock falls when its holder dies."""
    if connection.vendor != "postgresql":
        # On SQLite there is one machine.
        with IndexFolder(Path(settings.DATA_DIR) / "index" / "cluster").writing(wait=True):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [BUILDERS])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [BUILDERS])


class Since(threading.local):
    """When this thread began to read what it is about to write."""

    time: int | None = None


def puts(documents: Iterable[AssetDocument], targets: list[str], since: int) -> Iterator[dict[str, Any]]:
    """A line for each listing and index."""
    for document in documents:
        source = listing(document)
        for index in targets:
            yield {"_index": index, **_versioned(document.asset_id, since), "_source": source}


def removals(ids: Iterable[int], targets: list[str], since: int) -> Iterator[dict[str, Any]]:
    for asset_id in ids:
        for index in targets:
            yield {"_index": index, "_op_type": "delete", **_versioned(asset_id, since)}


def _versioned(asset_id: int, since: int) -> dict[str, Any]:
    return {"_id": str(asset_id), "version": since, "version_type": "external_gte"}


def write(cluster: Cluster, lines: Iterable[dict[str, Any]], *, few: bool, refresh: bool) -> "Unwritten":
    """Write these, and tell what was refused at last; the others are written."""
    client = cluster.within(FEW_SECONDS if few else WRITING_SECONDS)
    left = Unwritten()
    with named_failures():
        told = streaming_bulk(
            client,
            lines,
            chunk_size=ROWS_A_REQUEST,
            max_chunk_bytes=BYTES_A_REQUEST,
            # Too busy: wait half a second, then twice as long each time. Whoever waits for a page does not.
            max_retries=0 if few else 6,
            initial_backoff=0.5,
            max_backoff=20,
            raise_on_error=False,
            yield_ok=False,
            refresh=refresh,
        )
        for _well, line in told:
            [(act, said)] = line.items()
            # A conflict: somebody wrote what was read later. Not found: what is to go is not there.
            if said["status"] != CONFLICT and not (act == "delete" and said["status"] == NOT_FOUND):
                because = str(said.get("error", {}).get("type", said["status"]))
                where = left.unfit if said["status"] == UNFIT else left.refused
                where[int(said["_id"])] = because
    return left


@dataclass
class Unwritten:
    """Why listings were not written, by asset id: now, or never as they are."""

    refused: dict[int, str] = field(default_factory=dict)
    unfit: dict[int, str] = field(default_factory=dict)

    def as_refusal(self) -> Refused | None:
        both = self.refused | self.unfit
        return Refused(both, ", ".join(sorted(set(both.values())))) if both else None
