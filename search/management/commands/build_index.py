import time
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from search.documents import AssetDocument
from search.embedding import MOST_IN_A_BUILD
from search.models import MissingVector
from search.writing import build


class Command(BaseCommand):
    help = "Build the search index anew from the directory; searches go on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--no-sentences", action="store_true", help="leave to `work` what sentences need, however little is missing"
        )

    def handle(self, *args: Any, no_sentences: bool, **options: Any) -> None:
        quiet = options["verbosity"] == 0

        def progress(documents: Iterable[AssetDocument], total: int) -> Iterable[AssetDocument]:
            return tqdm(documents, total=total, unit=" listings", disable=None if not quiet else True, file=self.stderr)

        began = time.monotonic()
        count = build(progress, most_vectors=0 if no_sentences else MOST_IN_A_BUILD)
        if not quiet:
            self.stdout.write(f"{count:,} listings in the index, in {time.monotonic() - began:.1f} seconds.")
            left = MissingVector.objects.count()
            if left:
                self.stdout.write(f"`hereabouts work` has yet to read {left:,} of them, for questions in sentences.")
