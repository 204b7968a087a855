"""Builds the file of postcodes that places are looked up in."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from assets_map.gazetteer import Gazetteer, GazetteerMissing, gazetteer_path


class Command(BaseCommand):
    help = (
        "Loads the postcodes of Great Britain. With no FILE, those of the installed data package; "
        "or Code-Point Open or the ONS Postcode Directory, as published (zip or CSV)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a zip, CSV or gzipped CSV file")
        parser.add_argument("--quiet", action="store_true", help="no progress bar and no summary")
        parser.add_argument("--if-missing", action="store_true", help="do nothing when postcodes are loaded already")

    def handle(self, *args: Any, file: Path | None, quiet: bool, if_missing: bool, **options: Any) -> None:
        if if_missing and _loaded():
            return
        # Loaders import pandas; a web process never does.
        from assets_map.gazetteer_build import build_gazetteer
        from assets_map.postcode_products import read_product, read_wheel
        from assets_map.postcode_table import NotAPostcodeProduct

        began = time.monotonic()
        with tqdm(total=100, desc="Postcodes", unit="%", disable=quiet, leave=False) as bar:

            def progress(share: float, words: str) -> None:
                bar.set_postfix_str(words, refresh=False)
                bar.update(max(0, round(share * 90) - bar.n))

            try:
                table = read_product(file, progress) if file else read_wheel(progress)
                progress(1.0, "sorting and writing")
                built = build_gazetteer(gazetteer_path(), table)
            except NotAPostcodeProduct as problem:
                raise CommandError(f"{problem} The postcodes that were loaded before are unchanged.") from problem
        if not quiet:
            self.stdout.write(_summary(built, table.source, time.monotonic() - began))


def _loaded() -> bool:
    try:
        return len(Gazetteer(gazetteer_path())) > 0
    except GazetteerMissing:
        return False


def _summary(built: Gazetteer, source: str, seconds: float) -> str:
    vintage = built.about["sources"][-1]["vintage"][:7] or "month not known"
    lines = [
        f"Loaded {source} ({vintage}) in {seconds:.1f} seconds.",
        f"{len(built):,} postcodes in {len(built.outcodes):,} outcodes; "
        f"{len(built) - built.about['live']:,} are known to be closed; "
        f"the ward is known of {built.about['wards_known']:,}.",
        f"{gazetteer_path()} is {built.about['bytes'] / 1e6:.1f} MB.",
    ]
    return "\n".join(lines)
