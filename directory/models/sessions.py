import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from directory.choices import Nth, Repeats, Weekday

DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Session(models.Model):
    """When an asset happens, and where if not at its usual venue: one weekday and one stretch of time."""

    asset = ParentalKey("directory.Asset", on_delete=models.CASCADE, related_name="sessions")
    venue = models.ForeignKey(
        "directory.Venue",
        verbose_name=_("venue, if not the usual one"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    repeats = models.CharField(_("repeats"), max_length=12, choices=Repeats, default=Repeats.WEEKLY)
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday)
    nth = models.SmallIntegerField(_("which of the month"), choices=Nth, null=True, blank=True)
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    first_on = models.DateField(
        _("first date"), null=True, blank=True, help_text=_("Needed every other week, and once.")
    )
    last_on = models.DateField(_("last date"), null=True, blank=True)
    open_on_bank_holidays = models.BooleanField(_("open on bank holidays"), default=False)
    term_time_only = models.BooleanField(_("in term time only"), default=False)
    dates_out = models.JSONField(_("not on these dates"), default=list, blank=True)
    note = models.CharField(_("note"), max_length=120, blank=True, help_text=_("For example: nobody at the desk."))

    class Meta:
        ordering = ["weekday", "starts_at", "id"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__range=(0, 6)), name="session_weekday_is_a_day"),
            models.CheckConstraint(
                condition=~models.Q(repeats="monthly") | models.Q(nth__isnull=False), name="session_monthly_says_which"
            ),
            models.CheckConstraint(
                condition=~models.Q(repeats__in=["fortnightly", "once"]) | models.Q(first_on__isnull=False),
                name="session_fortnightly_or_once_has_a_first_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_repeats_display()}, {self.get_weekday_display()} {self.starts_at:%H:%M}"

    def clean(self) -> None:
        wrong: dict[str, str | Promise] = {}
        if self.repeats == Repeats.MONTHLY and self.nth is None:
            wrong["nth"] = _("Say which one of the month: first, second, last …")
        if self.repeats in {Repeats.FORTNIGHTLY, Repeats.ONCE} and self.first_on is None:
            wrong["first_on"] = _("Give the first date, so that the right weeks are counted.")
        if self.first_on and self.weekday is not None and self.first_on.weekday() != self.weekday:
            wrong["first_on"] = _("The first date must fall on the day chosen.")
        if self.first_on and self.last_on and self.last_on < self.first_on:
            wrong["last_on"] = _("The last date comes before the first.")
        for text in self.dates_out if isinstance(self.dates_out, list) else ["?"]:
            try:
                dt.date.fromisoformat(text)
            except (TypeError, ValueError):
                wrong["dates_out"] = _("Write each date like 2026-12-25.")
        if wrong:
            raise ValidationError(wrong)

    @property
    def rrule(self) -> str:
        """The same as an RFC 5545 recurrence rule; empty for something that happens once."""
        day = DAY_CODES[self.weekday]
        rules = {
            Repeats.WEEKLY: f"FREQ=WEEKLY;BYDAY={day}",
            Repeats.FORTNIGHTLY: f"FREQ=WEEKLY;INTERVAL=2;BYDAY={day}",
            Repeats.MONTHLY: f"FREQ=MONTHLY;BYDAY={self.nth}{day}",
        }
        rule = rules.get(Repeats(self.repeats), "")
        return f"{rule};UNTIL={self.last_on:%Y%m%d}" if rule and self.last_on else rule


class TermTime(models.Model):
    """A stretch of school term, both days included."""

    name = models.CharField(_("name"), max_length=60, help_text=_("For example: Autumn 2026, first half."))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        ordering = ["starts_on"]
        verbose_name = _("school term")
        verbose_name_plural = _("school terms")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="term_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name
