"""A template and its data as a PDF that screen readers can read too (PDF/UA-1), by typst. Text is never markup."""

import datetime as dt
import json
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import typst

from directory.sheets.printable import missing_from

FOLDER = Path(__file__).parent
TRIES = 4
LATIN = 0x24F
ENTRIES_REMEMBERED = 100
DOCUMENTS_REMEMBERED = 10

# What a template reads, given the characters that no font can draw.
Data = Callable[[frozenset[str]], dict[str, Any]]

_mine = threading.local()
# Characters that no font here has, as met so far: learnt once, so that a second sheet needs one try.
_unknown: set[str] = set()


def drawn(template: str, data: Data, *, on: dt.date, entries: int = 1) -> bytes:
    """`{template}.typ` as a PDF. It finds its data in `sys.inputs` under its own name; `entries`: how much there is."""
    try:
        return _fitted(template, data, on)
    finally:
        _forget_after(entries)


def _fitted(template: str, data: Data, on: dt.date) -> bytes:
    for _try in range(TRIES):
        try:
            return _compile(template, data(frozenset(_unknown)), on)
        except typst.TypstError as problem:
            missing = missing_from(problem.diagnostic) - _unknown
            if not missing:
                raise
            _unknown.update(missing)
    return _compile(template, data(_everything_rare(data)), on)


def _compile(template: str, data: dict[str, Any], on: dt.date) -> bytes:
    given = {template: json.dumps(data, ensure_ascii=False)}
    made = dt.datetime.combine(on, dt.time(), dt.UTC)
    pdf = _compiler(template).compile(format="pdf", pdf_standards="ua-1", sys_inputs=given, timestamp=made)
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave pages instead of one PDF")
    return pdf


def _compiler(template: str) -> typst.Compiler:
    """This thread's own: a compiler keeps its inputs."""
    compilers: dict[str, typst.Compiler] = vars(_mine).setdefault("compilers", {})
    if template not in compilers:
        compilers[template] = typst.Compiler(
            input=FOLDER / f"{template}.typ", root=FOLDER, font_paths=_fonts(), ignore_system_fonts=True
        )
    return compilers[template]


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


def _everything_rare(data: Data) -> frozenset[str]:
    """Every character beyond the Latin alphabets: for when the fonts' own word is not enough."""
    return frozenset(one for one in json.dumps(data(frozenset()), ensure_ascii=False) if ord(one) > LATIN)
