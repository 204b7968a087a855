"""What staff keep and read about finding, in the admin's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from search.help_admin import CouncilBusinessViewSet, DangerRuleViewSet, HelpLineViewSet
from search.looked_for import LookedForViewSet
from search.thesaurus_admin import SynonymsViewSet


class FindingGroup(SnippetViewSetGroup):
    menu_label = _("Finding")
    menu_icon = "search"
    menu_order = 200
    items = (SynonymsViewSet, LookedForViewSet, HelpLineViewSet, DangerRuleViewSet, CouncilBusinessViewSet)


register_snippet(FindingGroup)
