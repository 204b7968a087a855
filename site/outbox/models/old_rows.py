"""The duty to remove what has been kept too long: `OldRows`."""

import datetime as dt

from django.conf import settings
from django.utils.module_loading import import_string

from outbox.models.owed import StandingWork


class OldRows(StandingWork):
    """The worker keeps to the rules of what is kept, once a day."""

    every = dt.timedelta(days=1)

    class Meta(StandingWork.Meta):
        abstract = False
        verbose_name = "removal of what was kept too long"
        verbose_name_plural = "removals of what was kept too long"

    def __str__(self) -> str:
        return "what was kept too long"

    @classmethod
    def deliver_many(cls, owed: "list[OldRows]") -> None:
        import_string(settings.FORGET)()
