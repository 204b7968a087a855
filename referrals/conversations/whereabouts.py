"""Where a person lives, as far as the record needs it: the ward for counts, and whose patch it is."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import Team, User
from assets_map.areas import area_index
from assets_map.models import Area
from assets_map.not_found import PlaceNotFound
from assets_map.places import Place, find_place
from referrals.models import Person


def place_of(text: str) -> Place | None:
    """The place that was typed; none for nothing, and for what nobody finds."""
    try:
        return find_place(text) if text.strip() else None
    except PlaceNotFound as problem:
        return getattr(problem, "place", None)


def place_problem(text: str) -> str:
    """What to do about a place that was not found, in a sentence; empty when all is well."""
    try:
        if text.strip():
            find_place(text)
    except PlaceNotFound as problem:
        return str(problem)
    return ""


def place_person(person: Person) -> None:
    """Set the ward and the patch of where a person lives now, unsaved."""
    place = place_of(person.place)
    person.ward = ward_of(place)
    person.patch = patch_among(place.area_codes if place else (), council=person.council_id)


def ward_of(place: Place | None) -> str:
    known = area_index().by_code
    longest = Person._meta.get_field("ward").max_length or 0
    codes = sorted(place.area_codes) if place else []
    wards = (code for code in codes if code in known and known[code].kind == Area.Kind.WARD)
    return next((code for code in wards if len(code) <= longest), "")


def patch_among(codes: Iterable[str], *, council: int | None) -> Area | None:
    """The patch among these areas, of those that somebody of the council looks after."""
    here = Area.objects.filter(kind=Area.Kind.PATCH, code__in=codes)
    if council is not None:
        teams = Team.objects.filter(council=council).values("patches")
        staff = User.objects.filter(council=council).values("patches")
        here = here.filter(Q(pk__in=teams) | Q(pk__in=staff))
    return here.order_by("code").first()
