"""hereabouts load_listings FILE --map NAME"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from importers.errors import ImportRefused
from importers.loading import load_file
from importers.maps import MAPS, map_called
from importers.rejects import write_rejects
from importers.report import LoadReport
from importers.spreadsheets import Row


class Command(BaseCommand):
    help = "Load listings from a spreadsheet (CSV, XLSX or ODS). Try it with --dry-run first. Twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        maps = "; ".join(f"{each.name}: {each.title}" for each in MAPS.values())
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--map", required=True, metavar="NAME", help=f"which kind of spreadsheet it is. {maps}")
        parser.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook, when it is not the usual one")
        parser.add_argument(
            "--source", default="", metavar="NAME", help="what to call where these come from: the map's name"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="write the whole report there")
        parser.add_argument(
            "--rejects", type=Path, metavar="FILE.csv", help="write rejected rows there, with what to mend"
        )
        parser.add_argument("--quiet", action="store_true", help="print nothing unless something goes wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_file(
                options["file"],
                map_called(options["map"]),
                sheet=options["sheet"],
                source=options["source"],
                dry_run=options["dry_run"],
                progress=iter if options["quiet"] else shown,
            )
        except ImportRefused as refused:
            raise CommandError(str(refused)) from refused
        self._hand_over(report, options["report"], options["rejects"])
        if not options["quiet"]:
            self.stdout.write(report.in_words())

    def _hand_over(self, report: LoadReport, report_file: Path | None, rejects_file: Path | None) -> None:
        try:
            if report_file is not None:
                report_file.write_text(json.dumps(report.as_json(), indent=2, default=str, ensure_ascii=False))
            if rejects_file is not None:
                write_rejects(report, rejects_file)
        except OSError as error:
            raise CommandError(
                f"The rows were read, but {error.filename} cannot be written: {error.strerror}."
            ) from error


def shown(rows: Iterable[Row]) -> Iterable[Row]:
    """Rows, counted on the terminal while they are read."""
    return tqdm(rows, desc="Reading", unit=" rows", file=sys.stderr)
