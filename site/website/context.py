"""What every template may use: ``look``, read from the database once and then kept."""

import logging
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError
from wagtail.models import Site

from website.look import Look, MenuLink
from website.models.look import LookSettings

KEY = "website.looks"
# Another process learns of a change when its own copy has aged out.
SECONDS = 60
HOSTS_KEPT = 50

logger = logging.getLogger(__name__)


def look(request: HttpRequest) -> dict[str, Any]:
    """Context processor; costs nothing until a template asks, then one look in the cache for the whole request."""
    kept = vars(request).setdefault("_look", SimpleLazyObject(partial(look_for, request)))
    return {"look": kept}


def look_for(request: HttpRequest) -> Look:
    """The look of the site that the request is for; the plain one if the database cannot be read."""
    looks: dict[str, Look] = cache.get(KEY) or {}
    host = request.get_host()
    if host not in looks:
        try:
            found = read_look(request)
        except DatabaseError:
            logger.exception("The look of the site could not be read")
            return Look()
        kept = dict(list(looks.items())[-HOSTS_KEPT + 1 :])
        looks = {**kept, host: found}
        cache.set(KEY, looks, SECONDS)
    return looks[host]


def forget_looks(**signal: object) -> None:
    """Have the next request read the settings and the menu again; a signal receiver."""
    cache.delete(KEY)


def read_look(request: HttpRequest) -> Look:
    """The look as the database has it now."""
    site = Site.find_for_request(request)
    if site is None:
        return Look()
    row = LookSettings.objects.filter(site=site).select_related("logo").first() or LookSettings(site=site)
    words = ("council_name", "directory_name", "council_website", "phone", "phone_hours", "email", "short_address")
    colours = ("brand_colour", "link_colour", "button_colour")
    pages = site.root_page.get_children().live().public().in_menu()
    return Look(
        **{name: getattr(row, name) for name in (*words, *colours)},
        **logo_of(row),
        menu=tuple(MenuLink(page.title, page.get_url(request, site) or "/") for page in pages),
    )


def logo_of(row: LookSettings) -> dict[str, Any]:
    """Where the logo is and how large, at twice the size it is shown at; empty when there is none or it is lost."""
    if row.logo is None:
        return {}
    try:
        drawn = row.logo.get_rendition("max-480x112")
    except (SourceImageIOError, InvalidFilterSpecError, OSError):
        logger.exception("The logo could not be read")
        return {}
    return {"logo_url": drawn.url, "logo_width": drawn.width // 2, "logo_height": drawn.height // 2}
