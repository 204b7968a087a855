"""Who was erased, in a file beside the backups: a backup from before is cleared of them again when it is restored.

A line for each: the random key of the record, and the day. It says nothing of anybody without a backup that holds them.
"""

import contextlib
import datetime as dt
import os
import re
from collections.abc import Iterable
from pathlib import Path

from django.utils import timezone

from accounts.access_events import KEPT
from config.backup.problems import BackupProblem
from config.backup.tables import all_tables
from referrals.keeping.erasing_again import Again, erase_again
from referrals.models import ErasedRecord, Person
from referrals.models.sealed import ALPHABET

NAME = "erased.txt"
LINE = re.compile(rf"([{ALPHABET}]{{16}}) +(\d{{4}}-\d\d-\d\d)")
HEAD = "# Records that were erased, each by its key. Keep this file beside the backups: `restore` reads it.\n"

Days = dict[str, dt.date]


def beside(backup: Path) -> Path:
    return backup.with_name(NAME)


def read_erased(file: Path) -> Days:
    """Keys and days; raises BackupProblem on what is no such file."""
    try:
        lines = file.read_text().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BackupProblem(f"{file} cannot be read ({type(error).__name__}).") from error
    found = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        said = LINE.fullmatch(line.strip())
        day = _day(said[2]) if said else None
        if said is None or day is None:
            raise BackupProblem(
                f"{file}, line {number}: “{line.strip()[:60]}” is not the key of a record and a day, such as "
                f"“2k7m9xqdw4hp3v5t 2026-11-30”."
            )
        found[said[1]] = day
    return found


def _day(text: str) -> dt.date | None:
    with contextlib.suppress(ValueError):
        return dt.date.fromisoformat(text)
    return None


def write_erased(file: Path) -> None:
    """Add to the file whoever was erased here; those of so long ago that no backup holds them are left out."""
    # A database that is older than this version has no such table yet.
    if ErasedRecord._meta.db_table not in all_tables():
        return
    here = {one.key: timezone.localdate(one.at) for one in ErasedRecord.objects.all()}
    since = timezone.localdate() - KEPT
    days = {key: day for key, day in {**here, **(read_erased(file) if file.exists() else {})}.items() if day >= since}
    lines = [f"{key} {day}\n" for key, day in sorted(days.items(), key=lambda one: (one[1], one[0]))]
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.writelines([HEAD, *lines])
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)


def erase_those(days: Days, *, numbers: Iterable[int] = ()) -> Again:
    """Erase again whoever of these is here, and whoever was erased here before; they are kept for the next backup."""
    noon = dt.time(12, tzinfo=timezone.get_current_timezone())
    rows = [ErasedRecord(key=key, at=dt.datetime.combine(day, noon)) for key, day in days.items()]
    rows += [ErasedRecord(key=key) for key in Person.objects.filter(pk__in=numbers).values_list("key", flat=True)]
    ErasedRecord.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return erase_again()


def again_in_words(again: Again) -> list[str]:
    lines = []
    if again.done:
        lines.append(
            f"Erased again, for they had been erased since: {again.done:,}. Whoever had been sent something is told "
            "once more."
        )
    if again.sealed:
        lines.append(
            f"Not erased again, because no key opens their records: {again.sealed:,}. Put the missing keys into "
            "HEREABOUTS_PERSON_KEYS, and run `hereabouts erase_again`."
        )
    return lines
