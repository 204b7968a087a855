"""The names of the councils of Great Britain, by the GSS codes that postcode products use."""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

LIST = Path(__file__).parent / "data" / "councils.csv"


@cache
def council_names() -> dict[str, str]:
    """District, borough and unitary councils by code, as they read after "in": "Thurrock", "the New Forest"."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def council_name(code: str) -> str:
    """The council's name, or blank when its code is not known here."""
    return council_names().get(code, "")


def our_codes() -> frozenset[str]:
    """The council whose site is asked for, or else those that this installation serves; none: the whole country."""
    served = import_string(settings.CODES_SERVED)()
    return frozenset(settings.HEREABOUTS_COUNCIL_CODES) if served is None else served


def is_ours(code: str) -> bool:
    """Whether a council is one that this installation serves."""
    ours = our_codes()
    return not ours or code in ours


def ours_in_words(codes: Iterable[str] = ()) -> str:
    """The names of our councils, or blank when there are none or too many to say."""
    names = [council_name(code) for code in (codes or our_codes())]
    return names[0] if len(names) == 1 else ""
