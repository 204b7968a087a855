"""How long searches are remembered: 13 months, so that a month can be held beside the same month of the year before."""

import calendar
import datetime as dt

MONTHS_KEPT = 13


def kept_from(on: dt.date) -> dt.date:
    """The first day that is still kept: 13 months before, or the last day of that month if it is shorter."""
    month = on.year * 12 + on.month - 1 - MONTHS_KEPT
    year, month = divmod(month, 12)
    return dt.date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))
