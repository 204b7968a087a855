import time
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from search.documents import AssetDocument
from search.writing import build


class Command(BaseCommand):
    help = "Build the search index anew from the directory; searches go on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["verbosity"] == 0

        def progress(documents: Iterable[AssetDocument], total: int) -> Iterable[AssetDocument]:
            return tqdm(documents, total=total, unit=" listings", disable=None if not quiet else True, file=self.stderr)

        began = time.monotonic()
        count = build(progress)
        if not quiet:
            self.stdout.write(f"{count:,} listings in the index, in {time.monotonic() - began:.1f} seconds.")
