"""The admin's screens for councils and teams."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSetGroup

from accounts.council_pages import open_council
from accounts.models import Council, Team
from accounts.seeing import sees_everything
from accounts.users_admin import areas_to_look_after
from accounts.visible import VisibleViewSet


class TeamForm(WagtailAdminModelForm):
    """A team is of the council of whoever makes it; only whoever runs the installation chooses another."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        free = sees_everything(self.for_user)
        self.fields["patches"].queryset = areas_to_look_after(None if free else self.for_user.council)
        if not free:
            del self.fields["council"]
            self.instance.council = self.for_user.council


class TeamViewSet(VisibleViewSet):
    model = Team
    icon = "group"
    menu_label = _("Teams")
    list_display = ["name", "council"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("council"), FieldPanel("patches", widget=forms.SelectMultiple)],
        base_form_class=TeamForm,
    )


class OpensCouncil:
    def save_instance(self) -> Council:
        council = super().save_instance()  # type: ignore[misc]  # of the view
        open_council(council)
        return council


class AddCouncil(OpensCouncil, CreateView):
    pass


class EditCouncil(OpensCouncil, EditView):
    pass


class CouncilViewSet(VisibleViewSet):
    model = Council
    icon = "home"
    menu_label = _("Councils")
    list_display = ["name", "site", "codes"]
    add_view_class = AddCouncil
    edit_view_class = EditCouncil
    copy_view_enabled = False
    edit_handler = ObjectList([FieldPanel("name"), FieldPanel("site"), FieldPanel("codes")])


class PeopleGroup(SnippetViewSetGroup):
    menu_label = _("People")
    menu_icon = "group"
    menu_order = 300
    items = (TeamViewSet, CouncilViewSet)
