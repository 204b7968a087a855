"""What is held about a person as a PDF that they can read, also in large print."""

import datetime as dt
from functools import partial
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.sheets.drawing import drawn
from directory.sheets.printable import BREAK, in_lines, printable
from directory.sheets.sheet import Letterhead
from referrals.keeping.held import Section


def held_as_pdf(sections: list[Section], *, on: dt.date, size: int, letterhead: Letterhead) -> bytes:
    """A4; `size` in points."""
    given = partial(as_data, sections, on=on, size=size, letterhead=letterhead)
    return drawn("record", given, on=on, entries=sum(len(one.parts) for one in sections))


def title() -> str:
    return _("What we hold about you")


def intro(on: dt.date) -> tuple[str, str]:
    return (
        _("This is everything that we hold about you in this directory, as it was on %(date)s.")
        % {"date": f"{on.day} {on:%B} {on.year}"},
        _("If something is wrong, or you want it taken out, tell whoever gave you this. You can also complain to the "
          "Information Commissioner's Office: 0303 123 1113."),
    )  # fmt: skip


def as_data(
    sections: list[Section], missing: frozenset[str], *, on: dt.date, size: int, letterhead: Letterhead
) -> dict[str, Any]:
    """What the template reads: clean text."""

    def clean(text: str) -> str:
        return printable(text, missing)

    return {
        "title": title(),
        "document": {"title": title(), "author": clean(letterhead.council).replace(BREAK, "")},
        "size": size,
        "language": (get_language() or "en-gb").split("-", maxsplit=1)[0],
        "council": clean(letterhead.council),
        "intro": [clean(line) for line in intro(on)],
        "words": {"page": _("Page"), "of": _("of")},
        "sections": [
            {
                "heading": clean(one.heading),
                "parts": [
                    {
                        "heading": clean(part.heading),
                        "lines": [clean(line) for said in part.lines for line in in_lines(said)],
                    }
                    for part in one.parts
                ],
            }
            for one in sections
        ],
    }
