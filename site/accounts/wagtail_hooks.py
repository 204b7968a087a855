"""People in the admin's menus."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from accounts.events_report import AccessEventsView
from accounts.rules import is_administrator
from accounts.teams_admin import PeopleGroup

register_snippet(PeopleGroup)


@hooks.register("register_admin_urls")
def looks() -> list[URLResolver]:
    pages = [
        path("", AccessEventsView.as_view(), name="index"),
        path("results/", AccessEventsView.as_view(results_only=True), name="results"),
    ]
    return [path("reports/looks/", include((pages, "access_events"), namespace="access_events"))]


class LooksMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)


@hooks.register("register_reports_menu_item")
def looks_menu_item() -> MenuItem:
    return LooksMenuItem(_("Looks"), reverse("access_events:index"), icon_name="view", order=1000)


@hooks.register("register_settings_menu_item")
def how_you_sign_in_menu_item() -> MenuItem:
    return MenuItem(_("How you sign in"), reverse("mfa_index"), icon_name="key", order=2000)
