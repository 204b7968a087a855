"""Headers that every answer carries, whoever made it and however it failed."""

from collections.abc import Callable

from csp.constants import NONE, SELF
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from config.environment import tile_origins

# What browsers may use of the machine that they run on: nothing.
UNUSED = (
    "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi",
    "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
ALWAYS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}
# Of an answer that the program itself had no part in.
BARE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PRIVATE = "private, no-store"
# Kept by the visitor's own browser alone, and asked for again each time.
ASKED_AGAIN = "private, no-cache"

ADMIN_POLICY = {
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:", "blob:", *tile_origins(settings.MAP_TILES_URL)],
    "frame-ancestors": [SELF],
    "frame-src": [SELF],
    "object-src": [NONE],
}


class HeadersMiddleware:
    """Stands outside everything that can fail. What a view said itself stays as it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in {**ALWAYS, **(https_promise() if request.is_secure() else {})}.items():
            response.headers.setdefault(name, value)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = PRIVATE if is_personal(request, response) else ASKED_AGAIN
        if "public" not in response["Cache-Control"]:
            patch_vary_headers(response, ["Cookie"])
        return response


class AdminPolicyMiddleware:
    """Inside the content security policy's own: Wagtail's admin shows its previews in frames of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            response._csp_replace = ADMIN_POLICY  # type: ignore[attr-defined]  # how django-csp is told, per response
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response


def https_promise() -> dict[str, str]:
    """What holds a browser to https for this host, and for those below it unless the settings say otherwise."""
    if not settings.SECURE_HSTS_SECONDS:
        return {}
    below = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
    return {"Strict-Transport-Security": f"max-age={settings.SECURE_HSTS_SECONDS}{below}"}


def is_personal(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether an answer could be somebody's: they are signed in or keep something here, sent something, or failed."""
    return bool(
        request.COOKIES or response.cookies or request.method not in {"GET", "HEAD"} or response.status_code >= 400
    )
