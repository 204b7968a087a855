"""Slips to tick and send back: cut from A4 that is printed on both sides and turned over its long edge."""

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import get_language

from directory.sheets.drawing import drawn
from directory.sheets.pdf import LONGEST_QR, address_in_words, qr_svg
from directory.sheets.printable import BREAK, printable
from directory.sheets.sheet import Size

# At most, so that every slip keeps to its part of the page at every size.
LONGEST_ABOUT = 110
LONGEST_LINE = 200
MOST_RETURN_LINES = 5
LONGEST_RETURN_LINE = 40


@dataclass(frozen=True, slots=True)
class Slip:
    """One person's. `about` is the sentence that it begins with; nobody's name is on it. `opens`: where its square
    code leads."""

    code: str
    about: str
    opens: str = ""


@dataclass(frozen=True, slots=True)
class SlipWords:
    """What stands on every slip of a print."""

    title: str
    came: str
    answers: tuple[str, ...]
    true: str
    statements: tuple[str, ...]
    scale: tuple[str, ...]
    tell: str
    ring: str
    ring_choices: tuple[str, ...]
    number: str
    online: str
    code: str
    talk: str
    back: str
    qr: str


@dataclass(frozen=True, slots=True)
class Slips:
    """Slips in the order given: four on a page at 12 point, two at 16, one at 18 and 24."""

    slips: tuple[Slip, ...]
    words: SlipWords
    printed_on: dt.date
    size: Size = 12
    council: str = ""
    address: str = ""
    return_address: tuple[str, ...] = ()


def slips_to_pdf(slips: Slips) -> bytes:
    """Fronts and backs, page after page, as PDF/UA-1."""
    return drawn("slips", partial(slips_data, slips), on=slips.printed_on, entries=len(slips.slips))


def slips_data(slips: Slips, missing: frozenset[str]) -> dict[str, Any]:
    def clean(text: str, longest: int = LONGEST_LINE) -> str:
        return printable(text if len(text) <= longest else f"{text[: longest - 1]}…", missing)

    def cleaned(value: str | tuple[str, ...]) -> str | list[str]:
        return clean(value).replace(BREAK, "") if isinstance(value, str) else [clean(one) for one in value]

    lines = [clean(line, LONGEST_RETURN_LINE) for line in slips.return_address if line.strip()]
    return {
        "size": slips.size,
        "language": (get_language() or "en-gb").split("-", maxsplit=1)[0],
        "council": clean(slips.council).replace(BREAK, ""),
        "address": BREAK.join(map(clean, address_in_words(slips.address).replace("/", "/\n").splitlines())),
        "return": lines[:MOST_RETURN_LINES],
        "words": {name: cleaned(getattr(slips.words, name)) for name in SlipWords.__dataclass_fields__},
        "slips": [
            {
                "code": clean(one.code),
                "about": clean(one.about, LONGEST_ABOUT),
                "qr": qr_svg(one.opens) if 0 < len(one.opens) <= LONGEST_QR else "",
            }
            for one in slips.slips
        ],
    }
