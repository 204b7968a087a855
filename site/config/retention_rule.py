"""One line of the table of what is kept: `Rule`."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class About(TextChoices):
    SEEKERS = "seekers", _("People who look for help")
    PEOPLE = "people", _("People who are put in touch with somebody")
    LISTED = "listed", _("Groups and people who are listed")
    STAFF = "staff", _("People who sign in")
    RUNNING = "running", _("The running of the site")


@dataclass(frozen=True, slots=True)
class Rule:
    """Without `due` nothing is removed by time: `how_long` says what it goes with."""

    key: str
    about: About
    what: Words
    how_long: Words
    why: Words
    remains: Words
    # "app.Model"; of an app that is not ours, "app.*" is every model that no other rule names.
    models: tuple[str, ...] = ()
    due: Callable[[dt.datetime], list[QuerySet[Any]]] | None = None
    # Fields that are emptied instead of the row being removed.
    emptied: tuple[tuple[str, Any], ...] = ()
    # Removes rows that are counted first, or that take others with them.
    removed_by: Callable[[QuerySet[Any]], object] | None = None


NOTHING = _("Nothing")
