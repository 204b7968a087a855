"""Whose directory this is: its name and number, for what is printed and shown."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string


class Council(NamedTuple):
    name: str
    phone: str
    short_address: str


def council(request: HttpRequest | None) -> Council:
    """The council of a request's site; of the first site when there is no request, as in a command."""
    return import_string(settings.COUNCIL_DETAILS)(request)
