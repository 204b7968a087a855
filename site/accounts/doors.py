"""Doors of views: who may open them."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from accounts.roles import Role
from accounts.rules import roles_in

View = Callable[..., HttpResponse]
log = logging.getLogger(__name__)


def only(*roles: Role) -> Callable[[View], View]:
    """Lets in who has one of these roles; nobody signed in is led to sign in, and to others there is no such page."""
    wanted = frozenset(roles)

    def guard(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not wanted & roles_in(request):
                note_refused(request)
                raise Http404
            return view(request, *args, **kwargs)

        return door

    return guard


def note_refused(request: HttpRequest) -> None:
    """For whoever looks into it later: which door, by its name, and who, by number."""
    name = request.resolver_match.view_name if request.resolver_match else "unnamed"
    log.warning("Door %s was refused to account %s", name, request.user.pk)
