"""A crisis in a conversation: who was told, and when. Nothing else is asked."""

import datetime as dt

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.words import day_in_words
from referrals.models import Conversation

LONGEST = 200


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
    at = forms.DateTimeField(
        label=gettext_lazy("When?"),
        help_text=gettext_lazy("Leave it empty for now."),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": gettext_lazy("Type a day and a time, such as 2026-11-30 14:05.")},
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "govuk-input--width-20"}),
    )

    def clean_at(self) -> dt.datetime:
        at: dt.datetime = self.cleaned_data["at"] or timezone.now()
        if at > timezone.now() + dt.timedelta(minutes=5):
            raise forms.ValidationError(_("That has not happened yet: type when they were told."))
        return at


@transaction.atomic
def note_crisis(conversation: Conversation, *, who: str, at: dt.datetime) -> Conversation:
    """Write down who was told; whoever was told before stays written."""
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if who not in locked.crisis_told.split("; "):
        locked.crisis_told = "; ".join(part for part in (locked.crisis_told, who) if part)
    locked.crisis_at = at
    locked.save(update_fields=["crisis_told", "crisis_at"])
    return locked


def told_at_in_words(conversation: Conversation) -> str:
    """“Monday 30 November at 14.05”."""
    if conversation.crisis_at is None:
        return ""
    at = timezone.localtime(conversation.crisis_at)
    return _("%(day)s at %(time)s") % {"day": day_in_words(at.date()), "time": f"{at.hour}.{at.minute:02}"}
