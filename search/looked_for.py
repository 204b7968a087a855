"""What people looked for, in the admin: a page to read, and a table to take away.

The searches are for commissioners and administrators; the words that the search does not know are for editors too.
"""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from accounts.access_events import record_look
from search.engines import engine
from search.exporting import write
from search.forgetting import MONTHS_KEPT, kept_from
from search.index_folder import IndexProblem
from search.models import SearchRecord, UnknownWord
from search.reading import everything_known
from search.reports import FEWEST, overview, whole_weeks

SEARCHES = "search.view_searchrecord"
UNKNOWN_WORDS = "search.view_unknownword"
# Weeks that can be looked at; 0 stands for all that is kept.
PERIODS = {4: gettext_lazy("the last 4 weeks"), 13: gettext_lazy("the last 3 months"), 0: gettext_lazy("13 months")}
TEACHING = "wagtailsnippets_search_synonyms:add"
MOST_UNKNOWN = 200


def period(request: HttpRequest) -> tuple[int, dt.date, dt.date]:
    """Which of `PERIODS` was asked for, and its whole weeks."""
    typed = request.GET.get("weeks", "")
    weeks = int(typed) if typed.isdecimal() and len(typed) < 3 and int(typed) in PERIODS else next(iter(PERIODS))
    today = timezone.localdate()
    return weeks, *whole_weeks(today - dt.timedelta(weeks=weeks - 1) if weeks else kept_from(today), today)


class LookedFor(WagtailAdminTemplateMixin, TemplateView):
    """Top words, areas, what was not found, and words to teach the search."""

    template_name = "search/admin/looked_for.html"
    page_title = gettext_lazy("What people looked for")
    header_icon = "search"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]
    _show_breadcrumbs = True

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        user = self.request.user
        if not (user.has_perm(SEARCHES) or user.has_perm(UNKNOWN_WORDS)):
            raise PermissionDenied
        context = super().get_context_data(**given)
        if user.has_perm(SEARCHES):
            weeks, first, last = period(self.request)
            context["seen"] = overview(first, last, SearchRecord.objects.visible_to(user))
            context["periods"] = [(number, label, number == weeks) for number, label in PERIODS.items()]
            context["export_address"] = f"{reverse('looked_for:export')}?weeks={weeks}"
            context["first"], context["last"] = first, min(last, timezone.localdate())
        if user.has_perm(UNKNOWN_WORDS):
            context["unknown"] = unknown_words(may_teach=user.has_perm("search.add_synonyms"))
        return {**context, "fewest": FEWEST, "months": MONTHS_KEPT}


class Export(View):
    """The same as a table for a spreadsheet."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm(SEARCHES):
            raise PermissionDenied
        record_look(request, what="exported", whose=SearchRecord, why="counts")
        _weeks, first, last = period(request)
        name = _("what-people-looked-for-%(day)s.csv") % {"day": date_format(last, "Y-m-d")}
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
        # Spreadsheet programs take a file without this mark for an older alphabet.
        response.write("\ufeff")
        among = SearchRecord.objects.visible_to(request.user)
        write(response, first, last, among)  # type: ignore[arg-type]  # a response is written to like a file
        return response


def unknown_words(*, may_teach: bool) -> list[dict[str, Any]]:
    """Words in clear that are still unknown today, those seen on most days first, each with where to teach it."""
    try:
        knowledge = everything_known(engine().vocabulary())
    except IndexProblem:
        knowledge = everything_known(None)
    words = UnknownWord.objects.exclude(word="").order_by("-days", "word")[:MOST_UNKNOWN]
    return [
        {"word": one.word, "days": one.days, "last_on": one.last_on, "teach": teaching(one.word) if may_teach else ""}
        for one in words
        if not knowledge.knows(one.word)
    ]


def teaching(word: str) -> str:
    """The address at which the search is taught a word."""
    return f"{reverse(TEACHING)}?{urlencode({'terms': word})}"


class LookedForMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEARCHES) or request.user.has_perm(UNKNOWN_WORDS)


class LookedForViewSet(ViewSet):
    name = "looked_for"
    url_prefix = "looked-for"
    icon = "search"
    menu_label = gettext_lazy("What people looked for")
    menu_item_class = LookedForMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", LookedFor.as_view(), name="index"),
            path("searches.csv", Export.as_view(), name="export"),
        ]
