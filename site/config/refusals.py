"""Requests that are not answered, each in words: one page, and what it says for each reason."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Refusal:
    status: int
    # What the log says of it.
    code: str
    title: Words
    words: Words


UNREADABLE = Refusal(
    400,
    "unreadable",
    _("We could not read what your browser sent"),
    _("This happens when an address is broken in two, or when the line failed half-way. Go back and try again."),
)
NOT_OUR_NAME = Refusal(
    400,
    "not our name",
    _("This is not our address"),
    _("The directory is here, but not under the name that was asked for. Check the address that you typed."),
)
METHOD = Refusal(
    405,
    "method",
    _("This page cannot be asked in that way"),
    _("Open it by its address, or use the form on the page before it. Nothing was changed."),
)
TOO_SLOW = Refusal(
    408,
    "too slow",
    _("That took too long to arrive"),
    _("Your connection may be slow just now. Nothing was changed. Please try again in a minute."),
)
NO_LENGTH = Refusal(
    411,
    "no length",
    _("We could not tell how long that is"),
    _("A form must say how long it is before it is sent. Nothing was changed. Another browser will do it rightly."),
)
TOO_LARGE = Refusal(
    413,
    "too large",
    _("That is more than we can take at once"),
    _("Go back, make it shorter or choose a smaller file, and send it again. Nothing was changed."),
)
ADDRESS_TOO_LONG = Refusal(
    414,
    "address too long",
    _("That address is too long"),
    _("Go back and search with fewer words or fewer filters."),
)
HEADERS_TOO_LARGE = Refusal(
    431,
    "headers too large",
    _("Your browser sent more beside its question than we can take"),
    _("Clear this site’s cookies in your browser’s settings, and try again."),
)
FAILED = Refusal(
    500,
    "failed",
    _("Sorry, something went wrong here"),
    _("It is our fault, not yours. Wait a minute, then try again."),
)
BY_ERROR: dict[type[Exception], Refusal] = {
    DisallowedHost: NOT_OUR_NAME,
    RequestDataTooBig: TOO_LARGE,
    TooManyFieldsSent: TOO_LARGE,
    TooManyFilesSent: TOO_LARGE,
}


def page(refusal: Refusal) -> str:
    return render_to_string("refused.html", {"title": refusal.title, "words": refusal.words})


def refuse(refusal: Refusal) -> HttpResponse:
    return mark(HttpResponse(page(refusal), status=refusal.status), refusal.code)


def mark(response: HttpResponse, code: str) -> HttpResponse:
    """Have the log say why."""
    response.refused = code  # type: ignore[attr-defined]  # read by `config.request_log`
    return response


def too_often(seconds: int) -> HttpResponse:
    """Says when to try again, to people and to programs."""
    words = ngettext(
        "Many requests came from your connection within a minute. It may be shared with others. Nothing is lost:"
        " try again in %(n)s second.",
        "Many requests came from your connection within a minute. It may be shared with others. Nothing is lost:"
        " try again in %(n)s seconds.",
        seconds,
    ) % {"n": seconds}
    response = refuse(Refusal(429, "too often", _("Please wait a moment"), words))
    response["Retry-After"] = str(seconds)
    return response


def bad_request(_request: HttpRequest, exception: Exception, **_more: Any) -> HttpResponse:
    """Django's `handler400`."""
    return refuse(BY_ERROR.get(type(exception), UNREADABLE))
