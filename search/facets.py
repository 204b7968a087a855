"""The facets that people filter by: what they are called, their codes, and how choices of them are meant.

`FACETS` in the order in which they are shown, `DECLARED[facet]`, `labels(facet)` as {code: words} in order of showing.
What a choice asks of a listing is worked out once for every engine, in `search.clauses`.
"""

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from assets_map.areas import area_index
from assets_map.models import Area
from directory.choices import Access, Kind, Reach, TakingNew, WhoFor
from directory.models import Category
from search.languages import LANGUAGES
from search.query import DISTANCES

# How far ahead a date can be asked for.
WEEKS_AHEAD = 8
SECONDS_KEPT = 30.0


class PartOfDay(models.TextChoices):
    MORNING = "morning", _("Morning, before 12")
    AFTERNOON = "afternoon", _("Afternoon, 12 to 5")
    EVENING = "evening", _("Evening, from 5")


class AgeBand(models.TextChoices):
    """Ages that people look for together; every age is in exactly one (`age_band`)."""

    UNDER_5 = "under-5", _("Under 5")
    SCHOOL = "5-11", _("5 to 11")
    TEENS = "12-17", _("12 to 17")
    YOUNG = "18-24", _("18 to 24")
    GROWN = "25-49", _("25 to 49")
    MIDDLE = "50-64", _("50 to 64")
    OLDER = "65-over", _("65 and over")


class Days(models.TextChoices):
    """The days of the week, and several of them together."""

    MONDAY = "0", _("Monday")
    TUESDAY = "1", _("Tuesday")
    WEDNESDAY = "2", _("Wednesday")
    THURSDAY = "3", _("Thursday")
    FRIDAY = "4", _("Friday")
    SATURDAY = "5", _("Saturday")
    SUNDAY = "6", _("Sunday")
    WEEKDAYS = "weekdays", _("Monday to Friday")
    WEEKEND = "weekend", _("At the weekend")


class CostClass(models.TextChoices):
    FREE = "free", _("Free")
    DONATION = "donation", _("Pay what you can")
    UP_TO_2 = "up-to-2", _("Up to £2")
    UP_TO_5 = "up-to-5", _("Up to £5")
    UP_TO_10 = "up-to-10", _("Up to £10")
    UP_TO_20 = "up-to-20", _("Up to £20")
    OVER_20 = "over-20", _("Over £20")


class OpenNow(models.TextChoices):
    NOW = "now", _("Open now")


class Checked(models.TextChoices):
    SIX_MONTHS = "six-months", _("Checked in the last six months")


class When(models.TextChoices):
    """Dates that are another every day. Beside them any date of the next weeks, as 2026-11-24."""

    TODAY = "today", _("Today")
    TOMORROW = "tomorrow", _("Tomorrow")
    WEEKEND = "weekend", _("This weekend")


@dataclass(frozen=True, slots=True)
class Facet:
    """How choices of one facet are meant. Unless said, several choices widen each other: lunch or company."""

    name: str
    heading: Promise
    # Its codes; none: they come from the database or the calendar.
    choices: type[models.Choices] | None = None
    # Several choices narrow each other: who needs a step-free door and a toilet needs both.
    every: bool = False
    # A listing that holds no code of it is open to everyone, and whatever is chosen lets it through.
    everyone: bool = False
    # Depends on when it is asked.
    clock: bool = False


DECLARED: dict[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet("kind", _("What kind"), Kind),
        Facet("category", _("What it is about")),
        Facet("who_for", _("Who it is for"), WhoFor, everyone=True),
        Facet("age", _("Age"), AgeBand, everyone=True),
        Facet("reach", _("How it gets to you"), Reach),
        Facet("open", _("Open now"), OpenNow, clock=True),
        Facet("date", _("On which date"), clock=True),
        Facet("day", _("On which day"), Days),
        Facet("time", _("At what time of day"), PartOfDay),
        Facet("cost", _("What it costs"), CostClass),
        Facet("access", _("Access"), Access, every=True),
        Facet("language", _("Languages beside English")),
        Facet("area", _("In or covering an area"), everyone=True),
        Facet("taking_new", _("Taking new people"), TakingNew),
        Facet("checked", _("Checked"), Checked, clock=True),
    )
}
FACETS: tuple[str, ...] = tuple(DECLARED)
EVERY_CHOICE = frozenset(name for name, facet in DECLARED.items() if facet.every)
EVERYONE = frozenset(name for name, facet in DECLARED.items() if facet.everyone)
CLOCK = frozenset(name for name, facet in DECLARED.items() if facet.clock)
HEADINGS = {**{name: facet.heading for name, facet in DECLARED.items()}, "within": _("How far")}
# What a document holds codes of. Day and time of day are held together (“1-morning”), since somebody who asks for a
# Thursday evening wants neither Tuesday evenings nor Thursday mornings; dates likewise (“2026-11-24-morning”).
WEEK = "week"
STORED = (
    "kind",
    "category",
    "reach",
    WEEK,
    "date",
    "cost",
    "taking_new",
    "access",
    "who_for",
    "age",
    "language",
    "area",
)
# A place to which no area code is known: it keeps a listing from counting as open to everywhere.
ELSEWHERE = "elsewhere"


def age_band(age: int) -> AgeBand:
    """The band that a person of this age looks in."""
    ends = (5, 12, 18, 25, 50, 65)
    return list(AgeBand)[sum(age >= end for end in ends)]


def distance_code(miles: float) -> str:
    """How a distance stands in an address: "3", "0.5", or "any"."""
    return "any" if miles == DISTANCES[-1] else f"{miles:g}"


def distance_label(miles: float) -> str:
    if miles == DISTANCES[-1]:
        return str(_("Any distance"))
    return ngettext("Within %(miles)s mile", "Within %(miles)s miles", int(miles)) % {"miles": f"{miles:g}"}


def labels(facet: str) -> dict[str, str]:
    """Words for every code of a facet, in order of showing; those from the database at most half a minute old."""
    read = _READ.get(facet)
    return _words(facet, get_language() or "") if read is None else _read_lately(facet, read)


def category_parents() -> dict[str, str]:
    """The category above each that stands under one."""
    return _read_lately("parents", _parents)


def _read_lately(facet: str, read: Callable[[], dict[str, str]]) -> dict[str, str]:
    now, key = time.monotonic(), (facet, get_language() or "")
    kept = _kept.get(key)
    if kept is None or now - kept[0] > SECONDS_KEPT:
        kept = _kept[key] = (now, read())
    return kept[1]


@cache
def _words(facet: str, _language: str) -> dict[str, str]:
    if facet == "within":
        return {distance_code(miles): distance_label(miles) for miles in DISTANCES}
    choices = DECLARED[facet].choices
    return {str(code): str(label) for code, label in choices.choices} if choices else {}


def _categories() -> dict[str, str]:
    return dict(Category.objects.order_by("position", "name").values_list("slug", "name"))


def _parents() -> dict[str, str]:
    return dict(Category.objects.exclude(parent=None).values_list("slug", "parent__slug"))


def _areas() -> dict[str, str]:
    """Areas by name, the larger kinds first; two of one name are told apart by their kind."""
    kinds = {str(kind.value): str(kind.label) for kind in Area.Kind}
    order = list(kinds)
    known = sorted(area_index().areas, key=lambda one: (order.index(one.kind) if one.kind in kinds else 9, one.name))
    named = Counter(one.name for one in known)
    return {
        one.code: f"{one.name} ({kinds.get(one.kind, one.kind)})" if named[one.name] > 1 else one.name for one in known
    }


def _dates() -> dict[str, str]:
    from directory.words import day_in_words

    today = timezone.localdate()
    days = [today + dt.timedelta(days=ahead) for ahead in range(WEEKS_AHEAD * 7)]
    named = {str(code): str(label) for code, label in When.choices}
    return named | {day.isoformat(): day_in_words(day) for day in days}


def _languages() -> dict[str, str]:
    return LANGUAGES


_READ: dict[str, Callable[[], dict[str, str]]] = {
    "category": _categories,
    "area": _areas,
    "date": _dates,
    "language": _languages,
}
_kept: dict[tuple[str, str], tuple[float, dict[str, str]]] = {}


def forget_labels(**_signal: object) -> None:
    """Read the words anew at the next asking."""
    _kept.clear()
