"""What may happen only once, whichever process is asked: a code is used, a message is obeyed."""

import datetime as dt
import hashlib

from django.db import IntegrityError, models, transaction
from django.utils import timezone


class Once(models.Model):
    """One thing that happened, kept for as long as it could be tried again."""

    digest = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()


def first_time(what: str, *, kept: dt.timedelta) -> bool:
    """Whether this has not happened within that time; from now on it has."""
    now = timezone.now()
    Once.objects.filter(until__lte=now).delete()
    try:
        with transaction.atomic():
            Once.objects.create(digest=hashlib.sha256(what.encode()).hexdigest(), until=now + kept)
    except IntegrityError:
        return False
    return True
