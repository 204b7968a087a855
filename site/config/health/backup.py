import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from config.backup.making import LAST
from config.health.part import Number, Part, State

# For whoever backs up every night.
LATE, VERY_LATE = dt.timedelta(days=2), dt.timedelta(days=7)


def look() -> Part:
    """When the last backup was made, as the command that made it wrote down."""
    note = last_note()
    at = made_at(note)
    if at is None:
        return Part("last backup", State.WARNING if settings.BACKUPS_EXPECTED else State.GOOD, (never(),))
    age = timezone.now() - at
    words = [_("It was made %(since)s ago.") % {"since": timesince(at)}]
    numbers = [Number("backup_age_seconds", age.total_seconds())]
    if isinstance(size := note.get("bytes"), int):
        words.append(_("It has %(size)s.") % {"size": filesizeformat(size)})
        numbers.append(Number("backup_bytes", size))
    state = State.GOOD
    if settings.BACKUPS_EXPECTED and age > LATE:
        state = State.BAD if age > VERY_LATE else State.WARNING
        words.append(_("What was written since then would be lost with this machine."))
    return Part("last backup", state, tuple(words), tuple(numbers))


def never() -> str:
    return _("Never: no backup has been made yet. Make one with hereabouts backup before there is anything to lose.")


def last_note() -> dict[str, Any]:
    """What was written down; nothing when there is no note, or it cannot be read."""
    try:
        note = json.loads((settings.DATA_DIR / LAST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def made_at(note: dict[str, Any]) -> dt.datetime | None:
    try:
        at = parse_datetime(str(note.get("at", "")))
    except ValueError:
        return None
    return timezone.make_aware(at) if at is not None and timezone.is_naive(at) else at
