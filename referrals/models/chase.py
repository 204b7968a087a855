"""The duty to remind of referrals that nobody has answered: `Chase`."""

import datetime as dt

from outbox.models import StandingWork


class Chase(StandingWork):
    """On working days, by day."""

    every = dt.timedelta(hours=1)

    class Meta(StandingWork.Meta):
        abstract = False
        verbose_name = "reminder of what nobody has answered"
        verbose_name_plural = "reminders of what nobody has answered"

    def __str__(self) -> str:
        return "referrals that nobody has answered"

    @classmethod
    def deliver_many(cls, owed: "list[Chase]") -> None:
        from referrals.answering.chasing import chase

        chase()
