"""Which council's site is being answered, by the host that was asked: `council_served()`, `codes_served()`."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import NamedTuple

from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from wagtail.models import Site

from accounts.models import Council

KEY = "accounts.councils"
# Another process learns of a change when its own copy has aged out.
SECONDS = 60
HOSTS_KEPT = 50

_request: ContextVar[HttpRequest | None] = ContextVar("request_served", default=None)


class Served(NamedTuple):
    """A council, by its number and the GSS codes that it serves."""

    number: int
    codes: frozenset[str]


class CouncilMiddleware:
    """Costs nothing until something asks whose area it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


def council_served() -> Served | None:
    """The council whose site is asked for; none outside a request, and on a site that is no council's."""
    request = _request.get()
    if request is None:
        return None
    known: dict[str, Served | None] = cache.get(KEY) or {}
    host = request.get_host()
    if host not in known:
        kept = dict(list(known.items())[-HOSTS_KEPT + 1 :])
        try:
            known = {**kept, host: find_council(request)}
        except DatabaseError:
            # Areas and postcodes are found without the database too.
            return None
        cache.set(KEY, known, SECONDS)
    return known[host]


def codes_served() -> frozenset[str] | None:
    served = council_served()
    return served.codes if served else None


def find_council(request: HttpRequest) -> Served | None:
    council = Council.objects.filter(site=Site.find_for_request(request)).first()
    return Served(council.pk, council.area_codes) if council else None


def forget_councils(**_signal: object) -> None:
    """Have the next request look again; a signal receiver."""
    cache.delete(KEY)
