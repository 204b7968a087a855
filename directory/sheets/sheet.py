"""What is on a sheet, before it is laid out."""

import datetime as dt
import math
from dataclasses import dataclass
from typing import Literal

Size = Literal[12, 16, 18, 24]
SIZES: tuple[Size, ...] = (12, 16, 18, 24)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose paper it is. `web` is the address that pages begin with: “https://help.example.org”; `return_address`:
    where what is filled in is sent, a line each."""

    council: str = ""
    phone: str = ""
    web: str = ""
    return_address: str = ""

    def address_of(self, path: str) -> str:
        """The address of a page to print and to put in a QR code; empty when the site has none."""
        return f"{self.web.rstrip('/')}/{path.lstrip('/')}" if self.web else ""


PLAIN = Letterhead()


@dataclass(frozen=True, slots=True)
class Part:
    """A question that a single listing answers on paper, and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One listing in words; what is empty is left off."""

    contact: str
    name: str
    sentence: str
    reason: str = ""
    where: str = ""
    when: tuple[str, ...] = ()
    cost: str = ""
    taking_new: str = ""
    checked: str = ""
    reference: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def length(self) -> int:
        """How many characters it takes, near enough to know whether it can fit one page."""
        lines = [self.contact, self.name, self.sentence, self.reason, self.where, *self.when, self.cost]
        lines += [self.taking_new, self.checked, self.reference]
        return sum(map(len, lines)) + sum(len(part.heading) + sum(map(len, part.lines)) for part in self.parts)


@dataclass(frozen=True, slots=True)
class SheetHelp:
    """Somebody to turn to in danger: “999”, “Police, ambulance or fire”."""

    contact: str
    name: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed directory page or booklet. `size` is in points; `edition` changes when an entry does.

    `help` stands at the foot of the first page.
    """

    title: str
    printed_on: dt.date
    entries: tuple[SheetEntry, ...]
    size: Size = 12
    council: str = ""
    council_phone: str = ""
    edition: str = ""
    short_address: str = ""
    note: str = ""
    help: tuple[SheetHelp, ...] = ()


def a_size(asked: object) -> Size:
    """The nearest size that is printed, for whatever was asked; 12 for what is no number."""
    try:
        points = float(str(asked))
    except ValueError:
        return SIZES[0]
    if math.isnan(points):
        return SIZES[0]
    nearest = max(SIZES[0], min(points, SIZES[-1]))
    return min(SIZES, key=lambda size: abs(size - nearest))
