"""Counting answers to "Was this useful?"."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from website.models import GuidancePage, UsefulCount


@transaction.atomic
def count_answer(page: GuidancePage, *, answer: str, on: dt.date) -> None:
    """Add one to this month's "yes" or "no" of a page; nothing else is kept."""
    counted, _made = UsefulCount.objects.get_or_create(page=page, month=on.replace(day=1))
    UsefulCount.objects.filter(pk=counted.pk).update(**{answer: F(answer) + 1})
