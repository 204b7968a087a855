"""Says in words that a key is missing, where a page cannot be made without it."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from referrals.models.sealed import NotOpened

log = logging.getLogger(__name__)


class NotOpenedMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotOpened):
            return None
        log.error("A key is missing in HEREABOUTS_PERSON_KEYS: what is kept of people cannot be opened.")
        words = _("What is kept here is sealed, and the key that opens it is missing. Tell whoever runs the site.")
        return render(request, "refused.html", {"title": _("This page cannot be read now"), "words": words}, status=503)
