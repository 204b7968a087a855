"""The names of cookies that are kept in visitors' browsers."""

from django.conf import settings


def own_cookie(name: str) -> str:
    """The name as this installation writes it: behind https, one that no other host can have set."""
    return f"{settings.COOKIE_PREFIX}{name}"
