"""A person's own list: kept in their browser, in a cookie that nobody else can write, and nowhere else."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from directory.own_cookies import own_cookie

COOKIE = "list"
MOST = 40
SALT = "hereabouts.list"


def read_list(request: HttpRequest) -> list[int]:
    """Asset ids, in the order in which they were added; a cookie that was tampered with is an empty list."""
    kept = request.get_signed_cookie(own_cookie(COOKIE), default="", salt=SALT) or ""
    return [int(part) for part in kept.split(".") if part.isdecimal()][:MOST]


def keep_list(response: HttpResponse, asset_ids: Iterable[int]) -> None:
    """Keep a list for as long as the browser is open; an empty one is forgotten."""
    ids = list(dict.fromkeys(asset_ids))[:MOST]
    if not ids:
        response.delete_cookie(own_cookie(COOKIE), samesite="Lax")
        return
    value = ".".join(str(one) for one in ids)
    secure = settings.SESSION_COOKIE_SECURE
    response.set_signed_cookie(own_cookie(COOKIE), value, salt=SALT, httponly=True, samesite="Lax", secure=secure)


def changed(asset_ids: list[int], *, add: int | None = None, remove: int | None = None) -> list[int]:
    """The list with one more or one fewer."""
    kept = [one for one in asset_ids if one != remove]
    return [*kept, add] if add is not None and add not in kept else kept
