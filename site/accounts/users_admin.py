"""The admin's screens for accounts: an administrator sees the people of the own council, and gives roles to them."""

from typing import Any

from django import forms
from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, EditView, IndexView, UserViewSet

from accounts.access_events import record_look
from accounts.models import Council, Team, User
from accounts.roles import Role, group_name
from accounts.seeing import sees_everything

BELONGING = {"council", "teams", "patches"}


def areas_to_look_after(council: Council | None) -> QuerySet:
    """Patches and drawn areas, and the wards and neighbourhoods of a council, or of all where there is none."""
    areas = apps.get_model("assets_map.Area").objects.exclude(kind="council")
    if council is None:
        return areas
    return areas.filter(Q(kind__in=["patch", "drawn"]) | Q(parent_code__in=council.area_codes))


class Belongs:
    """What an administrator may give: the roles, and the own council's teams and areas; never all power."""

    fields: dict[str, Any]
    instance: User

    def __init__(self, *args: Any, by: User, **given: Any) -> None:
        super().__init__(*args, **given)
        self.by = by
        roles = Q(name__in=[group_name(role) for role in Role])
        self.fields["groups"].label = _("Roles")
        self.fields["teams"].queryset = Team.objects.visible_to(by)
        self.fields["patches"].queryset = areas_to_look_after(None if sees_everything(by) else by.council)
        if not sees_everything(by):
            self.fields["groups"].queryset = Group.objects.filter(roles)
            self.fields.pop("is_superuser", None)
            del self.fields["council"]

    def _post_clean(self) -> None:
        if not sees_everything(self.by):
            self.instance.council = self.by.council
        super()._post_clean()  # type: ignore[misc]  # of the form


class OurCreationForm(Belongs, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | BELONGING
        widgets = {**UserCreationForm.Meta.widgets, "teams": forms.CheckboxSelectMultiple}

    def _post_clean(self) -> None:
        # They choose a password of their own, by a link that they ask for.
        self.instance.set_unusable_password()
        super()._post_clean()


class OurEditForm(Belongs, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | BELONGING
        widgets = {**UserEditForm.Meta.widgets, "teams": forms.CheckboxSelectMultiple}


class AsSomebody:
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}  # type: ignore[misc, attr-defined]  # of the view


class OurIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().visible_to(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        record_look(request, what="listed", whose=User, why="administrator")
        return super().get(request, *args, **named)


class OurCreateView(AsSomebody, CreateView):
    pass


class OurEditView(AsSomebody, EditView):
    def get(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        record_look(request, what="opened", whose=self.object, why="administrator")
        return super().get(request, *args, **named)


class OurUserViewSet(UserViewSet):
    index_view_class = OurIndexView
    add_view_class = OurCreateView
    edit_view_class = OurEditView
    # A copy would have the password too.
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return OurEditForm if for_update else OurCreationForm
