"""Draws neighbourhoods from postcodes alone."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assets_map.areas import area_index
from assets_map.councils import our_codes
from assets_map.gazetteer import GazetteerMissing, gazetteer
from assets_map.loading import NotLoadable, keep_areas
from assets_map.models import Area


class Command(BaseCommand):
    help = (
        "Draws a neighbourhood for each postcode sector of a council, and the council's own outline, from the "
        "postcodes that are loaded: for a council with no boundary file at hand."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--council", action="append", metavar="CODE", help="default: the councils served")

    def handle(self, *args: Any, council: list[str] | None, **options: Any) -> None:
        # Loaders import geopandas; a web process never does.
        from assets_map.sector_areas import sector_areas

        codes = council or sorted(our_codes())
        if not codes:
            raise CommandError("Say which council: --council E06000034.")
        for code in codes:
            # A council's own boundary file is better than an outline drawn from streets, so it is kept and filled.
            outline = area_index().outline(code) if code in area_index().by_code else None
            try:
                *neighbourhoods, whole = sector_areas(gazetteer(), code, outline)
            except GazetteerMissing as missing:
                raise CommandError("Load postcodes first: hereabouts load_postcodes.") from missing
            except NotLoadable as problem:
                raise CommandError(str(problem)) from problem
            kept = keep_areas(neighbourhoods, kind=Area.Kind.NEIGHBOURHOOD)
            if outline is None:
                keep_areas([whole], kind=Area.Kind.COUNCIL)
            self.stdout.write(f"{code}: {kept.made} neighbourhoods made, {kept.changed} drawn again.")
