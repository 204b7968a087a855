"""Which listings want a vector of their text, and who makes it.

A few that changed get theirs before the index is written. What a build finds missing is made by the command that
builds, or owed: `work` then makes it in batches, while search goes by words. A text seen before is never made again.
"""

import logging
from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

import numpy as np

from search import meaning, vectors
from search.documents import AssetDocument, asset_documents
from search.learning import ensure_learned
from search.models import MissingVector

log = logging.getLogger(__name__)

Progress = Callable[[Iterable[AssetDocument], int], Iterable[AssetDocument]]

# More changed listings than this are left to `work`: a request does not wait for them.
FEW = 5
# More than this, about twenty seconds' worth, a build leaves to `work`.
MOST_IN_A_BUILD = 500
BATCH = 64


def make(documents: Iterable[AssetDocument]) -> list[int]:
    """Make and keep the vectors that are missing; the listings that have one now and had none."""
    model = meaning.model()
    if model is None:
        return []
    store = vectors.store()
    made: list[int] = []
    new: dict[int, np.ndarray] = {}
    for document in documents:
        text = vectors.listing_text(document)
        key = vectors.key(text)
        if vectors.vector_of(key) is not None:
            continue
        if key not in new:
            new[key] = model.embed([text])[0]
        made.append(document.asset_id)
        if len(new) >= BATCH:
            store.add(new, np.stack([*new.values()]))
            new.clear()
    if new:
        store.add(new, np.stack([*new.values()]))
    return made


def make_few(documents: list[AssetDocument]) -> None:
    """Make the missing vectors of these when they are few, and owe them when not. Never fails."""
    if not documents or meaning.model() is None:
        return
    passed = Passed()
    passed.note(documents)
    try:
        if len(passed.missing) <= FEW:
            make(documents)
            return
    except OSError:
        log.exception("Vectors of listings could not be kept.")
    owe(passed.missing)


def make_owed(asset_ids: set[int]) -> list[int]:
    """Make what is owed of these listings; what is no longer live needs none."""
    model = meaning.model()
    if model is None:
        return []
    ensure_learned(model)
    made = make(asset_documents(asset_ids))
    left = MissingVector.objects.exclude(asset_id__in=asset_ids).count()
    log.info("%s listings can be found by sentences now; %s to go.", f"{len(made):,}", f"{left:,}")
    return made


def owe(asset_ids: list[int]) -> None:
    """Leave these to `work`."""
    MissingVector.objects.bulk_create([MissingVector(asset_id=one) for one in asset_ids], batch_size=1_000)


class Passed:
    """Listings that went by, and which of them have no vector."""

    def __init__(self) -> None:
        self.ids = array("q")
        self.keys = array("Q")

    def seen(self, documents: Iterable[AssetDocument]) -> Iterator[AssetDocument]:
        """The same documents, noted as they go by."""
        for document in documents:
            self.ids.append(document.asset_id)
            self.keys.append(vectors.key(vectors.listing_text(document)))
            yield document

    def note(self, documents: Iterable[AssetDocument]) -> None:
        for _document in self.seen(documents):
            pass

    @cached_property
    def missing(self) -> list[int]:
        """Listings without a vector, asked once all went by."""
        rows = vectors.store().held().rows(np.array(self.keys, np.uint64))
        return [int(one) for one in np.array(self.ids, np.int64)[rows < 0]]


class Wanting(Passed):
    """A whole build's listings; what was owed before it began is paid by it."""

    def __init__(self) -> None:
        super().__init__()
        self._owed_before = list(MissingVector.objects.values_list("pk", flat=True))

    def settle(self, most: int, progress: Progress | None) -> list[int]:
        """After a whole build: make what is missing, or owe it when it is more than `most`; the listings made."""
        model = meaning.model()
        if model is None:
            return []
        self._forget_the_unused()
        made: list[int] = []
        if most:
            ensure_learned(model)
        if len(self.missing) > most:
            owe(self.missing)
        elif self.missing:
            documents: Iterable[AssetDocument] = asset_documents(self.missing)
            made = make(progress(documents, len(self.missing)) if progress else documents)
        for start in range(0, len(self._owed_before), 500):
            MissingVector.objects.filter(pk__in=self._owed_before[start : start + 500]).delete()
        return made

    def _forget_the_unused(self) -> None:
        try:
            vectors.store().keep(np.array(self.keys, np.uint64))
        except OSError:
            log.exception("Vectors that no listing uses could not be removed.")
