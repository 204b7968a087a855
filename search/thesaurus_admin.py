"""The thesaurus in the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from search.models import Synonyms
from search.models.thesaurus import LONGEST_TERM

SYNONYMS_EDITOR = ObjectList(
    [
        MultiFieldPanel([FieldPanel("terms"), FieldPanel("way"), FieldPanel("means")], heading=_("The words")),
        FieldRowPanel([FieldPanel("note"), FieldPanel("active")]),
    ]
)


class AddSynonyms(CreateView):
    """The form for a new group; `?terms=quokka` puts a word in, for whoever comes from the list of unknown words."""

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "terms": self.request.GET.get("terms", "")[:LONGEST_TERM]}


class SynonymsViewSet(SnippetViewSet):
    model = Synonyms
    add_view_class = AddSynonyms
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
