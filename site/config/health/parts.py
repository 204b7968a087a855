"""Every part, looked at one after the other."""

import logging
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from config.health import (
    backup,
    database,
    disk,
    loads,
    mail,
    migrations,
    owed_work,
    people,
    postcodes,
    search_index,
    workers,
)
from config.health.part import Part, State, worst

log = logging.getLogger(__name__)

LOOKS: dict[str, Callable[[], Part]] = {
    "database": database.look,
    "migrations": migrations.look,
    "postcodes": postcodes.look,
    "search": search_index.look,
    "owed work": owed_work.look,
    "workers": workers.look,
    "mail": mail.look,
    "loads": loads.look,
    "people": people.look,
    "disk": disk.look,
    "last backup": backup.look,
}


def look_at(names: Iterable[str] = ()) -> list[Part]:
    """These parts, or all of them; one that cannot be looked at is bad, and keeps no other from being seen."""
    return [_look(name) for name in names or LOOKS]


def _look(name: str) -> Part:
    try:
        return LOOKS[name]()
    except Exception as error:  # whatever is broken is what is looked for
        log.warning("How the %s is could not be seen: %s", name, type(error).__name__)
        words = _("It could not be looked at (%(error)s).") % {"error": type(error).__name__}
        return Part(name, State.BAD, (words,))


def overall(parts: Iterable[Part]) -> State:
    return worst(*(part.state for part in parts))
