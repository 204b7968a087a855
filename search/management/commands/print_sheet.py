import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from directory.models import Asset
from directory.rows import terms
from directory.sheets import SIZES, Sheet, build_sheet, to_pdf
from directory.sheets.letterhead import letterhead
from search.asking import Asked
from search.engines import find
from search.helping import help_on_paper
from search.results import question, title
from search.where import Where, locate

MOST_PRINTED = 500


class Command(BaseCommand):
    help = "Print a list of who can help near a place as a PDF for A4 paper, on both sides."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--place", default="", help='A postcode or the name of a place: "RM18 8AD".')
        parser.add_argument("--text", default="", help="What would help: lunch.")
        parser.add_argument("--point", type=int, choices=SIZES, default=SIZES[0], help="The size of the print.")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="The PDF to write.")

    def handle(self, *args: Any, **options: Any) -> None:
        where = locate(options["place"])
        if where.place is None and where.problem is not None:
            raise CommandError(str(where.problem))
        asked = Asked(text=options["text"], place=where.place.shareable if where.place else "")
        sheet = sheet_of(asked, where, size=options["point"])
        output: Path = options["output"]
        try:
            output.write_bytes(to_pdf(sheet))
        except OSError as problem:
            raise CommandError(f"{output} could not be written: {problem.strerror}.") from problem
        if options["verbosity"]:
            count = len(sheet.entries)
            self.stdout.write(f"{sheet.title}: {count} {'entry' if count == 1 else 'entries'}, in {output}.")


def sheet_of(asked: Asked, where: Where, *, size: int) -> Sheet:
    """The first 500 results on paper, best first."""
    results = find(replace(question(asked, where), page=1, page_size=MOST_PRINTED))
    reasons = {hit.asset_id: hit.reason for hit in results.hits}
    found = Asset.objects.live().as_listings().in_bulk(list(reasons))
    paper = letterhead()
    return build_sheet(
        [found[one] for one in reasons if one in found],
        title=title(asked, where),
        on=timezone.localdate(),
        size=size,
        reasons=reasons,
        letterhead=paper,
        short_address=paper.address_of(asked.address()),
        terms=terms(),
        help=help_on_paper(asked.text, nothing_found=not results.total, council_phone=paper.phone),
    )
