"""Forms of the doors that need no account."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

DIGITS = 6


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Six numbers, by text or by phone."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "govuk-input--width-10"}
        ),
        error_messages={
            "required": gettext_lazy("Type the code."),
            "max_length": gettext_lazy("A code is six numbers."),
        },
    )

    def clean_code(self) -> str:
        """However it was spaced."""
        code = re.sub(r"[\s.-]", "", self.cleaned_data["code"])
        if not (code.isascii() and code.isdecimal() and len(code) == DIGITS):
            raise forms.ValidationError(_("A code is six numbers."))
        return code


class ReferenceForm(CodeForm):
    """For whoever has no link at hand."""

    field_order = ["reference", "code"]
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        help_text=gettext_lazy("Eight letters and numbers, for example abcd-efgh. It is in our message."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "govuk-input--width-10"}),
        error_messages={
            "required": gettext_lazy("Type the reference."),
            "max_length": gettext_lazy("A reference is eight letters and numbers."),
        },
    )
