"""Loads rivers, motorways and other lines that cannot simply be crossed."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assets_map.loading import NotLoadable, keep_barriers

DEMO = Path(__file__).resolve().parents[2] / "demo" / "barriers.geojson"


class Command(BaseCommand):
    help = "Loads lines that people cannot simply cross, from any file of lines with a name column."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", nargs="?")
        parser.add_argument(
            "--demo", action="store_true", help="the Thames beside Thurrock, which comes with the program"
        )
        parser.add_argument("--name-column", default="", help="guessed when not given")
        parser.add_argument("--layer", default="", help="which layer of a GeoPackage")

    def handle(self, *args: Any, file: Path | None, demo: bool, **options: Any) -> None:
        # Loaders import geopandas; a web process never does.
        from assets_map.shape_files import read_lines_file

        chosen = DEMO if demo else file
        if chosen is None:
            raise CommandError("Name a file of lines, or ask for --demo.")
        try:
            rows = read_lines_file(chosen, name_column=options["name_column"], layer=options["layer"])
        except NotLoadable as problem:
            raise CommandError(str(problem)) from problem
        kept = keep_barriers(rows)
        for sentence in kept.refused:
            self.stderr.write(f"Left out {sentence}")
        self.stdout.write(f"{kept.made} barriers made, {kept.changed} written over, {len(kept.refused)} left out.")
