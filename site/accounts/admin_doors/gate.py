"""Stands in front of the Wagtail admin: what a role does not open is not there."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDictKeyError
from django.views.defaults import bad_request, page_not_found

from accounts.admin_doors.table import Door, door_of, door_of_many, is_open
from accounts.doors import note_refused
from accounts.rules import has_role
from accounts.seeing import sees_everything


class AdminDoorsMiddleware:
    """Nobody signed in is led on to sign in, by Wagtail; somebody whose role does not open a page finds none there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, named: dict[str, Any]) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not in_admin(request) or not request.user.is_authenticated or is_open(name):
            return None
        door = door_of_many(named["app_label"], named["model_name"]) if name == "wagtail_bulk_action" else door_of(name)
        if name.startswith("wagtailadmin_api:pages") and "pk" in named:
            named = {"page_id": named["pk"]}
        # One address of a page has arguments without names.
        if door is None or not may_open(request.user, door, named or dict(zip(["page_id"], args, strict=False))):
            note_refused(request)
            return page_not_found(request, Http404())
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What Wagtail itself refuses is not there either; a form sent without what it must hold is said to be so."""
        if not in_admin(request):
            return None
        if isinstance(error, MultiValueDictKeyError):
            return bad_request(request, error)
        if not isinstance(error, PermissionDenied):
            return None
        note_refused(request)
        return page_not_found(request, error)


def in_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith("/admin/")


def may_open(user: Any, door: Door, named: dict[str, Any]) -> bool:
    """Whether somebody's role opens a door, and what the address names is theirs."""
    return (sees_everything(user) or has_role(*door.roles)(user)) and door.whose(user, named)


def refuse(request: HttpRequest) -> HttpResponse:
    """Put in the place of Wagtail's own answer, which leads to the admin's first page with a message."""
    raise Http404
