"""Listings on paper: `build_sheet` and `build_listing_sheet` (pure) make a `Sheet`; `to_pdf` prints it as PDF/UA-1.

to_pdf(build_sheet(assets, title="Lunch near Tilbury", on=today, size=18, letterhead=letterhead(request)))
"""

from directory.sheets.building import build_listing_sheet, build_sheet
from directory.sheets.pdf import to_pdf
from directory.sheets.sheet import SIZES, Letterhead, Part, Sheet, SheetEntry, SheetHelp, a_size

__all__ = [
    "SIZES",
    "Letterhead",
    "Part",
    "Sheet",
    "SheetEntry",
    "SheetHelp",
    "a_size",
    "build_listing_sheet",
    "build_sheet",
    "letterhead",
    "to_pdf",
]
