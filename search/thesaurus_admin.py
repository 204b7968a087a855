"""The thesaurus in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from search.models import Synonyms

SYNONYMS_EDITOR = ObjectList(
    [
        MultiFieldPanel([FieldPanel("terms"), FieldPanel("way"), FieldPanel("means")], heading=_("The words")),
        FieldRowPanel([FieldPanel("note"), FieldPanel("active")]),
    ]
)


class SynonymsViewSet(SnippetViewSet):
    model = Synonyms
    icon = "openquote"
    menu_label = _("Words that mean the same")
    list_display = [
        "in_short",
        Column("get_way_display", label=_("Which way")),
        BooleanColumn("active", label=_("In use")),
        DateColumn("updated_at", label=_("Last changed")),
    ]
    list_filter = ["way", "active"]
    search_fields = ["terms", "means", "note"]
    list_per_page = 50
    # A copy would take the place of the group that came with Hereabouts.
    copy_view_enabled = False
    edit_handler = SYNONYMS_EDITOR
