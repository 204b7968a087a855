"""What is asked on the coordinator's pages."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from accounts.rules import is_administrator
from accounts.seeing import of_own_council
from assets_map.models import Area
from referrals.home.handing_over import Plan
from referrals.home.mine import at_work
from referrals.home.words import staff_name
from referrals.models import Person

NOBODY = "nobody"


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class FindForm(forms.Form):
    """Posted, so that nobody's name stands in an address."""

    sought = forms.CharField(
        label=_("Find somebody"),
        help_text=_("Their case reference, what they like to be called, or the reference of a referral"),
        max_length=200,
        error_messages={
            "required": _("Type a case reference or a name."),
            "max_length": _("That is too long for a reference or a name."),
        },
    )


class StaffChoice(forms.ModelChoiceField):
    def label_from_instance(self, user: Any) -> str:
        return name_or_left(user)


def colleagues(user: Any) -> "QuerySet[User]":
    """Coordinators at work in the same council."""
    return at_work().filter(of_own_council(user)).order_by("first_name", "last_name", "email").distinct()


def with_people(user: Any) -> "QuerySet[User]":
    """Everybody in the council who has people, whether they are at work or have left."""
    having = Person.objects.filter(erased_at=None).exclude(coordinator=None).values("coordinator")
    users: QuerySet[User] = get_user_model().objects.all()
    return users.filter(of_own_council(user), pk__in=having).order_by("first_name", "last_name", "email")


class AwayForm(forms.Form):
    away = StaffChoice(label=_("Who is away?"), queryset=User.objects.none(), empty_label=_("Choose"))
    by = StaffChoice(
        label=_("Who stands in?"),
        help_text=_("They see and do what is yours for as long as you are away. It ends by itself."),
        queryset=User.objects.none(),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose who stands in.")},
    )
    from_date = forms.DateField(
        label=_("First day"), widget=Day(), error_messages={"required": _("Give the first day.")}
    )
    to_date = forms.DateField(label=_("Last day"), widget=Day(), error_messages={"required": _("Give the last day.")})

    def __init__(self, *args: Any, user: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for name in ("away", "by"):
            self.fields[name].queryset = colleagues(user)  # type: ignore[attr-defined]  # a choice of staff
        for name in ("from_date", "to_date"):
            self.fields[name].error_messages["invalid"] = gettext("Give a day, such as 24/11/2026.")
        self.fields["from_date"].initial = timezone.localdate
        if not is_administrator(user):
            del self.fields["away"]
            self.fields["by"].queryset = colleagues(user).exclude(pk=user.pk)  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """Whose people, which of them, and to whom."""

    giver = forms.ChoiceField(label=_("Whose people?"))
    patch = forms.ModelChoiceField(
        label=_("Which of them?"), queryset=Area.objects.none(), required=False, empty_label=_("All of them")
    )
    to = forms.ChoiceField(
        label=_("Who looks after them from now on?"), error_messages={"required": _("Choose a colleague or a team.")}
    )

    def __init__(self, *args: Any, user: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.user = user
        self.teams = {f"team:{team.pk}": team for team in Team.objects.filter(of_own_council(user))}
        self.people = {f"user:{one.pk}": one for one in colleagues(user)}
        self.givers = {str(one.pk): one for one in with_people(user)}
        patches = Person.objects.visible_to(user).exclude(patch=None).values("patch")
        self.fields["patch"].queryset = Area.objects.filter(pk__in=patches)  # type: ignore[attr-defined]
        self.fields["giver"].choices = self.giver_choices()  # type: ignore[attr-defined]
        self.fields["to"].choices = self.receiver_choices()  # type: ignore[attr-defined]
        if not is_administrator(user):
            del self.fields["giver"]

    def giver_choices(self) -> list[Any]:
        return [
            (NOBODY, _("Those whom nobody looks after")),
            *((key, name_or_left(one)) for key, one in self.givers.items()),
        ]

    def receiver_choices(self) -> list[Any]:
        others = [(key, staff_name(one)) for key, one in self.people.items()]
        teams = [(key, gettext("The team %(name)s") % {"name": team.name}) for key, team in self.teams.items()]
        return [("", _("Choose")), *others, *teams]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if "to" in given and self.plan().giver == self.plan().receiver and self.plan().receiver is not None:
            self.add_error("to", gettext("They look after them already. Choose somebody else."))
        return given

    def plan(self) -> Plan:
        """Once it is known that the answers are among the choices."""
        whose, to = self.cleaned_data.get("giver"), self.cleaned_data["to"]
        giver = self.user if "giver" not in self.fields else self.givers.get(whose or "")
        return Plan(
            by=self.user,
            giver=giver,
            receiver=self.people.get(to),
            team=self.teams.get(to),
            patch=self.cleaned_data.get("patch"),
        )


def name_or_left(user: User) -> str:
    return staff_name(user) if user.is_active else gettext("%(name)s (has left)") % {"name": staff_name(user)}
