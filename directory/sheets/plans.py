"""Somebody's plan on paper: `to_pdf(Plan(…))`. What they said stands before what was found."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory import words
from directory.sheets.drawing import drawn
from directory.sheets.pdf import entry_data
from directory.sheets.printable import BREAK, in_lines, printable
from directory.sheets.sheet import PLAIN, Letterhead, SheetEntry, Size


@dataclass(frozen=True, slots=True)
class Said:
    """A question, and what somebody answered, with their own line breaks."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Listings under a heading, each with what the person said of it."""

    heading: str
    entries: tuple[tuple[SheetEntry, str], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody takes home. `size` is in points."""

    title: str
    on: dt.date
    said: tuple[Said, ...] = ()
    groups: tuple[Group, ...] = ()
    size: Size = 12
    letterhead: Letterhead = PLAIN


def to_pdf(plan: Plan) -> bytes:
    """A4 pages that screen readers can read too (PDF/UA-1)."""
    return drawn("plan", lambda missing: as_data(plan, missing), on=plan.on, entries=len(plan.said) + len(plan.groups))


def as_data(plan: Plan, missing: frozenset[str]) -> dict[str, Any]:
    """What the template reads: clean text, and the words round it."""

    def clean(text: str) -> str:
        return printable(text, missing)

    def paragraphs(text: str) -> str:
        return "\n".join(clean(line) for line in in_lines(text))

    def entry(one: SheetEntry, own: str) -> dict[str, Any]:
        return {**entry_data(one, plan.size, clean), "own": paragraphs(own)}

    phone = plan.letterhead.phone
    return {
        "size": plan.size,
        "language": (get_language() or "en-gb").split("-", maxsplit=1)[0],
        "council": clean(plan.letterhead.council).replace(BREAK, ""),
        "phone": clean(words.phone_in_words(phone)) if phone else "",
        "said": [{"heading": clean(one.heading), "text": paragraphs(one.text)} for one in plan.said],
        "groups": [
            {"heading": clean(group.heading), "entries": [entry(one, own) for one, own in group.entries]}
            for group in plan.groups
        ],
        "words": words_round_it(plan, clean),
    }


def words_round_it(plan: Plan, clean: Callable[[str], str]) -> dict[str, str]:
    day = f"{words.day_in_words(plan.on)} {plan.on.year}"
    found = {
        "title": plan.title,
        "made": _("From our conversation on %(day)s") % {"day": day},
        "questions": _("Questions? Ring"),
        "where": _("Where:"),
        "when": _("When:"),
        "cost": _("Cost:"),
        "page": _("Page"),
        "of": _("of"),
        "empty": _("Nothing is written here yet."),
    }
    return {name: clean(text).replace(BREAK, "") for name, text in found.items()}
