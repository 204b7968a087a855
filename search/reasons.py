"""Why a row is there, in words: `reason(situation)`, the one function behind every row, sheet and feed.

"0.6 miles away, Civic Square" · "Comes to you – covers Tilbury and Grays" · "By phone" · "Covers Thurrock – 6.1 miles
away, Civic Hall" · "1.2 miles away, but across the River Thames". Without a place: "At Civic Square, Tilbury".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import isfinite

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext

from search.around import METRES_A_MILE

FEW_STEPS_MILES = 0.2
MOST_AREAS = 3
AT_VENUE, COMES, ONLINE, PHONE = 1, 2, 4, 8


def _(message: str) -> str:
    """A translation, kept by language: a page asks for the same few dozens of times."""
    return _translated(message, get_language() or "")


@cache
def _translated(message: str, _language: str) -> str:
    return gettext(message)


@dataclass(frozen=True, slots=True)
class Situation:
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


def reason(seen: Situation) -> str:
    """The best of the reasons that hold, as a line that can stand by itself."""
    measured = isfinite(seen.metres)
    can_be_reached = bool(seen.reach & (PHONE | ONLINE))
    if measured and seen.near:
        return capfirst(away(seen))
    if seen.reach & COMES:
        return covering(_("Comes to you"), seen.areas)
    if can_be_reached and (measured or not seen.venues):
        return remote(seen.reach)
    if measured and seen.named and seen.areas:
        return _("Covers %(areas)s – %(away)s") % {"areas": listed(seen.areas), "away": away(seen)}
    return capfirst(away(seen)) if measured else unmeasured(seen)


def unmeasured(seen: Situation) -> str:
    """Where something is when there is no place to measure from, or no point to measure to."""
    if seen.venues and seen.reach & AT_VENUE:
        return at_venue(seen.venues)
    if seen.reach & (PHONE | ONLINE):
        return remote(seen.reach)
    return _("Covers %(areas)s") % {"areas": listed(seen.areas)} if seen.areas else _("Ring to ask where it is")


def away(seen: Situation) -> str:
    """ "0.6 miles away, Civic Square", as the middle of a line."""
    distance = distance_in_words(seen.metres)
    if seen.across:
        return _("%(distance)s away, but across %(barrier)s") % {"distance": distance, "barrier": the(seen.across)}
    return _("%(distance)s away, %(venue)s") % {"distance": distance, "venue": seen.venues[0][0]}


def distance_in_words(metres: float) -> str:
    """ "0.6 miles"; "less than 500 steps" under a fifth of a mile."""
    miles = metres / METRES_A_MILE
    if miles < FEW_STEPS_MILES:
        return _("less than 500 steps")
    return _("%(miles).1f miles") % {"miles": miles}


def remote(reach: int) -> str:
    ways = {PHONE: _("By phone"), ONLINE: _("Online")}
    return ways.get(reach & (PHONE | ONLINE)) or _("By phone or online")


def covering(how: str, areas: Sequence[str]) -> str:
    return _("%(how)s – covers %(areas)s") % {"how": how, "areas": listed(areas)} if areas else how


def listed(names: Sequence[str]) -> str:
    """ "Tilbury, Grays and Purfleet"; of many, the first three and how many more."""
    if len(names) > MOST_AREAS + 1:
        more = len(names) - MOST_AREAS
        words = ngettext("%(names)s and %(count)d other area", "%(names)s and %(count)d other areas", more)
        return words % {"names": ", ".join(names[:MOST_AREAS]), "count": more}
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def at_venue(venues: Sequence[tuple[str, str]]) -> str:
    name, town = venues[0]
    # "Tilbury Library, Tilbury" says nothing that "Tilbury Library" does not.
    where = f"{name}, {town}" if town and town.casefold() not in name.casefold() else name
    more = len(venues) - 1
    if not more:
        return _("At %(where)s") % {"where": where}
    words = ngettext("At %(where)s and %(count)d other place", "At %(where)s and %(count)d other places", more)
    return words % {"where": where, "count": more}


def the(barrier: str) -> str:
    return barrier if barrier.casefold().startswith("the ") else _("the %(barrier)s") % {"barrier": barrier}
