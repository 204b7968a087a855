from django import forms
from django.utils.translation import gettext_lazy as _

from referrals.keeping.erasing import Because
from referrals.keeping.purposes import Purpose


class PurposeForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("Why are you opening this record?"),
        help_text=_("Your answer is kept with the look, and the person can ask to see it."),
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why you are opening it."), "invalid_choice": _("Choose one of these.")},
    )


class EraseForm(forms.Form):
    because = forms.ChoiceField(
        label=_("Why is it erased?"),
        choices=Because.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it is erased."), "invalid_choice": _("Choose one of these.")},
    )
    sure = forms.BooleanField(
        label=_("I know that this cannot be undone"),
        error_messages={"required": _("Tick that you know that this cannot be undone.")},
    )
