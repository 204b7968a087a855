"""From a sheet to a PDF: what the template reads, and the words of the page."""

from collections.abc import Callable
from dataclasses import fields
from functools import lru_cache, partial
from io import BytesIO
from typing import Any

import segno
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory import words
from directory.sheets.drawing import drawn
from directory.sheets.printable import BREAK, printable
from directory.sheets.sheet import Part, Sheet, SheetEntry

# Characters that fill an A4 page at 12 points; at others it goes by the square.
PAGE_HOLDS = 3_600
LONGEST_QR = 400
LONGEST_TYPED = 90
LONGEST_TITLE = 300
LONGEST_NOTE = 1_000
LONGEST_EDITION = 40


def to_pdf(sheet: Sheet) -> bytes:
    """The sheet as a PDF of A4 pages for printing on both sides: the same sheet gives the same bytes."""
    return drawn("sheet", partial(as_data, sheet), on=sheet.printed_on, entries=len(sheet.entries))


def as_data(sheet: Sheet, missing: frozenset[str]) -> dict[str, Any]:
    """What the template reads: clean text, and the words round it."""

    def clean(text: str) -> str:
        return printable(text, missing)

    def unbroken(text: str) -> str:
        return clean(text).replace(BREAK, "")

    address = sheet.short_address
    title = clean(sheet.title[:LONGEST_TITLE]) or _("Listings")
    return {
        "title": title,
        "document": {"title": title.replace(BREAK, ""), "author": unbroken(sheet.council)},
        "size": sheet.size,
        "language": (get_language() or "en-gb").split("-", maxsplit=1)[0],
        "council": clean(sheet.council[:LONGEST_TITLE]),
        "council_phone": clean(sheet.council_phone[:LONGEST_EDITION]),
        "edition": clean(sheet.edition[:LONGEST_EDITION]),
        "address": clean(address_in_words(address)),
        "note": clean(sheet.note[:LONGEST_NOTE]),
        "qr": qr_svg(address) if 0 < len(address) <= LONGEST_QR else "",
        "words": {name: unbroken(text) for name, text in sheet_words(sheet).items()},
        "slip": {name: unbroken(text) for name, text in slip_words(sheet).items()},
        "help": [{"contact": clean(one.contact), "name": clean(one.name)} for one in sheet.help],
        "entries": [entry_data(entry, sheet.size, clean) for entry in sheet.entries],
    }


def entry_data(entry: SheetEntry, size: int, clean: Callable[[str], str]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for field in fields(entry):
        value = getattr(entry, field.name)
        data[field.name] = clean(value) if isinstance(value, str) else [_cleaned(one, clean) for one in value]
    data["when"] = [line for line in data["when"] if line]
    # A heading must say something, or the sheet is no PDF/UA.
    data["name"] = data["name"] or _("No name given")
    # Said as the reply slip asks for it.
    data["reference"] = _("Entry %(code)s") % {"code": data["reference"]} if data["reference"] else ""
    # What cannot fit a page is let run on to the next rather than off the paper.
    data["keep"] = not entry.parts and entry.length < PAGE_HOLDS * (12 / size) ** 2 / 2
    return data


def address_in_words(address: str) -> str:
    """An address as it is printed: “help.example.org/l/R00012/”; nobody types a long one, so only its site is told."""
    told = address.partition("://")[2] or address
    return told if len(told) <= LONGEST_TYPED else told.partition("/")[0][:LONGEST_TYPED]


def _cleaned(one: "str | Part", clean: Callable[[str], str]) -> Any:
    if isinstance(one, str):
        return clean(one)
    return {"heading": clean(one.heading), "lines": [clean(line) for line in one.lines]}


def sheet_words(sheet: Sheet) -> dict[str, str]:
    """The words of the page itself."""
    day = f"{words.day_in_words(sheet.printed_on)} {sheet.printed_on.year}"
    return {
        "printed": _("Printed %(day)s · ring before you go") % {"day": day},
        "questions": _("Rather talk to someone? Ring"),
        "where": _("Where:"),
        "when": _("When:"),
        "cost": _("Cost:"),
        "page": _("Page"),
        "of": _("of"),
        "edition": _("Edition"),
        "empty": _("There is nothing on this list yet."),
        "empty_more": _("Ring us and we will look with you.") if sheet.council_phone else "",
        "qr": _("A square code that opens %(address)s on a phone") % {"address": address_in_words(sheet.short_address)},
        "online": _("As it is today:"),
        "help": _("If you or somebody else is not safe"),
    }


def slip_words(sheet: Sheet) -> dict[str, str]:
    """The words of the reply slip."""
    ring = _("Or ring %(phone)s and tell us.") % {"phone": sheet.council_phone} if sheet.council_phone else ""
    return {
        "title": _("Tell us"),
        "give": _("Write here, and give this page to the person who gave you the list, or to any of us."),
        "ring": ring,
        "wrong": _("This is wrong:"),
        "which": _("Which entry (code or name):"),
        "please": _("Please ring me"),
        "name": _("My name:"),
        "number": _("My number:"),
        "best": _("Best day and time:"),
    }


@lru_cache(maxsize=256)
def qr_svg(address: str) -> str:
    """A QR code as SVG, with the quiet border that readers need."""
    out = BytesIO()
    code = segno.make(address.encode("utf-8", "ignore").decode(), error="m", micro=False)
    code.save(out, kind="svg", border=2, xmldecl=False, svgns=True, nl=False)
    return out.getvalue().decode()
