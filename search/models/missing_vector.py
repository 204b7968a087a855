"""What search owes to sentences: `MissingVector`."""

from django.db import models

from outbox.models import OwedWork


class MissingVector(OwedWork):
    """A listing whose text has no vector yet: until it has, sentences find it by its words alone."""

    # Some two seconds' worth: other owed work comes between.
    at_once = 64

    # Not a foreign key: a listing that is gone by then needs nothing.
    asset_id = models.BigIntegerField()

    errors_are_quoted = True

    class Meta(OwedWork.Meta):
        abstract = False
        verbose_name = "vector to be made"
        verbose_name_plural = "vectors to be made"

    def __str__(self) -> str:
        return f"listing {self.asset_id}"

    @classmethod
    def deliver_many(cls, owed: "list[MissingVector]") -> None:
        from search.embedding import make_owed
        from search.writing import vectors_arrived

        vectors_arrived(make_owed({row.asset_id for row in owed}))
