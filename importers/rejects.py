"""Rejected rows, back as a sheet: the file's own columns, and one more that says what to mend."""

import csv
from pathlib import Path

from django.utils.translation import gettext as _

from importers.report import LoadReport


def write_rejects(report: LoadReport, path: Path) -> int:
    """Write the rejected rows as CSV that can be mended and loaded again; the number of rows.

    The file's own cells are given back as they were; only our words are kept from being taken for a formula.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow([*report.headings, _("What to mend")])
        for number, row in sorted(report.rejected_rows.items()):
            cells = row.line[: row.width] + [""] * (row.width - len(row.line))
            # Cells beyond the headings would push the last column aside; they go into the words about the row.
            why = [
                *report.why(number),
                *(_("Beyond the last heading: %(cell)s") % {"cell": cell} for cell in row.beyond),
            ]
            sheet.writerow([*cells, not_a_formula(" ".join(why))])
    return report.rejected


def not_a_formula(text: str) -> str:
    """Text that no spreadsheet program will work out: an apostrophe goes before what could start a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
