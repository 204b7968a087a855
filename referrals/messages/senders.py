"""Who a message comes from: the council of a record, its phone, and the address of its site."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from wagtail.models import Site

from accounts.models import Council


class Sender(NamedTuple):
    name: str
    phone: str
    # Without a slash at its end.
    address: str

    def link(self, page: str, *given: str, token: str = "") -> str:
        """The full address of a page by its name. A token stands in the query, which no log keeps."""
        found = f"{self.address}{reverse(page, args=given)}"
        return f"{found}?link={token}" if token else found


def sender_of(council: Council | None) -> Sender:
    site = council.site if council else Site.objects.filter(is_default_site=True).first()
    # Named in settings, since the look belongs to a layer above this one.
    look = apps.get_model(settings.LOOK_MODEL).objects.filter(site=site).first() if site else None
    name = one_line(getattr(look, "council_name", "")) or settings.WAGTAIL_SITE_NAME
    return Sender(name, one_line(getattr(look, "phone", "")), address_of(site))


def address_of(site: Site | None) -> str:
    """The main site's is `PUBLIC_URL`; that of another council's has its own host, and the rest in common."""
    if site is None or site.is_default_site:
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    ours = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = f":{ours.port}" if ours.port else ""
    return f"{ours.scheme}://{site.hostname}{port}"


def one_line(text: str) -> str:
    """Nothing that could begin a header of its own, or a line that says something else."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
