"""Answers the two questions of load balancers before anything that needs a session, an account or a known host."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from config.health.views import live, ready

PROBES = {"/health/live": live, "/health/ready": ready}


class ProbesMiddleware:
    """They come by the machine's own address, every few seconds, and never as somebody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        # The log names doors by it.
        request.resolver_match = resolve(request.path_info)
        return probe(request)
