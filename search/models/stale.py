"""What search owes: `StaleAsset`, a listing whose index entry is older than the listing."""

import datetime as dt

from django.db import models

from outbox.models import OwedWork


class StaleAsset(OwedWork):
    """A listing to be put into the index again, or taken out. No listing: the whole index is to be built anew."""

    # A search engine that is full or away is soon there again, and what people find is as old as this.
    longest_wait = dt.timedelta(minutes=2)

    # Not a foreign key: the row must outlive the listing that was deleted.
    asset_id = models.BigIntegerField(null=True)

    errors_are_quoted = True

    class Meta(OwedWork.Meta):
        abstract = False
        verbose_name = "index entry to be written"
        verbose_name_plural = "index entries to be written"

    def __str__(self) -> str:
        return "the whole index" if self.asset_id is None else f"listing {self.asset_id}"

    @classmethod
    def deliver_many(cls, owed: "list[StaleAsset]") -> None:
        from search.breaker import Refused
        from search.writing import bring_up_to_date

        try:
            bring_up_to_date({row.asset_id for row in owed})
        except Refused as some:
            # A whole index is built, or it is not; and who cannot say what was refused has written nothing.
            if some.ids and all(row.asset_id is not None for row in owed):
                written = [row.pk for row in owed if row.asset_id not in some.ids]
                cls.objects.filter(pk__in=written).delete()
            raise
