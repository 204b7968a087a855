"""Every look, in the admin's reports: to read, to filter, and to take away as a table of references."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from accounts.access_events import AccessEvent, record_look
from accounts.models import User


def name_of(event: AccessEvent) -> str:
    """Who looked, as they are called now; the number alone when the account is gone."""
    known = event.who_id is not None and User.objects.filter(pk=event.who_id).first()
    return known.get_username() if known else f"accounts.user:{event.who_id}" if event.who_id else "–"


def accounts_seen(request: HttpRequest | None) -> QuerySet:
    return User.objects.visible_to(request.user if request else None)


class EventFilters(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)
    who = django_filters.ModelChoiceFilter(label=_("Who"), queryset=accounts_seen)
    whose = django_filters.CharFilter(label=_("Whose"), lookup_expr="startswith")

    class Meta:
        model = AccessEvent
        fields = ["at", "who", "whose"]


class AccessEventsView(ReportView):
    page_title = _("Looks")
    header_icon = "view"
    index_url_name = "access_events:index"
    index_results_url_name = "access_events:results"
    filterset_class = EventFilters
    default_ordering = "-at"
    list_export = ["at", "who_id", "what", "whose", "why", "request_id"]
    export_filename = "looks"
    columns = [
        DateColumn("at", label=_("When")),
        Column("who", label=_("Who"), accessor=name_of),
        Column("what", label=_("What")),
        Column("whose", label=_("Whose")),
        Column("why", label=_("Why")),
        Column("request_id", label=_("Request")),
    ]

    def get_base_queryset(self) -> QuerySet:
        return AccessEvent.objects.visible_to(self.request.user)

    def get_queryset(self) -> QuerySet:
        return self.get_base_queryset()

    def get(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        what = "exported" if self.is_export else "listed"
        record_look(request, what=what, whose=AccessEvent, why="administrator")
        return super().get(request, *args, **named)
