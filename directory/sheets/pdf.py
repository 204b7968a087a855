"""From a sheet to a PDF that screen readers can read too (PDF/UA-1), by typst. Text is data: it is never markup."""

import datetime as dt
import json
import threading
from collections.abc import Callable
from dataclasses import fields
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory import words
from directory.sheets.printable import BREAK, missing_from, printable
from directory.sheets.sheet import Part, Sheet, SheetEntry

FOLDER = Path(__file__).parent
TRIES = 4
# Characters that fill an A4 page at 12 points; at others it goes by the square.
PAGE_HOLDS = 3_600
LATIN = 0x24F
ENTRIES_REMEMBERED = 100
DOCUMENTS_REMEMBERED = 10
LONGEST_QR = 400
LONGEST_TYPED = 90
LONGEST_TITLE = 300
LONGEST_NOTE = 1_000
LONGEST_EDITION = 40

_mine = threading.local()
# Characters that no font here has, as met so far: learnt once, so that a second sheet needs one try.
_unknown: set[str] = set()


def to_pdf(sheet: Sheet) -> bytes:
    """The sheet as a PDF of A4 pages for printing on both sides: the same sheet gives the same bytes."""
    try:
        return _drawn(sheet)
    finally:
        _forget_after(len(sheet.entries))


def _drawn(sheet: Sheet) -> bytes:
    for _try in range(TRIES):
        try:
            return _compile(sheet, frozenset(_unknown))
        except typst.TypstError as problem:
            missing = missing_from(problem.diagnostic) - _unknown
            if not missing:
                raise
            _unknown.update(missing)
    return _compile(sheet, _everything_rare(sheet))


def _compile(sheet: Sheet, missing: frozenset[str]) -> bytes:
    data = json.dumps(as_data(sheet, missing), ensure_ascii=False)
    made = dt.datetime.combine(sheet.printed_on, dt.time(), dt.UTC)
    pdf = _compiler().compile(format="pdf", pdf_standards="ua-1", sys_inputs={"sheet": data}, timestamp=made)
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave pages instead of one PDF")
    return pdf


def _compiler() -> typst.Compiler:
    """This thread's own: a compiler keeps its inputs."""
    if not hasattr(_mine, "compiler"):
        _mine.compiler = typst.Compiler(
            input=FOLDER / "sheet.typ", root=FOLDER, font_paths=_fonts(), ignore_system_fonts=True
        )
    return _mine.compiler


def _forget_after(count: int) -> None:
    """Free what typst keeps of sheets already printed, now and then: a process would grow to a gigabyte otherwise."""
    _mine.since = getattr(_mine, "since", 0) + count
    if _mine.since > ENTRIES_REMEMBERED:
        _mine.since = 0
        # It keeps what any of its last ten documents used, so ten empty ones make it forget.
        blank = typst.Compiler(input=b"#[]", font_paths=_fonts(), ignore_system_fonts=True)
        for _document in range(DOCUMENTS_REMEMBERED + 1):
            blank.compile(input=b"#[]", format="pdf")


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, font_paths=[FOLDER / "fonts"])


def _everything_rare(sheet: Sheet) -> frozenset[str]:
    """Every character beyond the Latin alphabets: for when the fonts' own word is not enough."""
    return frozenset(one for one in json.dumps(as_data(sheet, frozenset()), ensure_ascii=False) if ord(one) > LATIN)


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
