"""How long to wait, in words."""

import datetime as dt
import math

from django.utils.translation import ngettext


def wait_words(wait: dt.timedelta) -> str:
    """What somebody reads who was wrong too often."""
    minutes = max(1, math.ceil(wait.total_seconds() / 60))
    return ngettext(
        "Too many wrong tries. Wait %(count)s minute.", "Too many wrong tries. Wait %(count)s minutes.", minutes
    ) % {"count": minutes}
