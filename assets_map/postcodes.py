"""Postcodes as people type them.

The grammar is that of BS 7666 as the live postcodes of Great Britain use it: `outward` (area and district, "RM18")
and `inward` (a number and two letters, "8AD").
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from assets_map.not_found import NotAPostcode, shown

# Districts that end in a letter exist in the middle of London only; no area uses a lone "0" but these two-letter ones.
OUTWARD = (
    r"(?:E1|N1|W1|EC[1-4]|SW1|SE1|NW1|WC[12])[A-HJKMNPR-Y]"
    r"|[A-PR-UWYZ](?:[1-9][0-9]?|[A-HK-Y](?:[1-9][0-9]?|0))"
)
INWARD = "[0-9][ABD-HJLNP-UW-Z]{2}"
WHOLE = re.compile(f"({OUTWARD})({INWARD})")
WITHIN = re.compile(rf"(?<![A-Z0-9])({OUTWARD})[ \t.,-]*({INWARD})(?![A-Z0-9])")
PART = re.compile(f"({OUTWARD})([0-9]?)")
SHORT_OF_A_LETTER = re.compile(f"({OUTWARD})([0-9][A-Z])")
AREAS = """
AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL
GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX
PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR
WS WV YO ZE
"""
LETTER_FOR = {"0": "O", "1": "I", "2": "Z", "5": "S", "6": "G", "8": "B"}
# The last two letters are never C, I, K, M, O or V, so there a 1 or an I can only stand for an L.
LAST_LETTER_FOR = {"1": "L", "I": "L", "2": "Z", "5": "S", "6": "G", "8": "B"}
DIGIT_FOR = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "G": "6", "B": "8"}
SHAPES = {2: ("A9",), 3: ("AA9", "A99", "A9A"), 4: ("AA99", "AA9A")}
MOST_SLIPS = 3
LONGEST_READ = 200
# Cyrillic and Greek capitals that look like ours.
TWINS = str.maketrans("АВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ|", "ABESIJKMHOPCTYXABEZHIKMNOPTYXI")


@dataclass(frozen=True, slots=True)
class Postcode:
    """A whole postcode, well formed; whether it exists is the gazetteer's to say."""

    outward: str
    inward: str

    def __str__(self) -> str:
        return f"{self.outward} {self.inward}"

    @property
    def outcode(self) -> str:
        return self.outward

    @property
    def sector(self) -> str:
        """The part that may be shared: "RM18 8" for RM18 8AD."""
        return f"{self.outward} {self.inward[0]}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a postcode, forgiving spaces, case, punctuation and look-alikes; raises `NotAPostcode` saying why."""
        quick = WHOLE.fullmatch(text.upper().replace(" ", ""))
        if quick:
            return cls(*quick.groups())
        parts = _repaired(_words(text))
        if parts is None:
            raise NotAPostcode(text, _what_is_wrong(text))
        return cls(*parts)


@dataclass(frozen=True, slots=True)
class PartialPostcode:
    """An outcode ("RM18", `digit` blank) or a sector ("RM18 8")."""

    outward: str
    digit: str = ""

    def __str__(self) -> str:
        return f"{self.outward} {self.digit}".rstrip()


def folded(text: str) -> str:
    """Capitals A–Z, digits and single spaces: accents, full-width forms and punctuation taken off."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST_READ]).upper().translate(TWINS)
    kept = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(re.sub("[^A-Z0-9]+", " ", kept).split())


def parse_partial(text: str) -> PartialPostcode | None:
    """The outcode or sector that is all of the text, or none; "RM18" is read as an outcode, "RM1 8" as a sector."""
    words = folded(text).split()
    if len(words) == 2 and PART.fullmatch(words[0]) and re.fullmatch("[0-9]", words[1]):
        sector = PART.fullmatch(words[0] + words[1])
        return PartialPostcode(words[0], words[1]) if sector and re.fullmatch(OUTWARD, words[0]) else None
    joined = "".join(words)
    if re.fullmatch(OUTWARD, joined):
        return PartialPostcode(joined)
    match = PART.fullmatch(joined)
    return PartialPostcode(match[1], match[2]) if match else None


def find_postcode(text: str) -> Postcode | None:
    """The first whole postcode written among other words, or none: "RM18 8AD Tilbury"."""
    plain = folded(text)
    exact = WITHIN.search(plain)
    if exact:
        return Postcode(exact[1], exact[2])
    words = plain.split()
    windows = [words[at : at + size] for at in range(len(words)) for size in (2, 1) if at + size <= len(words)]
    for window in windows:
        if any(letter.isdigit() for letter in "".join(window)):
            parts = _repaired(window)
            if parts:
                return Postcode(*parts)
    return None


def _words(text: str) -> list[str]:
    return folded(text).split()


def _repaired(words: list[str]) -> tuple[str, str] | None:
    """Outward and inward with look-alikes put right by their position, or none."""
    joined = "".join(words)
    whole = WHOLE.fullmatch(joined)
    if whole:
        return whole[1], whole[2]
    outward, inward = joined[:-3], joined[-3:]
    typed_apart = len(words) > 1 and words[-1] == inward
    if len(outward) not in SHAPES or (not typed_apart and _is_part(joined)):
        return None
    found = [repair for shape in SHAPES[len(outward)] if (repair := _repair(outward, inward, shape))]
    return min(found)[1:] if found else None


def _is_part(joined: str) -> bool:
    return bool(PART.fullmatch(joined) or SHORT_OF_A_LETTER.fullmatch(joined))


def _repair(outward: str, inward: str, shape: str) -> tuple[int, str, str] | None:
    """How far the text is from a postcode of this shape (0 is exact), and that postcode."""
    fixed_out = "".join(_as_kind(one, kind, LETTER_FOR) for one, kind in zip(outward, shape, strict=True))
    fixed_in = "".join(_as_kind(one, kind, LAST_LETTER_FOR) for one, kind in zip(inward, "9AA", strict=True))
    slips = sum(a != b for a, b in zip(outward + inward, fixed_out + fixed_in, strict=True))
    if slips > MOST_SLIPS or not WHOLE.fullmatch(fixed_out + fixed_in):
        return None
    stranger = not re.search(rf"\b{fixed_out.rstrip('0123456789')}\b", AREAS)
    return slips * 2 + stranger, fixed_out, fixed_in


def _as_kind(one: str, kind: str, letter_for: dict[str, str]) -> str:
    return DIGIT_FOR.get(one, one) if kind == "9" else letter_for.get(one, one)


def _what_is_wrong(text: str) -> str:
    """A sentence that says what is missing or too much, in the order that a person would notice it."""
    joined = folded(text).replace(" ", "")
    words = {"typed": shown(text).upper()}
    if SHORT_OF_A_LETTER.fullmatch(joined):
        return _("%(typed)s is short of a letter.") % words
    part = parse_partial(text)
    if part:
        start = _("%(typed)s is only the start of a postcode: two letters are missing.")
        shorter = _("%(typed)s is only the start of a postcode: a number and two letters are missing.")
        return (start if part.digit else shorter) % words
    if len(joined) > 7:
        return _("%(typed)s is too long to be a postcode.") % words
    if re.fullmatch(f"(?:{OUTWARD})[0-9][A-Z]{{2}}", joined):
        return _("%(typed)s is not a postcode: none ends in C, I, K, M, O or V.") % words
    return _("%(typed)s is not a full postcode.") % words if joined else _("Type a postcode, such as RM17 6SL.")
