"""How long searches are remembered: 13 months, so that a month can be held beside the same month of the year before.

`old(on)`, `forget_old(on)`; the worker does it every day by `OldSearches`.
"""

import calendar
import datetime as dt
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from search.models import OldSearches, SearchRecord, UnknownWord

MONTHS_KEPT = 13
BETWEEN_REMOVALS = dt.timedelta(days=1)


class Old(NamedTuple):
    """What is kept too long."""

    searches: "QuerySet[SearchRecord]"
    unknown_words: "QuerySet[UnknownWord]"


def kept_from(on: dt.date) -> dt.date:
    """The first day that is still kept: 13 months before, or the last day of that month if it is shorter."""
    month = on.year * 12 + on.month - 1 - MONTHS_KEPT
    year, month = divmod(month, 12)
    return dt.date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def old(on: dt.date) -> Old:
    first = kept_from(on)
    return Old(SearchRecord.objects.filter(on__lt=first), UnknownWord.objects.filter(last_on__lt=first))


@transaction.atomic
def forget_old(on: dt.date) -> tuple[int, int]:
    """Remove what is kept too long; how many searches, how many unknown words."""
    searches, words = old(on)
    return searches.delete()[0], words.delete()[0]


def owe_removal() -> None:
    """See to it that the worker will remove what grows old."""
    if not OldSearches.objects.exists():
        OldSearches.objects.create()


def owe_next_removal() -> None:
    OldSearches.objects.create(due_at=timezone.now() + BETWEEN_REMOVALS)
