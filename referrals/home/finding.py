"""Finding one of one's people: what is kept of them is sealed, so names are looked at here, and references blindly."""

import unicodedata
from typing import Any, NamedTuple

from referrals.answering.references import referrals_called
from referrals.home.mine import Mine
from referrals.home.steps import ROW
from referrals.models import Person

# More names than this are not opened for one question.
MOST_OPENED = 2_000
SHOWN = 25


class Found(NamedTuple):
    people: list[Person]
    # Whether there are more people than were looked at.
    cut: bool


def find_people(user: Any, sought: str) -> Found:
    """By the council's reference, exactly; by that of a referral, which a provider reads out; or by a part of what
    somebody is called, among one's own people."""
    visible = Person.objects.visible_to(user)
    referenced = list(visible.referenced(sought).only(*ROW)[:SHOWN])
    referenced = referenced or list(visible.filter(referrals__in=referrals_called(sought)).only(*ROW)[:SHOWN])
    if referenced:
        return Found(referenced, cut=False)
    wanted = folded(sought)
    if not wanted:
        return Found([], cut=False)
    own = Person.objects.filter(Mine.of(user).at(), erased_at=None).order_by("-created_at")
    opened = list(own.values_list("pk", "called")[: MOST_OPENED + 1])
    numbers = [number for number, called in opened[:MOST_OPENED] if wanted in folded(called)][:SHOWN]
    found = Person.objects.only(*ROW).in_bulk(numbers)
    return Found([found[number] for number in numbers if number in found], cut=len(opened) > MOST_OPENED)


def folded(name: str) -> str:
    """As names are compared, in any alphabet: no capitals, no accents, one space between words."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(letter for letter in parts if not unicodedata.combining(letter)).split())
