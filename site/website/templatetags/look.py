"""What every page has round it: ``{% load look %}{% navigation %}`` and ``{% icon "phone" %}``."""

from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template import Context
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from directory.choices import Kind
from directory.shortlist import read_list
from website.look import Look
from website.signed_in import address, footer_words, pages_of_work

register = template.Library()


@register.inclusion_tag("components/service-navigation.html", takes_context=True)
def navigation(context: Context) -> dict[str, Any]:
    """The line of links under the header: pages of one's work, two ways to find, the own list, the council's menu."""
    look: Look = context.get("look") or Look()
    request: HttpRequest | None = context.get("request")
    path = request.path if request else ""
    work = [{"text": words, "href": url, **here(path, url)} for words, url in pages_of_work(request)]
    found = [*work, find_help(request), talking_shops(request), my_list(request)]
    menu = [{"text": one.title, "href": one.url, **here(path, one.url)} for one in look.menu]
    return {
        "navigation": [item for item in found if item] + menu,
        "navigationLabel": gettext("Main"),
        # A handful of links wrap on a narrow screen; nothing hides behind a button, and nothing moves once drawn.
        "collapseNavigationOnMobile": False,
    }


def here(path: str, url: str) -> dict[str, bool]:
    """Whether the reader is on that page, or on one under it."""
    if path == url:
        return {"current": True}
    return {"active": True} if url != "/" and path.startswith(url) else {}


@register.simple_tag(takes_context=True)
def signed_in(context: Context) -> dict[str, Any]:
    """Who is signed in, for the foot of the page; empty for everybody else."""
    return footer_words(context.get("request"))


def only_talking_shops(request: HttpRequest | None) -> bool:
    return request is not None and request.GET.getlist("kind") == [Kind.TALKING_SHOP.value]


def find_help(request: HttpRequest | None) -> dict[str, Any] | None:
    url = address("search:find")
    at = {} if request is None or only_talking_shops(request) else here(request.path, url)
    return {"text": gettext("Find help"), "href": url, **at} if url else None


def talking_shops(request: HttpRequest | None) -> dict[str, Any] | None:
    url = address("search:find")
    at = here(request.path, url) if request is not None and only_talking_shops(request) else {}
    query = urlencode({"kind": Kind.TALKING_SHOP.value})
    return {"text": gettext("Talking shops"), "href": f"{url}?{query}", **at} if url else None


def my_list(request: HttpRequest | None) -> dict[str, Any] | None:
    """The person's own list, with how many listings are on it."""
    url = address("directory:my_list")
    if not url:
        return None
    count = len(read_list(request)) if request else 0
    said = ngettext("%(count)s listing", "%(count)s listings", count) % {"count": count}
    number = format_html(
        ' <span class="my-list-count"><span aria-hidden="true">{}</span>'
        '<span class="govuk-visually-hidden">{}</span></span>',
        count,
        said,
    )
    html = format_html("{}{}", gettext("My list"), number if count else "")
    return {"html": html, "href": url, **here(request.path if request else "", url)}


@cache
def drawing(name: str) -> SafeString:
    """A small picture, read once."""
    return SafeString(get_template(f"components/icons/{name}.html").render().strip())


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small picture beside words, which a screen reader passes over: the words say the same."""
    return drawing(name)


@register.simple_tag
def due(words: str, late: Any) -> str:
    """Words with a day in them, marked where it has passed."""
    return format_html('<span class="status status--stale">{}{}</span>', drawing("clock"), words) if late else words


@register.simple_tag
def find_help_address() -> str:
    """Where a search starts."""
    return address("search:find") or "/"
