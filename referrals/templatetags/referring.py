"""Leaving a page quickly: `{% load referring %}{% include "referrals/_quick_exit.html" %}`."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def quick_exit() -> str:
    """Where somebody goes who must not be seen here: a page that nobody would ask about."""
    return str(settings.QUICK_EXIT)
