"""Where a search starts. A full postcode stays in the person's own browser, and out of addresses and logs."""

import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from assets_map.not_found import OutsideOurArea, PlaceNotFound
from assets_map.places import Place, find_place
from directory.own_cookies import own_cookie
from search.full_postcode import FULL_POSTCODE

COOKIE = "where"
SALT = "hereabouts.where"


@dataclass(frozen=True, slots=True)
class Where:
    """A place, or why there is none. `typed` is what the box shows."""

    typed: str = ""
    place: Place | None = None
    problem: PlaceNotFound | None = None


def locate(text: str) -> Where:
    """Find the place that was typed; nothing typed is no place and no problem."""
    if not text.strip():
        return Where()
    try:
        return Where(text, place=find_place(text))
    except OutsideOurArea as problem:
        return Where(text, place=problem.place, problem=problem)
    except PlaceNotFound as problem:
        return Where(text, problem=problem)


def locate_kept(request: HttpRequest, shared: str) -> Where:
    """The place of an address; more exactly, where this browser knows which postcode it stands for."""
    kept = request.get_signed_cookie(own_cookie(COOKIE), default="", salt=SALT)
    if kept and shared:
        exact = locate(kept)
        if exact.place is not None and exact.place.shareable.casefold() == shared.casefold():
            return exact
    return locate(shared)


def keep(response: HttpResponse, where: Where) -> None:
    """Keep a full postcode in the browser until it is closed; forget the one before."""
    if where.place is None or where.place.postcode is None:
        response.delete_cookie(own_cookie(COOKIE), samesite="Lax")
        return
    secure = settings.SESSION_COOKIE_SECURE
    value = str(where.place.postcode)
    response.set_signed_cookie(own_cookie(COOKIE), value, salt=SALT, httponly=True, samesite="Lax", secure=secure)


def holds_full_postcode(text: str) -> bool:
    """Whether any part of a text could be a full postcode."""
    return FULL_POSTCODE.search(unicodedata.normalize("NFKC", text)) is not None


def split_postcode(text: str) -> tuple[str, str]:
    """Words, and the full postcode that somebody typed among them: “lunch RM18 8AD” → (“lunch”, “RM18 8AD”).

    Every postcode is taken out of the words; the first is where to look from.
    """
    plain = unicodedata.normalize("NFKC", text)
    found = FULL_POSTCODE.search(plain)
    if found is None:
        return text, ""
    # What is left may close up to another: “RM18 RM18 8AD 8AD”.
    while FULL_POSTCODE.search(plain):
        plain = " ".join(FULL_POSTCODE.sub(" ", plain).split())
    return plain, f"{found[1]} {found[2]}".upper()
