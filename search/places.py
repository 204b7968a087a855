"""Pages about places: areas, and places that could not be found."""

from typing import Any

from django.utils.translation import gettext as _

from assets_map.distance import Point
from assets_map.models import Area
from assets_map.not_found import NotAPostcode, TerminatedPostcode, UnknownPostcode
from assets_map.places import Place
from assets_map.shapes import NotAShape, read_shape
from search.asking import Asked
from search.where import Where


def area_place(area: Area) -> Place:
    """An area as a place to search from: a point inside it, and nothing but its own coverage."""
    try:
        inside = read_shape(area.shape).representative_point()
        point = Point(inside.y, inside.x)
    except NotAShape:
        point = Point((area.south + area.north) / 2, (area.west + area.east) / 2)
    codes = frozenset({area.code, area.parent_code} - {""})
    return Place(
        label=area.name,
        point=point,
        area_codes=codes,
        approximate=True,
        postcode=None,
        shareable=area.name,
        area_names={area.code: area.name},
    )


def areas_by_kind() -> list[tuple[str, list[Area]]]:
    """Every area, under its kind, without its shape."""
    found: dict[str, list[Area]] = {}
    for area in Area.objects.defer("shape").order_by("kind", "name"):
        found.setdefault(area.kind, []).append(area)
    return [(str(kind.label), found[kind.value]) for kind in Area.Kind if kind.value in found]


def not_found_context(asked: Asked, where: Where) -> dict[str, Any]:
    """What the page says: the sentence, and places to try instead, each with its address."""
    problem = where.problem
    nearby = [*getattr(problem, "nearby", ()), *getattr(problem, "similar", ())]
    headings = {
        NotAPostcode: _("That is not quite a postcode"),
        UnknownPostcode: _("We do not know that postcode"),
        TerminatedPostcode: _("That postcode is no longer used"),
    }
    return {
        "asked": asked,
        "where": where,
        "heading": headings.get(type(problem), _("We could not find that place")),  # type: ignore[arg-type]  # by class
        "sentence": str(problem),
        "tries": [str(one) for one in nearby][:6],
        "without_place": Asked(text=asked.text, kept=asked.kept, filters=asked.filters).address(),
    }
