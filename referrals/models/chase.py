"""The duty to remind of referrals that nobody has opened: `Chase`."""

import datetime as dt

from outbox.models import StandingWork


class Chase(StandingWork):
    """On working days, by day."""

    every = dt.timedelta(hours=1)

    class Meta(StandingWork.Meta):
        abstract = False
        verbose_name = "reminder of what nobody has opened"
        verbose_name_plural = "reminders of what nobody has opened"

    def __str__(self) -> str:
        return "referrals that nobody has opened"

    @classmethod
    def deliver_many(cls, owed: "list[Chase]") -> None:
        from referrals.answering.chasing import chase

        chase()
