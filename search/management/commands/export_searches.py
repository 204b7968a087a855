import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from search.exporting import write
from search.forgetting import kept_from
from search.reports import whole_weeks


def day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text} is not a date such as 2026-11-24.") from error


class Command(BaseCommand):
    help = "Write what people looked for, by week and in counts, as a table for a spreadsheet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", metavar="DATE", help="first day, as 2026-11-02 (13 months ago)")
        parser.add_argument("--to", dest="last", metavar="DATE", help="last day (today)")
        parser.add_argument("--output", required=True, metavar="FILE.csv", type=Path, help="file to write")

    def handle(self, *args: Any, first: str | None, last: str | None, output: Path, **options: Any) -> None:
        today = timezone.localdate()
        start, end = day(first) if first else kept_from(today), day(last) if last else today
        if start > end:
            raise CommandError("--from is after --to.")
        try:
            with output.open("w", encoding="utf-8-sig", newline="") as file:
                count = write(file, start, end)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        monday, sunday = whole_weeks(start, end)
        self.stdout.write(f"Wrote {count} rows to {output}: whole weeks from {monday} to {sunday}.")
