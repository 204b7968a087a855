"""Acts that keep areas, barriers and place names in the database, and forget what was remembered of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from shapely.geometry.base import BaseGeometry

from assets_map.areas import forget_areas
from assets_map.barriers import forget_barriers
from assets_map.models import Area, Barrier, NamedPlace, fold
from assets_map.outlines import forget_outlines
from assets_map.shapes import to_geojson

ROWS_AT_A_TIME = 2_000


class NotLoadable(Exception):
    """A file that cannot be loaded; `str()` says why and what would do."""


@dataclass(frozen=True)
class AreaRow:
    """An area to keep: its shape in degrees, longitude first."""

    code: str
    name: str
    shape: BaseGeometry
    parent_code: str = ""


@dataclass
class Kept:
    """How many rows were made and how many written over, and a sentence for each that was refused."""

    made: int = 0
    changed: int = 0
    refused: list[str] = field(default_factory=list)


@transaction.atomic
def keep_areas(rows: Iterable[AreaRow], *, kind: str) -> Kept:
    """Make or write over areas by their code; areas that are not named stay, for listings may cover them."""
    kept = Kept()
    held = {area.code: area for area in Area.objects.all()}
    slugs = {area.slug for area in held.values()}
    for row in rows:
        area = held.get(row.code) or Area(code=row.code)
        area.name, area.kind, area.parent_code = row.name[:120].strip(), kind, row.parent_code
        area.shape = to_geojson(row.shape)
        area.slug = area.slug or _free_slug(row, kind, slugs)
        try:
            area.full_clean()
        except ValidationError as problem:
            kept.refused.append(f"{row.name or row.code}: {' '.join(problem.messages)}")
            continue
        kept.made, kept.changed = kept.made + (area.pk is None), kept.changed + (area.pk is not None)
        area.save()
        slugs.add(area.slug)
        held[area.code] = area
    transaction.on_commit(forget_shapes)
    return kept


def _free_slug(row: AreaRow, kind: str, taken: set[str]) -> str:
    """The shortest of a few addresses that no other area has."""
    wanted = (row.name, f"{row.name} {kind}", f"{row.name} {row.code}", row.code)
    return next((slug for words in wanted if (slug := slugify(words)[:140]) and slug not in taken), "")


@transaction.atomic
def keep_barriers(rows: Iterable[tuple[str, BaseGeometry, str]]) -> Kept:
    """Make or write over barriers by their name: name, line in degrees, and how it can be crossed."""
    kept = Kept()
    for name, shape, note in rows:
        barrier = Barrier.objects.filter(name=name).first() or Barrier(name=name)
        barrier.shape, barrier.crossing_note = to_geojson(shape), note[:200]
        try:
            barrier.full_clean()
        except ValidationError as problem:
            kept.refused.append(f"{name}: {' '.join(problem.messages)}")
            continue
        kept.made, kept.changed = kept.made + (barrier.pk is None), kept.changed + (barrier.pk is not None)
        barrier.save()
    transaction.on_commit(forget_shapes)
    return kept


@transaction.atomic
def keep_places(places: Sequence[NamedPlace]) -> Kept:
    """Keep place names, in place of those of the same name and council; others stay."""
    for place in places:
        place.folded = fold(place.name)
    places = [place for place in places if place.folded]
    named = {(place.folded, place.council_code) for place in places}
    old = NamedPlace.objects.values_list("pk", "folded", "council_code")
    replaced = [pk for pk, folded, council in old if (folded, council) in named]
    for at in range(0, len(replaced), ROWS_AT_A_TIME):
        NamedPlace.objects.filter(pk__in=replaced[at : at + ROWS_AT_A_TIME]).delete()
    NamedPlace.objects.bulk_create(places, batch_size=ROWS_AT_A_TIME, ignore_conflicts=True)
    return Kept(made=max(0, len(places) - len(replaced)), changed=len(replaced))


def forget_shapes() -> None:
    """Look at areas and barriers again at the next question."""
    forget_areas()
    forget_barriers()
    forget_outlines()
