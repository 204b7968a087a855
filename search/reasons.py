"""Why a row is there, in words: `reason(situation)`, the one function behind every row, sheet and feed.

"0.6 miles away, Civic Square" · "Comes to you – covers Tilbury and Grays" · "By phone" · "Covers Thurrock – 6.1 miles
away, Civic Hall" · "1.2 miles away, but across the River Thames". Without a place: "At Civic Square, Tilbury".
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from math import isfinite
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext

from search.around import METRES_A_MILE

FEW_STEPS_MILES = 0.2
MOST_AREAS = 3
AT_VENUE, COMES, ONLINE, PHONE = 1, 2, 4, 8

Translated = Callable[[str], str]


def translated() -> Translated:
    """Translations into the language of now, kept: a page asks for the same few dozens of times."""
    return partial(_translated, get_language() or "")


@cache
def _translated(_language: str, message: str) -> str:
    return gettext(message)


class Situation(NamedTuple):
    """One listing as seen from one place; without a place, distances are infinite and nothing is near."""

    reach: int
    # (name, town) of shown venues, the one that distances are to first.
    venues: Sequence[tuple[str, str]]
    # Names of covered areas, those that the place is in first.
    areas: Sequence[str]
    metres: float = float("inf")
    near: bool = False
    # The coverage names an area that the place is in.
    named: bool = False
    across: str = ""


def reason(seen: Situation, _: Translated = gettext) -> str:
    """The best of the reasons that hold, as a line that can stand by itself."""
    measured = isfinite(seen.metres)
    can_be_reached = bool(seen.reach & (PHONE | ONLINE))
    if measured and seen.near:
        return capfirst(away(seen, _))
    if seen.reach & COMES:
        return covering(_("Comes to you"), seen.areas, _)
    if can_be_reached and (measured or not seen.venues):
        return remote(seen.reach, _)
    if measured and seen.named and seen.areas:
        return _("Covers %(areas)s – %(away)s") % {"areas": listed(seen.areas, _), "away": away(seen, _)}
    return capfirst(away(seen, _)) if measured else unmeasured(seen, _)


def unmeasured(seen: Situation, _: Translated) -> str:
    """Where something is when there is no place to measure from, or no point to measure to."""
    if seen.venues and seen.reach & AT_VENUE:
        return at_venue(seen.venues, _)
    if seen.reach & (PHONE | ONLINE):
        return remote(seen.reach, _)
    return _("Covers %(areas)s") % {"areas": listed(seen.areas, _)} if seen.areas else _("Ring to ask where it is")


def away(seen: Situation, _: Translated) -> str:
    """ "0.6 miles away, Civic Square", as the middle of a line."""
    distance = distance_in_words(seen.metres, _)
    if seen.across:
        return _("%(distance)s away, but across %(barrier)s") % {"distance": distance, "barrier": the(seen.across, _)}
    return _("%(distance)s away, %(venue)s") % {"distance": distance, "venue": seen.venues[0][0]}


def distance_in_words(metres: float, _: Translated = gettext) -> str:
    """ "0.6 miles"; "less than 500 steps" under a fifth of a mile."""
    miles = metres / METRES_A_MILE
    if miles < FEW_STEPS_MILES:
        return _("less than 500 steps")
    return _("%(miles).1f miles") % {"miles": miles}


def remote(reach: int, _: Translated) -> str:
    ways = {PHONE: _("By phone"), ONLINE: _("Online")}
    return ways.get(reach & (PHONE | ONLINE)) or _("By phone or online")


def covering(how: str, areas: Sequence[str], _: Translated) -> str:
    return _("%(how)s – covers %(areas)s") % {"how": how, "areas": listed(areas, _)} if areas else how


def listed(names: Sequence[str], _: Translated) -> str:
    """ "Tilbury, Grays and Purfleet"; of many, the first three and how many more."""
    if len(names) > MOST_AREAS + 1:
        more = len(names) - MOST_AREAS
        words = ngettext("%(names)s and %(count)d other area", "%(names)s and %(count)d other areas", more)
        return words % {"names": ", ".join(names[:MOST_AREAS]), "count": more}
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def at_venue(venues: Sequence[tuple[str, str]], _: Translated) -> str:
    name, town = venues[0]
    # "Tilbury Library, Tilbury" says nothing that "Tilbury Library" does not.
    where = f"{name}, {town}" if town and town.casefold() not in name.casefold() else name
    more = len(venues) - 1
    if not more:
        return _("At %(where)s") % {"where": where}
    words = ngettext("At %(where)s and %(count)d other place", "At %(where)s and %(count)d other places", more)
    return words % {"where": where, "count": more}


def the(barrier: str, _: Translated = gettext) -> str:
    return barrier if barrier.casefold().startswith("the ") else _("the %(barrier)s") % {"barrier": barrier}
