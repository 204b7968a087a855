"""Doors for programs that look after the site, and the administrators' page."""

import hmac
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_deny
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from prometheus_client import CONTENT_TYPE_LATEST
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from accounts.admin_doors.scopes import where_no_councils_are
from accounts.doors import only
from accounts.roles import Role
from config.health.metrics import text
from config.health.parts import look_at, overall
from config.health.ready import readiness
from config.running import ForWhoeverRunsIt

TITLE = gettext_lazy("Health")


@require_safe
@never_cache
@xframe_options_deny
def live(request: HttpRequest) -> HttpResponse:
    """This process answers; nothing else is asked."""
    return HttpResponse("alive\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
@xframe_options_deny
def ready(request: HttpRequest) -> HttpResponse:
    """Whether people can be answered; 503, and by which part, when not."""
    parts = readiness()
    told = {name: "ready" if holds else "not ready" for name, holds in parts.items()}
    return JsonResponse({"ready": all(parts.values()), "parts": told}, status=200 if all(parts.values()) else 503)


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Numbers for Prometheus: for administrators, and for whoever has the token."""
    given = request.headers.get("Authorization", "")
    if not given.startswith("Bearer "):
        return only(Role.ADMINISTRATOR)(numbers_of_all)(request)
    if not has_token(given):
        return HttpResponse("This token is not the one in HEREABOUTS_METRICS_TOKEN.\n", "text/plain", status=403)
    return numbers(request)


def numbers_of_all(request: HttpRequest) -> HttpResponse:
    """They are every council's, so that where there are several no one council's administrator reads them."""
    if not where_no_councils_are(request.user, {}):
        raise Http404
    return numbers(request)


@require_safe
def numbers(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(text(look_at()), content_type=CONTENT_TYPE_LATEST)


def has_token(given: str) -> bool:
    """Whether a header holds the token of the settings; without one there, none will do."""
    kept = settings.METRICS_TOKEN
    return bool(kept) and hmac.compare_digest(given.encode(), f"Bearer {kept}".encode())


@method_decorator([only(Role.ADMINISTRATOR), never_cache], name="dispatch")  # type: ignore[list-item]  # any view
class HealthPage(WagtailAdminTemplateMixin, TemplateView):
    """Every part in words and colours."""

    template_name = "config/admin/health.html"
    page_title = TITLE
    header_icon = "view"
    _show_breadcrumbs = True
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": TITLE}]

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        parts = sorted(look_at(), key=lambda part: -part.state)
        return {**super().get_context_data(**given), "parts": parts, "overall": overall(parts)}


class HealthViewSet(ViewSet):
    name = "health"
    url_prefix = "health"
    icon = "view"
    menu_label = TITLE
    menu_item_class = ForWhoeverRunsIt

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", HealthPage.as_view(), name="index")]
