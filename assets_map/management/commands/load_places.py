"""Loads the names of towns, villages and neighbourhoods."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from assets_map.gazetteer import Gazetteer, GazetteerMissing, gazetteer
from assets_map.loading import NotLoadable, keep_places


class Command(BaseCommand):
    help = (
        "Loads place names that people can search from: OS Open Names as published (zip or CSV), or a table with the "
        "columns name, kind, lat, lon and council. Names loaded before are written over; the others stay."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", nargs="?")
        parser.add_argument("--demo", action="store_true", help="the places of Thurrock, which come with the program")
        parser.add_argument("--quiet", action="store_true", help="no progress bar")

    def handle(self, *args: Any, file: Path | None, demo: bool, quiet: bool, **options: Any) -> None:
        # pyproj is for loaders; a web process need not know it.
        from assets_map.place_lists import DEMO, read_places

        chosen = DEMO if demo else file
        if chosen is None:
            raise CommandError("Name a list of places, or ask for --demo.")
        try:
            places = read_places(chosen, _gazetteer())
            found = list(tqdm(places, desc="Places", unit=" places", disable=quiet, file=sys.stderr))
        except NotLoadable as problem:
            raise CommandError(str(problem)) from problem
        kept = keep_places(found)
        self.stdout.write(f"{len(found):,} place names: {kept.made:,} new, {kept.changed:,} written over.")


def _gazetteer() -> Gazetteer | None:
    """With no postcodes loaded, a place has the council that the list names, or none."""
    try:
        return gazetteer()
    except GazetteerMissing:
        return None
