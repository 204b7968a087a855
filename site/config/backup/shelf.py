"""A folder of backups, each named after its day and time; the old ones are taken away."""

import datetime as dt
import re
from pathlib import Path

from django.utils import timezone

from config.backup.locking import Locks

STAMP = "%Y-%m-%dT%H%M%SZ"
NAMED = re.compile(r"hereabouts-(\d{4}-\d\d-\d\dT\d{6}Z)\.tar\.gz(?:\.age)?")


def name_for(at: dt.datetime, locks: Locks) -> str:
    return f"hereabouts-{at.astimezone(dt.UTC).strftime(STAMP)}.tar.gz" + (".age" if locks else "")


def old_in(folder: Path, *, days: int) -> list[Path]:
    """Backups that this program named, from longer ago; never the newest."""
    first = timezone.now() - dt.timedelta(days=days)
    found = sorted((made_at(path), path) for path in folder.iterdir() if NAMED.fullmatch(path.name))
    return [path for at, path in found[:-1] if at < first]


def made_at(path: Path) -> dt.datetime:
    named = NAMED.fullmatch(path.name)
    return dt.datetime.strptime(named[1] if named else "", STAMP).replace(tzinfo=dt.UTC)


def take_away_old(folder: Path, *, days: int) -> list[Path]:
    gone = old_in(folder, days=days)
    for path in gone:
        path.unlink(missing_ok=True)
    return gone
