"""Headers that differ between the public site and the Wagtail admin."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from config.environment import tile_origins

ADMIN_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:", *tile_origins(settings.MAP_TILES_URL)],
    "frame-ancestors": [SELF],
    "frame-src": [SELF],
}


class AdminPolicyMiddleware:
    """Wagtail's admin writes inline scripts and styles; nothing outside it may."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_replace = ADMIN_POLICY  # type: ignore[attr-defined]  # how django-csp is told, per response
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response
