"""A crisis in a conversation: who was told, and when. Nothing else is asked."""

import datetime as dt
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.words import day_in_words, time_in_words
from referrals.models import Conversation

LONGEST = 200


EARLIEST = 2000


class Moment(forms.DateTimeField):
    """A day and a time, as clocks here show it."""

    def to_python(self, value: Any) -> dt.datetime | None:
        try:
            found: dt.datetime | None = super().to_python(value)
        except forms.ValidationError as problem:
            if problem.code != "ambiguous_timezone":
                raise
            sentence = _("The clocks changed in that hour: type a time just before or after it.")
            raise forms.ValidationError(sentence) from None
        return found


class CrisisForm(forms.Form):
    told = forms.CharField(
        label=gettext_lazy("Who was told?"),
        max_length=LONGEST,
        error_messages={
            "required": gettext_lazy("Say who was told."),
            "max_length": gettext_lazy("That is too long: %(limit_value)d characters at most."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    at = Moment(
        label=gettext_lazy("When?"),
        help_text=gettext_lazy("Leave it empty for now."),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": gettext_lazy("Type a day and a time, such as 2026-11-30 14:05.")},
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "govuk-input--width-20"}),
    )

    def clean_at(self) -> dt.datetime:
        at: dt.datetime = self.cleaned_data["at"] or timezone.now()
        if at.year < EARLIEST:
            raise forms.ValidationError(_("Look at the year again."))
        if at > timezone.now() + dt.timedelta(minutes=5):
            raise forms.ValidationError(_("That has not happened yet: type when they were told."))
        return at


@transaction.atomic
def note_crisis(conversation: Conversation, *, who: str, at: dt.datetime) -> Conversation:
    """Write down who was told, and when, in a line; whoever was told before, and when, stays written."""
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    line = told_in_words(who, at)
    if line not in locked.crisis_told.splitlines():
        locked.crisis_told = f"{locked.crisis_told}\n{line}".strip()
    locked.crisis_at = at
    locked.save(update_fields=["crisis_told", "crisis_at"])
    return locked


def told_in_words(who: str, at: dt.datetime) -> str:
    """“Ade, duty manager was told on Monday 30 November 2026 at 2.05pm.”"""
    at = timezone.localtime(at)
    told = {"who": who, "day": f"{day_in_words(at.date())} {at.year}", "time": time_in_words(at.time())}
    return _("%(who)s was told on %(day)s at %(time)s.") % told
