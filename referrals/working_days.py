"""Days on which people are at work: bank holidays and weekends are left out."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from directory.dates import DAY, bank_holidays

SATURDAY = 5


def is_working_day(on: dt.date) -> bool:
    return on.weekday() < SATURDAY and on not in bank_holidays(on.year)


def working_days_after(start: dt.date, days: int) -> dt.date:
    """The date that is so many working days later; the first of them is the next one after `start`."""
    on = start
    for _each in range(days):
        on += DAY
        while not is_working_day(on):
            on += DAY
    return on


def first_chase(sent_at: dt.datetime) -> dt.date:
    """When the provider is reminded for the first time."""
    return working_days_after(timezone.localdate(sent_at), settings.CHASE_DAYS[0])
