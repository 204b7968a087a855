"""Opens every door of the table as every subject, by GET and by POST, and says which did otherwise than it says."""

import copy
from contextlib import contextmanager
from unittest.mock import patch
from urllib.parse import urlsplit

from django.db import transaction
from django.template.base import Template
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils.safestring import SafeString
from django.views.defaults import page_not_found

from accounts.admin_doors import gate
from tests.security.access.addresses import POSTED, address_of, arguments_of
from tests.security.access.words import ANY, NOBODY, OWN, SUBJECTS

ALLOWED, SIGN_IN, NOT_FOUND, HOLLOW = "allowed", "sign-in", "404", "nothing there"
METHODS = ("get", "post")
SIGN_IN_PAGES = ("/sign-in/", "/admin/login/")


def doors(resolver=None, spaces=()):
    """Every URL pattern: its full name, or the route of one without a name, and the pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from doors(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        else:
            name = ":".join((*spaces, pattern.name)) if pattern.name else f"route {pattern.pattern}"
            yield name, pattern


def named_doors():
    found = {}
    for name, pattern in doors():
        found.setdefault(name, []).append(pattern)
    return found


def most_arguments(patterns):
    return max(len(arguments_of(pattern)) for pattern in patterns)


def browsers(world):
    """A browser for each subject, signed in."""
    found = {}
    for subject in SUBJECTS:
        found[subject] = Client(raise_request_exception=False)
        if subject != NOBODY:
            found[subject].force_login(world.accounts[subject])
    return found


@contextmanager
def nothing_drawn():
    """Pages are put together without being drawn: who may open them is decided before."""
    with patch.object(Template, "render", lambda self, *args, **kwargs: SafeString("")):
        yield


@contextmanager
def refusals_marked():
    """What the gate refuses can be told from what is not there."""

    def refused(request, error):
        response = page_not_found(request, error)
        response.refused = True
        return response

    with patch.object(gate, "page_not_found", refused):
        yield


def opened(browser, method, address, posted):
    """What a browser is answered; nothing that the answer changed stays."""
    cookies = copy.copy(browser.cookies)
    with transaction.atomic():
        response = getattr(browser, method)(address, posted if method == "post" else None)
        if response.streaming:
            # A file is closed when it was read to its end.
            list(response)
        transaction.set_rollback(True)
    browser.cookies = cookies
    return response


def verdict(response):
    if response.status_code == 404:
        return NOT_FOUND if getattr(response, "refused", False) else HOLLOW
    if response.status_code == 302 and urlsplit(response.url).path in SIGN_IN_PAGES and "next=" in response.url:
        return SIGN_IN
    # Not being ready is an answer.
    return ALLOWED if response.status_code < 500 or response.status_code == 503 else str(response.status_code)


def wrong_cells(rows, world):
    """A line for each cell that is not as the table says."""
    known, browser = named_doors(), browsers(world)
    wrong = []
    with nothing_drawn(), refusals_marked():
        for row in rows:
            for name in row.names:
                for pattern in known[name]:
                    if row.whose not in {ANY, OWN} and len(arguments_of(pattern)) < most_arguments(known[name]):
                        # The shorter address of two names nothing that is somebody's.
                        continue
                    address = address_of(name, pattern, world, row.whose)
                    for subject in SUBJECTS:
                        wanted = ALLOWED if subject in row.who else SIGN_IN if subject == NOBODY else NOT_FOUND
                        for method in METHODS:
                            got = verdict(opened(browser[subject], method, address, POSTED.get(name)))
                            if got == HOLLOW:
                                got = ALLOWED if row.hollow else NOT_FOUND
                            if got != wanted:
                                wrong.append(
                                    f"{name} ({row.whose}) {method} {address} as {subject}: {got}, not {wanted}"
                                )
    return wrong
