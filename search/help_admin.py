"""The admin's screens for the help strip, danger rules and council business."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from search.models import CouncilBusiness, DangerRule, HelpLine


class HelpLineViewSet(SnippetViewSet):
    model = HelpLine
    icon = "warning"
    menu_label = _("Help lines")
    list_display = ["name", "for_words", "phone", "text_number", "position", "active"]
    list_filter = ["active"]
    ordering = ["position", "name"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("for_words"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("phone"), FieldPanel("text_number")]), FieldPanel("website")],
                heading=_("How to reach it"),
            ),
            FieldPanel("sentence"),
            FieldRowPanel([FieldPanel("position"), FieldPanel("active")]),
        ]
    )


class DangerRuleViewSet(SnippetViewSet):
    model = DangerRule
    icon = "warning"
    menu_label = _("Danger rules")
    list_display = ["name", "times_this_month", "position", "active"]
    list_filter = ["active"]
    ordering = ["position", "name"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("phrases"),
            FieldPanel("unless"),
            FieldPanel("help_lines"),
            InlinePanel(
                "pins",
                panels=[FieldPanel("asset")],
                heading=_("Listings shown above the results"),
                help_text=_("Only to people whom they serve, and only while they are published."),
                label=_("listing"),
            ),
            FieldRowPanel([FieldPanel("position"), FieldPanel("active")]),
        ]
    )


class CouncilBusinessViewSet(SnippetViewSet):
    model = CouncilBusiness
    icon = "link"
    menu_label = _("Council business")
    list_display = ["label", "website", "position", "active"]
    list_filter = ["active"]
    ordering = ["position", "label"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldPanel("label"),
            FieldPanel("website"),
            FieldPanel("note"),
            FieldPanel("phrases"),
            FieldRowPanel([FieldPanel("position"), FieldPanel("active")]),
        ]
    )
