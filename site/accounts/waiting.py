"""How long to wait, in words."""

import datetime as dt
import math

from django.utils.translation import gettext, ngettext


def wait_words(wait: dt.timedelta) -> str:
    """What somebody reads who was wrong too often: how long, and the ways in that are open at once."""
    minutes = max(1, math.ceil(wait.total_seconds() / 60))
    said = ngettext(
        "Too many wrong tries. Wait %(count)s minute.", "Too many wrong tries. Wait %(count)s minutes.", minutes
    ) % {"count": minutes}
    return f"{said} {gettext('A passkey, or a link by e-mail, lets you in at once.')}"
