"""A one-time password opens one page only: the one where a new one is chosen."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


class OneTimePasswordMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/admin/") and getattr(request.user, "must_change_password", False):
            allowed = {reverse("accounts:choose_password"), reverse("wagtailadmin_logout")}
            if request.path not in allowed and not request.path.startswith("/admin/jsi18n"):
                return redirect("accounts:choose_password")
        return self.get_response(request)
