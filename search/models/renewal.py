"""What search owes to the calendar: `IndexRenewal`."""

from outbox.models import OwedWork


class IndexRenewal(OwedWork):
    """The index to be built anew on a coming day, since what it holds of dates and times runs out."""

    errors_are_quoted = True

    class Meta(OwedWork.Meta):
        abstract = False
        verbose_name = "renewal of the index"
        verbose_name_plural = "renewals of the index"

    def __str__(self) -> str:
        return f"the index on {self.due_at:%Y-%m-%d}"

    @classmethod
    def deliver_many(cls, owed: "list[IndexRenewal]") -> None:
        from search.embedding import MOST_IN_A_BUILD
        from search.writing import build

        build(most_vectors=MOST_IN_A_BUILD)
