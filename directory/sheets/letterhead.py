"""Whose paper it is: the council's name, number and addresses, as set once for the whole site."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from wagtail.models import Site

from directory.sheets.sheet import Letterhead

if TYPE_CHECKING:
    from django.http import HttpRequest


def letterhead(request: "HttpRequest | None" = None) -> Letterhead:
    """The letterhead of the site that a request is for, or of the main site. Two queries at most."""
    site = Site.find_for_request(request) if request else Site.objects.filter(is_default_site=True).first()
    # Named in settings, since the look belongs to a layer above this one.
    found = apps.get_model(settings.LOOK_MODEL).objects.filter(site=site).first() if site else None
    if found is None:
        return Letterhead(web=settings.WAGTAILADMIN_BASE_URL)
    short = found.short_address.strip()
    web = short if "://" in short or not short else f"https://{short}"
    return Letterhead(found.council_name, found.phone, web or settings.WAGTAILADMIN_BASE_URL, found.return_address)
