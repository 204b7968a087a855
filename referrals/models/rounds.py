"""Duties of the clock."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from outbox.models import StandingWork


class ResultRound(StandingWork):
    """The worker asks everybody how it went whose day has come; by day, looking every twenty minutes."""

    every = dt.timedelta(minutes=20)

    class Meta(StandingWork.Meta):
        abstract = False
        verbose_name = _("round of asking how it went")
        verbose_name_plural = _("rounds of asking how it went")

    def __str__(self) -> str:
        return "how it went"

    @classmethod
    def deliver_many(cls, owed: "list[ResultRound]") -> None:
        from referrals.results.asking import ask_due

        ask_due()
