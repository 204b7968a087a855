"""One line in the log for each request: what was asked for by the name of its door, and by whom by their role."""

import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from config.redacting import answering
from outbox import request_id

HEADER = "X-Request-ID"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
log = logging.getLogger("hereabouts.requests")


class RequestLogMiddleware:
    """The outermost: gives each request an id of its own, which no visitor chooses, and logs its answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        with request_id.using(secrets.token_hex(8)), answering(request):
            response = self.get_response(request)
            response.headers[HEADER] = request_id.current()
            log.info("answered", extra=about(request, response, time.perf_counter() - began))
        return response


def about(request: HttpRequest, response: HttpResponseBase, seconds: float) -> dict[str, object]:
    user, refused = getattr(request, "_cached_user", None), getattr(response, "refused", None)
    told: dict[str, object] = {
        "method": request.method if request.method in METHODS else "other",
        "route": route(request),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "bytes": size(response),
        "role": role(request),
    }
    # A number and no name: as in what is written down of looks at people's records.
    return told | ({"account": user.pk} if user and user.pk else {}) | ({"refused": refused} if refused else {})


def route(request: HttpRequest) -> str:
    """The name of the door, never the address: it can hold a word, a number or a token."""
    if request.resolver_match is not None:
        return request.resolver_match.view_name or "unnamed"
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"


def size(response: HttpResponseBase) -> int | None:
    """Bytes of the answer; none when it is not known before it is sent."""
    told = response.headers.get("Content-Length", "")
    if told.isdigit():
        return int(told)
    return None if response.streaming else len(getattr(response, "content", b""))


def role(request: HttpRequest) -> str:
    """The roles of whoever is signed in, where the page wanted to know; never who it is."""
    user = getattr(request, "_cached_user", None)
    if user is None or not user.is_authenticated:
        return "anyone"
    try:
        names = sorted(user.groups.values_list("name", flat=True))
    except DatabaseError:
        return "unknown"
    return ", ".join(name.lower() for name in names) or "no role"
