"""When a form comes without a token that still holds: nothing is changed, and nothing that was typed is lost."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render

from config.refusals import mark

# Parts of names of fields whose values are never written into a page.
SECRET = ("password", "token", "secret", "code", "otp", "credential")


def resend(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's `CSRF_FAILURE_VIEW`. Whoever sent the form from a page of ours sees it once more, and sends it by a
    button; what another site sent is not offered."""
    fields = typed(request) if from_our_own_page(request) else []
    response = render(request, "403_csrf.html", {"fields": fields, "address": request.get_full_path()}, status=403)
    return mark(response, "no token")


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values to send again; none when there is a secret or a file among them, which must be given anew."""
    try:
        found = [(name, value) for name, values in request.POST.lists() for value in values]
        files = bool(request.FILES)
    except (UnreadablePostError, ValueError):
        return []
    found = [(name, value) for name, value in found if name != "csrfmiddlewaretoken"]
    secret = any(part in name.casefold() for name, _value in found for part in SECRET)
    return [] if files or secret else found


def from_our_own_page(request: HttpRequest) -> bool:
    """Whether the browser itself says so; a browser that says nothing is not believed."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    parts = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "")
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())
