"""What pages of the front door ask: ``{% load front_door %}{% council_name as council %}``."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def council_name() -> str:
    """What the council's own sign-in is called; empty where there is none."""
    return settings.OIDC_NAME if settings.OIDC_ISSUER else ""
