"""The pages that staff write: home, guidance, news, and what was done about what people said."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from website.blocks import BODY, DoorBlock

if TYPE_CHECKING:
    from django.http import HttpRequest


def has_map(body: Any) -> bool:
    """Whether a page needs the scripts of the map."""
    return any(block.block_type == "map" for block in body)


class HomePage(Page):
    """What would help, and where? And six doors for who would rather look around."""

    heading = models.CharField(_("heading"), max_length=120, default="Find people and groups near you who can help")
    lead = models.TextField(_("a sentence under it"), blank=True, max_length=300)
    doors = StreamField(
        [("door", DoorBlock())],
        verbose_name=_("doors by kind"),
        blank=True,
        max_num=6,
        help_text=_("Leave empty for the usual six."),
    )
    body = StreamField(BODY, verbose_name=_("more on this page"), blank=True)

    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "website/home_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("lead"),
        FieldPanel("doors"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        from website.home import home_context

        context = super().get_context(request, *args, **kwargs)
        return {**context, **home_context(self), "has_map": has_map(self.body)}


class GuidanceIndexPage(Page):
    """The list of guidance."""

    lead = models.TextField(_("a sentence under the title"), blank=True, max_length=300)

    parent_page_types = ["website.HomePage"]
    subpage_types = ["website.GuidancePage"]
    template = "website/guidance_index_page.html"
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("list of guidance")

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        pages = GuidancePage.objects.child_of(self).live().public().order_by("path")
        return {**super().get_context(request, *args, **kwargs), "pages": list(pages)}


class GuidancePage(Page):
    """Plain words on one question. Somebody looks after it, and by a date somebody reads it again."""

    summary = models.CharField(_("one sentence"), max_length=200)
    owner_words = models.CharField(
        _("looked after by"), max_length=120, help_text=_("A team or a role, not a person's name.")
    )
    review_on = models.DateField(_("read again by"), null=True, blank=True)
    body = StreamField(BODY, verbose_name=_("the page"))

    parent_page_types = ["website.GuidanceIndexPage"]
    subpage_types: list[str] = []
    template = "website/guidance_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("owner_words"),
        FieldPanel("review_on"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("guidance page")

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        answered = request.GET.get("thanks", "")
        return {
            **super().get_context(request, *args, **kwargs),
            "answered": answered if answered in {"yes", "no"} else "",
            "has_map": has_map(self.body),
            "overdue": self.review_on is not None and self.review_on < dt.date.today(),
        }


class UsefulCount(models.Model):
    """How many people in a month said that a page was useful, or not. Nothing about who they are."""

    page = models.ForeignKey(GuidancePage, on_delete=models.CASCADE, related_name="useful_counts")
    month = models.DateField(_("month"), help_text=_("Its first day."))
    yes = models.PositiveIntegerField(_("useful"), default=0)
    no = models.PositiveIntegerField(_("not useful"), default=0)

    class Meta:
        ordering = ["-month"]
        constraints = [models.UniqueConstraint(fields=["page", "month"], name="useful_is_counted_by_month")]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}: {self.yes} yes, {self.no} no"


class NewsIndexPage(Page):
    """The list of news, newest first."""

    parent_page_types = ["website.HomePage"]
    subpage_types = ["website.NewsPage"]
    template = "website/news_index_page.html"

    class Meta:
        verbose_name = _("list of news")

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        items = NewsPage.objects.child_of(self).live().public().order_by("-on", "-pk")[:50]
        return {**super().get_context(request, *args, **kwargs), "items": list(items)}


class NewsPage(Page):
    on = models.DateField(_("date"), default=dt.date.today)
    summary = models.CharField(_("one sentence"), max_length=200)
    body = StreamField(BODY, verbose_name=_("the news"))

    parent_page_types = ["website.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "website/news_page.html"
    content_panels = [*Page.content_panels, FieldPanel("on"), FieldPanel("summary"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        verbose_name = _("news")

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "has_map": has_map(self.body)}


class YouSaidPage(Page):
    """What people said, and what was done about it."""

    lead = models.TextField(_("a sentence under the title"), blank=True, max_length=300)

    parent_page_types = ["website.HomePage"]
    subpage_types: list[str] = []
    template = "website/you_said_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        InlinePanel("rows", heading=_("You said, we did"), label=_("row")),
    ]

    class Meta:
        verbose_name = _("you said, we did")

    def get_context(self, request: "HttpRequest", *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "rows": list(self.rows.all())}


class YouSaidRow(Orderable):
    page = ParentalKey(YouSaidPage, on_delete=models.CASCADE, related_name="rows")
    said = models.TextField(_("you said"), max_length=400)
    did = models.TextField(_("we did"), max_length=600, help_text=_("If it could not be done, say why."))
    on = models.DateField(_("when"), null=True, blank=True)

    class Meta(Orderable.Meta):
        pass

    def __str__(self) -> str:
        return self.said[:60]
