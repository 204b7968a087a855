"""Places by their names: which one is meant, and what a spot is called."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from assets_map.councils import our_codes
from assets_map.distance import Point, box_around, metres_between
from assets_map.models import NamedPlace, fold

# How many people are likely to mean it.
RANK = {"city": 0, "town": 1, "village": 2, "suburb": 3, "neighbourhood": 3, "other": 4, "hamlet": 5}
# A town lends its name to what is further off than a hamlet does.
WEIGHT = {"city": 0.5, "town": 0.6, "suburb": 0.9, "other": 1.3, "hamlet": 2.5}
NEAR_METRES = 4_000
LIKE_ENOUGH = 78


def named(text: str) -> list[NamedPlace]:
    """The places of a name, ours first and then the larger; empty when there is none."""
    ours = our_codes()
    found = NamedPlace.objects.filter(folded=fold(text))[:200]
    return sorted(found, key=lambda place: (place.council_code not in ours, RANK.get(place.kind, 4), place.pk))


def names_like(text: str, also: Iterable[str] = (), *, most: int = 3) -> list[str]:
    """Names of our own places, and of others given, that are spelt like the text."""
    ours = NamedPlace.objects.filter(council_code__in=our_codes()).values_list("name", flat=True)[:5_000]
    known = list(dict.fromkeys([*ours, *also]))
    found = process.extract(fold(text), known, scorer=fuzz.ratio, processor=fold, limit=most, score_cutoff=LIKE_ENOUGH)
    return [name for name, _score, _at in found]


def name_near(point: Point, council: str) -> str:
    """What people call the place around a point of a council, or blank when nothing named there is near."""
    south, north, west, east = box_around(point, NEAR_METRES)
    near = NamedPlace.objects.filter(
        council_code=council, latitude__range=(south, north), longitude__range=(west, east)
    )
    return closest_name(point, list(near[:500]))


def closest_name(point: Point, places: Iterable[NamedPlace]) -> str:
    """The name that fits a point best among some places, or blank when there are none."""
    best = min(places, key=lambda place: _weighed(point, place), default=None)
    return best.name if best else ""


def _weighed(point: Point, place: NamedPlace) -> float:
    return metres_between(point, Point(place.latitude, place.longitude)) * WEIGHT.get(place.kind, 1.0)
