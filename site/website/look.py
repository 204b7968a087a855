"""A council's colours, checked and turned into a style sheet. Pure: nothing here reads a request or a database."""

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property

# WCAG 2.2, 1.4.3: text of ordinary size must stand out from its background by at least this much.
READABLE = 4.5
WHITE = (255, 255, 255)
# The palest tint that links stand on (--tint in hereabouts.css).
TINT = (243, 246, 247)
BRAND = "#124559"
LINK = "#14597d"
BUTTON = "#0a6640"

Colour = tuple[int, int, int]


class NotAColour(ValueError):
    """Raised with a sentence for a person when what was typed is not a colour."""


def parse_colour(text: str) -> Colour:
    """Red, green and blue, 0 to 255 each, from "#124559", "124559" or "#145"; raises NotAColour."""
    found = re.fullmatch(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", text.strip())
    if not found:
        raise NotAColour(f"“{text}” is not a colour. Write it as # and six letters or numbers, such as {BRAND}.")
    digits = found[1] if len(found[1]) == 6 else "".join(one * 2 for one in found[1])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def known_colour(text: str, otherwise: str) -> Colour:
    """The colour that was written, or the other when it is none: no page fails for a colour."""
    try:
        return parse_colour(text)
    except NotAColour:
        return parse_colour(otherwise)


def hex_colour(colour: Colour) -> str:
    """A colour as CSS writes it: "#124559"."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 for black to 1 for white, as WCAG 2.2 defines it."""
    parts = [part / 255 for part in colour]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """How far two colours stand apart: 1 when they are the same, 21 for black on white (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def darker(colour: Colour, by: float = 0.25) -> Colour:
    """The same hue with less light: 0 changes nothing, 1 gives black."""
    red, green, blue = (round(part * (1 - by)) for part in colour)
    return red, green, blue


@dataclass(frozen=True)
class MenuLink:
    """A page that the council has put in its menu."""

    title: str
    url: str


@dataclass(frozen=True)
class Look:
    """All that a page needs to know of the council whose directory it is."""

    council_name: str = ""
    directory_name: str = "Hereabouts"
    council_website: str = ""
    phone: str = ""
    phone_hours: str = ""
    email: str = ""
    short_address: str = ""
    brand_colour: str = BRAND
    link_colour: str = LINK
    button_colour: str = BUTTON
    logo_url: str = ""
    logo_width: int = 0
    logo_height: int = 0
    home_url: str = "/"
    menu: tuple[MenuLink, ...] = field(default=())

    @property
    def phone_link(self) -> str:
        """The number as an address that a phone can ring, or nothing when there is no number."""
        digits = re.sub(r"[^\d+]", "", self.phone)
        return f"tel:{digits}" if digits else ""

    @property
    def name(self) -> str:
        """What stands after the title of every page: "Hereabouts, Thurrock Council"."""
        return f"{self.directory_name}, {self.council_name}" if self.council_name else self.directory_name

    @cached_property
    def css(self) -> str:
        """The colours as custom properties, which govuk-frontend and hereabouts.css read."""
        brand = known_colour(self.brand_colour, BRAND)
        link = known_colour(self.link_colour, LINK)
        button = known_colour(self.button_colour, BUTTON)
        names = {
            "--brand": brand,
            "--govuk-brand-colour": brand,
            "--govuk-link-colour": link,
            "--govuk-link-hover-colour": darker(link, 0.4),
            "--button": button,
            "--button-hover": darker(button),
            "--button-shadow": darker(button, 0.6),
        }
        return ":root{" + ";".join(f"{name}:{hex_colour(colour)}" for name, colour in names.items()) + "}\n"

    @cached_property
    def version(self) -> str:
        """Changes when the colours do, so that a browser may keep the style sheet for a year."""
        return hashlib.sha256(self.css.encode()).hexdigest()[:12]
