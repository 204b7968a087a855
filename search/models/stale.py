"""What search owes: `StaleAsset`, a listing whose index entry is older than the listing."""

from django.db import models

from outbox.models import OwedWork


class StaleAsset(OwedWork):
    """A listing to be put into the index again, or taken out. No listing: the whole index is to be built anew."""

    # Not a foreign key: the row must outlive the listing that was deleted.
    asset_id = models.BigIntegerField(null=True)

    class Meta(OwedWork.Meta):
        abstract = False
        verbose_name = "index entry to be written"
        verbose_name_plural = "index entries to be written"

    def __str__(self) -> str:
        return "the whole index" if self.asset_id is None else f"listing {self.asset_id}"

    @classmethod
    def deliver_many(cls, owed: "list[StaleAsset]") -> None:
        from search.writing import bring_up_to_date

        bring_up_to_date({row.asset_id for row in owed})
