"""Loads boundaries as areas."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assets_map.councils import our_codes
from assets_map.loading import NotLoadable, keep_areas
from assets_map.models import Area


class Command(BaseCommand):
    help = (
        "Loads wards, neighbourhoods or other areas from a boundary file: GeoJSON, GeoPackage, Shapefile, zipped or "
        "not, in any coordinates. Areas of the same code are written over; the others stay."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--kind", required=True, choices=Area.Kind.values)
        parser.add_argument("--name-column", default="", help="guessed when not given: WD24NM, name …")
        parser.add_argument("--code-column", default="", help="guessed when not given: WD24CD, code …")
        parser.add_argument("--layer", default="", help="which layer of a GeoPackage")
        parser.add_argument(
            "--council",
            action="append",
            metavar="CODE",
            help="only areas in this council (default: the councils served)",
        )

    def handle(self, *args: Any, file: Path, kind: str, council: list[str] | None, **options: Any) -> None:
        # Loaders import geopandas; a web process never does.
        from assets_map.shape_files import read_areas_file

        names = {name: options[name] for name in ("name_column", "code_column", "layer")}
        try:
            rows = read_areas_file(file, kind=kind, councils=frozenset(council or our_codes()), **names)
        except NotLoadable as problem:
            raise CommandError(str(problem)) from problem
        kept = keep_areas(rows, kind=kind)
        for sentence in kept.refused:
            self.stderr.write(f"Left out {sentence}")
        self.stdout.write(f"{kept.made} areas made, {kept.changed} written over, {len(kept.refused)} left out.")
