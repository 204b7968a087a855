"""The facets that people filter by, their codes and the words for them.

`FACETS` in the order in which they are shown; `labels(facet)` gives {code: words} in order of showing.
Choices of one facet widen each other (lunch or company), those of `EVERY_CHOICE` narrow each other: who needs a
step-free door and a toilet needs both.
"""

from functools import cache

from django.db import models
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from directory.choices import Access, Kind, Reach, TakingNew, Weekday, WhoFor
from directory.models import Category
from search.query import DISTANCES


class CostClass(models.TextChoices):
    FREE = "free", _("Free")
    DONATION = "donation", _("Pay what you can")
    UP_TO_5 = "up-to-5", _("Up to £5")
    UP_TO_20 = "up-to-20", _("£5 to £20")
    OVER_20 = "over-20", _("Over £20")


FACETS = ("kind", "category", "reach", "day", "cost", "taking_new", "access", "who_for")
EVERY_CHOICE = frozenset({"access"})
HEADINGS = {
    "kind": _("What kind"),
    "category": _("What it is about"),
    "reach": _("How it gets to you"),
    "day": _("On which day"),
    "cost": _("What it costs"),
    "taking_new": _("Taking new people"),
    "access": _("Access"),
    "who_for": _("Who it is for"),
    "within": _("How far"),
}
CHOICES: dict[str, type[models.Choices]] = {
    "kind": Kind,
    "reach": Reach,
    "day": Weekday,
    "cost": CostClass,
    "taking_new": TakingNew,
    "access": Access,
    "who_for": WhoFor,
}


def distance_code(miles: float) -> str:
    """How a distance stands in an address: "3", "0.5", or "any"."""
    return "any" if miles == DISTANCES[-1] else f"{miles:g}"


def distance_label(miles: float) -> str:
    if miles == DISTANCES[-1]:
        return str(_("Any distance"))
    return ngettext("Within %(miles)s mile", "Within %(miles)s miles", int(miles)) % {"miles": f"{miles:g}"}


def labels(facet: str) -> dict[str, str]:
    """Words for every code of a facet, in order of showing; one query for categories, none for the others."""
    if facet == "within":
        return {distance_code(miles): distance_label(miles) for miles in DISTANCES}
    if facet == "category":
        return dict(Category.objects.order_by("position", "name").values_list("slug", "name"))
    return _words(facet, get_language() or "")


@cache
def _words(facet: str, _language: str) -> dict[str, str]:
    return {str(code): str(label) for code, label in CHOICES[facet].choices}
