"""Text made fit for paper: whatever stands in a listing, every character printed is one that a font can draw."""

import re
import unicodedata
from collections.abc import Iterator
from textwrap import wrap

# A place where a line may break inside a long word; the template turns it into one.
BREAK = "\x1f"
LONGEST_WORD = 24
# No word of any language is longer; what is gets cut.
LONGEST_KEPT = 240
LONGEST_LINE = 6_000
BOX = "□"

# White space but for the no-break space, which holds “24 November” together.
_SPACE = re.compile(r"[^\S\u00a0]+")
# Letters that carry a dozen marks are not writing, and would print over the lines above.
MOST_MARKS = 4
_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_PLAIN = re.compile("[ -~£–—’‘“”·…é\u00a0]*")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MISSING = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]{1,6})\}")


def printable(text: str, missing: frozenset[str] = frozenset()) -> str:
    """One line without control characters, with what no font has left out (symbols) or boxed (letters)."""
    if len(text) <= LONGEST_WORD and _PLAIN.fullmatch(text):
        return text
    line = _SPACE.sub(" ", text[:LONGEST_LINE]).strip()
    if not _PLAIN.fullmatch(line):
        seen = unicodedata.normalize("NFC", "".join(_seen(line)))
        line = _SPACE.sub(" ", "".join(_drawn(one, missing) for one in seen)).strip()
    return _LONG.sub(_breakable, line)


def in_lines(text: str) -> list[str]:
    """The lines of what somebody said; one that is longer than is printed at once goes on in another."""
    return [part for line in text.split("\n") for part in wrap(line, LONGEST_LINE) or [""]]


def _seen(line: str) -> Iterator[str]:
    marks = 0
    for one in line:
        category = unicodedata.category(one)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if category not in _UNSEEN and marks <= MOST_MARKS:
            yield one


def _drawn(one: str, missing: frozenset[str]) -> str:
    if one not in missing:
        return one
    return BOX if unicodedata.category(one)[0] in "LN" else ""


def _breakable(found: re.Match[str]) -> str:
    word = found.group()
    if len(word) > LONGEST_KEPT:
        word = f"{word[:LONGEST_KEPT]}…"
    return BREAK.join(word[start : start + LONGEST_WORD // 2] for start in range(0, len(word), LONGEST_WORD // 2))


def missing_from(message: str) -> frozenset[str]:
    """The characters that an error of typst says no font can draw."""
    texts = (_ESCAPE.sub(lambda code: chr(int(code[1], 16)), text) for text in _MISSING.findall(message))
    return frozenset(one for text in texts for one in text if not one.isascii())
