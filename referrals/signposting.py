"""Counts information given, so that people who make the case for a group can show that it is asked for."""

import logging
from collections.abc import Iterable

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from referrals.models import Signpost

log = logging.getLogger(__name__)


@transaction.atomic
def count_signposts(asset_ids: Iterable[int], *, how: Signpost.How) -> None:
    """One more for each of these today."""
    ids = sorted(set(asset_ids))
    today = timezone.localdate()
    Signpost.objects.bulk_create(
        [Signpost(asset_id=asset_id, how=how, on=today) for asset_id in ids], ignore_conflicts=True
    )
    Signpost.objects.filter(asset_id__in=ids, how=how, on=today).update(count=F("count") + 1)


def when_listings_are_given(*, asset_ids: Iterable[int], how: str, **signal: object) -> None:
    """A receiver: a count that cannot be kept never costs anybody their sheet."""
    try:
        count_signposts(asset_ids, how=Signpost.How(how))
    except DatabaseError as error:
        log.warning("Signposts were not counted: %s", type(error).__name__)
