"""How the coordinator's pages say when something is due, and who somebody is."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.words import day_in_words

FAR_OFF = 300


def due_in_words(on: dt.date | None, *, today: dt.date) -> str:
    """“today”, “tomorrow”, “Tuesday 8 December”, “Friday 27 November, 3 days ago”."""
    if on is None:
        return ""
    days = (on - today).days
    day = day_in_words(on) if abs(days) < FAR_OFF else f"{day_in_words(on)} {on.year}"
    if days < -1:
        ago = ngettext("%(n)s day ago", "%(n)s days ago", -days) % {"n": -days}
        return f"{day}, {ago}"
    return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get(days, day)


def name_of(person: Any) -> str:
    """What somebody likes to be called, or what is said of them when they did not say."""
    return person.called.strip() or _("No name yet")


def staff_name(user: Any) -> str:
    if user is None:
        return _("nobody")
    return user.get_full_name() or user.email or user.get_username()
