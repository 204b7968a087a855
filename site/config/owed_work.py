"""Owed work in the admin, for administrators: what waits, what is parked and why, and what to do about it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import ModelLogEntry

from accounts.doors import only
from accounts.roles import Role
from config.running import ForWhoeverRunsIt
from outbox.counts import count, count_everything
from outbox.mending import GIVEN_UP, RETRIED, give_up, retry
from outbox.models import OwedWork, Worker, kinds_of_work

ON_A_PAGE = 50
TITLE = gettext_lazy("Owed work")

administrators = method_decorator(only(Role.ADMINISTRATOR), name="dispatch")  # type: ignore[arg-type]  # any view


def kind_called(label: str) -> type[OwedWork]:
    """The kind of work with a label such as "search.staleasset"; there is no page for any other."""
    for kind in kinds_of_work():
        if kind._meta.label_lower == label:
            return kind
    raise Http404


@administrators
class Everything(WagtailAdminTemplateMixin, TemplateView):
    """Each kind of work in numbers, those first that need somebody."""

    template_name = "config/admin/owed_work.html"
    page_title = TITLE
    header_icon = "tasks"
    _show_breadcrumbs = True
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": TITLE}]

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        owed = sorted(count_everything(), key=lambda one: (-one.parked, -one.again, -one.waiting, one.name))
        workers = Worker.objects.alive(timezone.now()).order_by("host", "pid")
        return {**super().get_context_data(**given), "owed": owed, "workers": workers}


class OfOneKind(WagtailAdminTemplateMixin):
    """Pages under that of a kind."""

    header_icon = "tasks"
    _show_breadcrumbs = True
    kwargs: dict[str, Any]

    @property
    def kind(self) -> type[OwedWork]:
        return kind_called(self.kwargs["label"])

    @property
    def name(self) -> str:
        return str(self.kind._meta.verbose_name_plural).capitalize()

    def get_page_title(self) -> str:
        return self.name

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        home = WagtailAdminTemplateMixin.breadcrumbs_items
        return [*home, {"url": reverse("owed_work:index"), "label": str(TITLE)}, {"url": "", "label": self.name}]


@administrators
class Kind(OfOneKind, TemplateView):
    """What is parked of one kind, what is tried again, and what is being delivered."""

    template_name = "config/admin/owed_kind.html"

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        now, rows = timezone.now(), self.kind.objects
        again = rows.unparked().filter(attempts__gt=0, due_at__gt=now).order_by("due_at", "pk")
        return {
            **super().get_context_data(**given),
            "owed": count(self.kind),
            "parked": Paginator(rows.parked(), ON_A_PAGE).get_page(self.request.GET.get("p")),
            "again": again[:ON_A_PAGE],
            "held": rows.held(now).order_by("pk")[:ON_A_PAGE],
            "done": done_about(self.kind)[:ON_A_PAGE],
            "most": ON_A_PAGE,
        }


def done_about(kind: type[OwedWork]) -> QuerySet[ModelLogEntry]:
    """What administrators did about this kind of work, the latest first."""
    of_kind = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(kind), action__in=(RETRIED, GIVEN_UP)
    )
    return of_kind.select_related("user").order_by("-timestamp", "-pk")


@administrators
class Retry(View):
    """Have everything parked of a kind, or one row of it, tried again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, label: str, pk: int | None = None) -> HttpResponse:
        done = retry(kind_called(label), only=pk, by=request.user)  # type: ignore[arg-type]  # the door lets nobody else in
        words = ngettext("%(n)s is tried again now.", "%(n)s are tried again now.", done) % {"n": f"{done:,}"}
        messages.success(request, words if done else _("Nothing was parked any more."))
        return redirect("owed_work:kind", label)


class GiveUpForm(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Why is it given up?"),
        help_text=gettext_lazy("This stays in the site's history. Name nobody whom the work was about."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why it is given up.")},
    )


@administrators
class GiveUp(OfOneKind, TemplateView):
    """Ask for a reason, and take a parked row away."""

    template_name = "config/admin/give_up.html"

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        row = get_object_or_404(self.kind.objects.parked(), pk=self.kwargs["pk"])
        return {"form": GiveUpForm(), **super().get_context_data(**given), "row": row, "label": self.kwargs["label"]}

    def post(self, request: HttpRequest, label: str, pk: int) -> HttpResponse:
        form = GiveUpForm(request.POST)
        context = self.get_context_data(form=form)
        if not form.is_valid():
            return self.render_to_response(context)
        give_up(context["row"], because=form.cleaned_data["because"], by=request.user)  # type: ignore[arg-type]  # as above
        messages.success(request, _("It was given up, and will not be delivered."))
        return redirect("owed_work:kind", label)


class OwedWorkViewSet(ViewSet):
    name = "owed_work"
    url_prefix = "owed-work"
    icon = "tasks"
    menu_label = TITLE
    menu_item_class = ForWhoeverRunsIt

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", Everything.as_view(), name="index"),
            path("<str:label>/", Kind.as_view(), name="kind"),
            path("<str:label>/retry/", Retry.as_view(), name="retry_all"),
            path("<str:label>/<int:pk>/retry/", Retry.as_view(), name="retry"),
            path("<str:label>/<int:pk>/give-up/", GiveUp.as_view(), name="give_up"),
        ]
