"""Refuses to start what would not be safe, or would not work, in production."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def production_is_safe(**kwargs: Any) -> list[CheckMessage]:
    """A default secret, debug pages or a site without https never go out."""
    found: list[CheckMessage] = []
    if len(settings.SECRET_KEY) < 40:
        found.append(Error("SECRET_KEY is missing or shorter than 40 characters.", id="hereabouts.E001"))
    if settings.DEBUG:
        found.append(Error("DEBUG must be off.", id="hereabouts.E002"))
    if not settings.ALLOWED_HOSTS:
        found.append(Error("ALLOWED_HOSTS names no host.", id="hereabouts.E003"))
    if not settings.WAGTAILADMIN_BASE_URL.startswith("https://"):
        found.append(Error("PUBLIC_URL must start with https://.", id="hereabouts.E004"))
    return found
