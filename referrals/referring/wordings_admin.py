"""What is read out before somebody says yes, in the admin: a change is another version, and none is altered."""

from functools import cached_property
from typing import Any

from django.db.models import Max, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from referrals.models import ConsentWording
from referrals.models.consents import Purpose


class AddOnly(ModelPermissionPolicy):
    """What somebody agreed to stays as it was read out to them, whoever they are that would change it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"add", "view"} and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, _instance: Any) -> bool:
        return self.user_has_permission(user, action)


class WordingForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("from_date") and cleaned["from_date"] < timezone.localdate():
            self.add_error("from_date", gettext("What was read out on a day that has passed stays as it is."))
        if cleaned.get("purpose") == Purpose.SHARE and "{provider}" not in cleaned.get("words", ""):
            self.add_error("words", gettext("Write {provider} where the name of who is told belongs."))
        earlier = ConsentWording.objects.filter(purpose=cleaned.get("purpose"))
        self.instance.version = (earlier.aggregate(newest=Max("version"))["newest"] or 0) + 1
        return cleaned


class ConsentWordingViewSet(SnippetViewSet):
    model = ConsentWording
    icon = "clipboard-list"
    menu_label = _("What is read out")
    menu_order = 210
    add_to_admin_menu = True
    list_display = [Column("get_purpose_display", label=_("What for")), "version", DateColumn("from_date"), "words"]
    list_filter = ["purpose"]
    inspect_view_enabled = True
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("purpose"),
            FieldPanel("words", help_text=_("{provider} stands for whoever is told. Read it aloud once.")),
            FieldPanel("from_date"),
        ],
        base_form_class=WordingForm,
    )

    @cached_property
    def permission_policy(self) -> ModelPermissionPolicy:
        return AddOnly(self.model)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the first wording of each purpose, before it was ever read out."""
        for purpose in Purpose.values:
            ConsentWording.objects.read_out(purpose)
        return ConsentWording.objects.all()
