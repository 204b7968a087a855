"""What is turned away before anything else looks at it: too large, too often, unreadable, or asked in no known way."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from config import refusals
from config.client_address import client_address
from config.rates import seconds_to_wait
from config.request_log import METHODS

MEGABYTE = 1024 * 1024
# What a form on a public page may hold, in bytes.
MOST_SENT = 262_144


class LimitsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Whoever asks for it from here on gets the visitor's, not the proxy's.
        request.META["REMOTE_ADDR"] = client_address(request)
        refused = refusal_of(request)
        if refused is not None:
            return refusals.refuse(refused)
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            response.content = refusals.page(refusals.METHOD)
            refusals.mark(response, refusals.METHOD.code)
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        seconds = seconds_to_wait(request)
        return refusals.too_often(seconds) if seconds else None

    def process_exception(self, _request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A line that fails half-way is nobody's fault."""
        return refusals.refuse(refusals.UNREADABLE) if isinstance(exception, UnreadablePostError) else None


def refusal_of(request: HttpRequest) -> refusals.Refusal | None:
    """Why a request is not even looked at."""
    if request.method not in METHODS:
        return refusals.METHOD
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length and request.META.get("HTTP_TRANSFER_ENCODING"):
        return refusals.NO_LENGTH
    if length.isdecimal() and int(length) > most_sent(request):
        return refusals.TOO_LARGE
    return None


def most_sent(request: HttpRequest) -> int:
    """Pictures and documents come from people who are signed in, to the admin."""
    staff = request.path_info.startswith("/admin/") and settings.SESSION_COOKIE_NAME in request.COOKIES
    return settings.MOST_UPLOAD_MB * MEGABYTE if staff else MOST_SENT
