"""How the index follows the directory: owed rows written with the change, delivered on commit or by `work`.

Every build owes the next one, for the night after: what the index holds of dates and times runs out.

`asset_changed(*ids)` inside the transaction; `with one_rebuild():` around a bulk load, which then owes one rebuild
instead of a row for each listing; `build(progress)` at once.
"""

import contextlib
import datetime as dt
import logging
from collections.abc import Iterable, Iterator
from contextvars import ContextVar

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from directory.models import Asset
from outbox.delivery import deliver_due
from search.documents import AssetDocument, asset_documents
from search.embedding import Progress, Wanting, make_few
from search.engines import engine
from search.index_folder import IndexProblem, WriterBusy
from search.models import IndexRenewal, StaleAsset

log = logging.getLogger(__name__)

# More than this is left to `work`: a request does not wait for it.
MOST_AT_ONCE = 25
# From here on a rebuild is quicker than changing entries one by one.
REBUILD_FROM = 5_000
# How long a bulk load may take before the worker no longer waits for its end.
BULK_PATIENCE = dt.timedelta(minutes=30)
# When few people are searching, local time.
RENEWED_AT = dt.time(2)

_in_bulk: ContextVar[bool] = ContextVar("in_bulk", default=False)


def asset_changed(*asset_ids: int) -> None:
    """Owe the index these listings; call it in the transaction that changes them."""
    if _in_bulk.get() or not asset_ids:
        return
    StaleAsset.objects.bulk_create([StaleAsset(asset_id=asset_id) for asset_id in dict.fromkeys(asset_ids)])
    transaction.on_commit(deliver_if_free, robust=True)


def everything_changed() -> None:
    """Owe a whole index for a change that any listing may feel; a build that is under way has not seen it."""
    if not _in_bulk.get():
        StaleAsset.objects.create(asset_id=None)


def owe_rebuild() -> None:
    """Owe a whole index, once: a second asking adds nothing. Never fails: whoever finds must not be stopped by it."""
    with contextlib.suppress(DatabaseError), transaction.atomic():
        if not StaleAsset.objects.filter(asset_id=None).exists():
            StaleAsset.objects.create(asset_id=None)


@contextlib.contextmanager
def one_rebuild() -> Iterator[None]:
    """Changes made inside owe one rebuild when it ends; were the process killed, half an hour after it began."""
    if _in_bulk.get():
        yield
        return
    token = _in_bulk.set(True)
    safety = StaleAsset.objects.create(asset_id=None, due_at=timezone.now() + BULK_PATIENCE)
    try:
        yield
    finally:
        _in_bulk.reset(token)
        if not connection.needs_rollback:
            StaleAsset.objects.create(asset_id=None)
            StaleAsset.objects.filter(pk=safety.pk).delete()
            transaction.on_commit(deliver_all, robust=True)


def deliver_if_free() -> None:
    """Bring the index up to date now when it is little and nobody else is writing; otherwise leave it to `work`."""
    owed = list(StaleAsset.objects.values_list("asset_id", flat=True)[: MOST_AT_ONCE + 1])
    if len(owed) <= MOST_AT_ONCE and None not in owed:
        deliver_all()


def deliver_all() -> None:
    with contextlib.suppress(WriterBusy), engine().writing(wait=False):
        deliver_due(StaleAsset)


def bring_up_to_date(asset_ids: set[int | None]) -> None:
    """Put what is live of these and take out the rest; safe twice, and with other writers about."""
    if None in asset_ids or len(asset_ids) >= REBUILD_FROM:
        build()
        return
    wanted = {asset_id for asset_id in asset_ids if asset_id is not None}
    try:
        with engine().writing(wait=True):
            live = list(asset_documents(wanted))
            # First, for an engine that keeps vectors in its documents.
            make_few(live)
            engine().change(put=live, remove=wanted - {document.asset_id for document in live})
    except IndexProblem:
        log.info("There is no index that can be changed: it is built anew.")
        build()


def build(progress: Progress | None = None, *, most_vectors: int = 0) -> int:
    """Build the whole index from the directory; the number of listings. Rows owed before it began are then paid.

    Missing vectors are made too when they are not more than `most_vectors`, and owed otherwise. No lock is held here:
    engines lock what they must, and a cluster's index is built while others write.
    """
    paid = list(StaleAsset.objects.filter(due_at__lte=timezone.now()).values_list("pk", flat=True))
    wanting = Wanting()
    documents: Iterable[AssetDocument] = wanting.seen(asset_documents())
    if progress is not None:
        documents = progress(documents, Asset.objects.live().count())
    renewed = list(IndexRenewal.objects.due(timezone.now()).values_list("pk", flat=True))
    count = engine().rebuild(documents)
    owe_renewal()
    IndexRenewal.objects.filter(pk__in=renewed).delete()
    for start in range(0, len(paid), 500):
        StaleAsset.objects.filter(pk__in=paid[start : start + 500]).delete()
    vectors_arrived(wanting.settle(most_vectors, progress))
    return count


def vectors_arrived(asset_ids: list[int]) -> None:
    """Have these written again by an engine that keeps vectors in its documents; others look into the store."""
    if engine().keeps_vectors:
        asset_changed(*asset_ids)


def deliver_soon() -> None:
    """Let what was put off be tried again now. Never fails: whoever finds must not be stopped by it."""
    with contextlib.suppress(DatabaseError), transaction.atomic():
        StaleAsset.objects.filter(attempts__gt=0).update(due_at=timezone.now())


def owe_renewal() -> None:
    """Owe the next night's build, once."""
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    IndexRenewal.objects.get_or_create(due_at=timezone.make_aware(dt.datetime.combine(tomorrow, RENEWED_AT)))
