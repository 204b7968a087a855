"""Refuses to start what would not be safe, or would not work, in production."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from accounts.roles import Role
from referrals.models.sealed import is_a_key


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


@register(deploy=True)
def texts_can_be_sent(**kwargs: Any) -> list[CheckMessage]:
    """A key without a template sends nothing."""
    if settings.NOTIFY_KEY and not settings.NOTIFY_TEMPLATE:
        return [Error("HEREABOUTS_NOTIFY_TEMPLATE is missing: GOV.UK Notify sends templates.", id="hereabouts.E031")]
    return []


@register(Tags.security)
def keys_of_people_are_keys(**kwargs: Any) -> list[CheckMessage]:
    """A key that is cut short or mistyped would stop the first page that shows somebody."""
    how = "make one with hereabouts rotate_person_keys --make-key."
    return [
        Error(f"Key number {number} of HEREABOUTS_PERSON_KEYS is not one: {how}", id="hereabouts.E006")
        for number, key in enumerate(settings.PERSON_KEYS, start=1)
        if not is_a_key(key)
    ]


@register(Tags.security, deploy=True)
def people_have_a_key_of_their_own(**kwargs: Any) -> list[CheckMessage]:
    """A key made from SECRET_KEY is for demos: whoever knows that secret could read about people."""
    if settings.PERSON_KEYS:
        return []
    words = "HEREABOUTS_PERSON_KEYS is missing: make a key with hereabouts rotate_person_keys --make-key."
    return [Error(words, id="hereabouts.E005")]


@register(Tags.security, deploy=True)
def the_council_s_sign_in_is_whole(**kwargs: Any) -> list[CheckMessage]:
    """A provider that nobody could come in by, or that could be overheard, is an oversight."""
    found: list[CheckMessage] = []
    if not settings.OIDC_ISSUER:
        return found
    if not settings.OIDC_ISSUER.startswith("https://"):
        found.append(Error("OIDC_ISSUER must start with https://.", id="hereabouts.E021"))
    if not (settings.OIDC_CLIENT_ID and settings.OIDC_CLIENT_SECRET):
        found.append(Error("OIDC_CLIENT_ID or OIDC_CLIENT_SECRET is missing.", id="hereabouts.E022"))
    if not settings.OIDC_ROLES:
        found.append(Error("OIDC_ROLES is missing: nobody who signs in would have a role.", id="hereabouts.E023"))
    for group, role in settings.OIDC_ROLES.items():
        if role not in Role.values:
            words = f"OIDC_ROLES gives the group “{group}” the role “{role}”, and there is none. There are: "
            found.append(Error(words + ", ".join(Role.values) + ".", id="hereabouts.E024"))
    return found
