"""Revisions and log lines for listings that were written in bulk, as Wagtail would have kept them one by one."""

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from directory.models import Asset
from importers.models import Load
from importers.writing import batches

if TYPE_CHECKING:
    from accounts.models import User

LOADED = "importers.load"
PARTS = ("sessions", "costs", "coverage", "categories")


def keep_history(asset_ids: Iterable[int], *, load: Load, by: "User | None") -> None:
    """A revision of each listing as it now is, published where it is live, and one line in its history."""
    kind = ContentType.objects.get_for_model(Asset, for_concrete_model=False)
    one_load = uuid.uuid4()
    for numbers in batches(asset_ids):
        assets = list(Asset.objects.filter(pk__in=numbers).prefetch_related(*PARTS))
        revisions = Revision.objects.bulk_create([_revision(asset, kind, by) for asset in assets])
        _point_at_latest(numbers, kind)
        ModelLogEntry.objects.bulk_create(
            _log_entry(asset, revision, load, by, one_load) for asset, revision in zip(assets, revisions, strict=True)
        )


def _point_at_latest(numbers: list[int], kind: ContentType) -> None:
    """Make the newest revision of each the latest, and the live one too where the listing is live."""
    own = Revision.objects.filter(content_type=kind, object_id=Cast(OuterRef("pk"), CharField())).order_by("-pk")
    assets = Asset.objects.filter(pk__in=numbers)
    assets.update(latest_revision=Subquery(own.values("pk")[:1]))
    assets.filter(live=True).update(live_revision=F("latest_revision"), has_unpublished_changes=False)
    assets.filter(live=False).update(live_revision=None, has_unpublished_changes=True)


def _revision(asset: Asset, kind: ContentType, by: "User | None") -> Revision:
    return Revision(
        content_type=kind,
        base_content_type=kind,
        object_id=str(asset.pk),
        created_at=timezone.now(),
        user=by,
        object_str=str(asset),
        content=asset.serializable_data(),
    )


def _log_entry(asset: Asset, revision: Revision, load: Load, by: "User | None", one_load: uuid.UUID) -> ModelLogEntry:
    return ModelLogEntry(
        content_type=revision.content_type,
        object_id=str(asset.pk),
        label=str(asset),
        action=LOADED,
        data={"file": load.file_name, "load": load.pk},
        timestamp=timezone.now(),
        uuid=one_load,
        user=by,
        revision=revision,
        content_changed=True,
    )
