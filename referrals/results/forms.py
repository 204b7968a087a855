"""The questions as forms: of a person, and of a coordinator who reads them out."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from referrals.models import Result, Statement
from referrals.results.questions import (
    ANSWERS,
    ANYTHING,
    FIRST_STATEMENTS,
    MORE_STATEMENTS,
    SHALL_WE_RING,
    STATEMENTS,
    WHAT_CAME,
    Ring,
    Scale,
)
from referrals.results.recording import Answers

LONGEST_WORDS = 4_000
# Of a text: control characters but for the ends of lines, and what turns the direction of writing.
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
TOO_LONG = _("That is longer than %(limit_value)s letters. Make it shorter, or ask us to ring you.")


class Words(forms.CharField):
    """What somebody wrote, without what cannot be seen."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        longest = given.pop("max_length", LONGEST_WORDS)
        super().__init__(**given)
        self.validators.append(MaxLengthValidator(longest, TOO_LONG))

    def clean(self, value: Any) -> Any:
        # Django refuses a text for one character that nobody can see; here it is left out.
        return super().clean(UNSEEN.sub("", str(value or "").replace("\r\n", "\n")))


class ResultForm(forms.Form):
    """Three questions, statements that may be left out, and whether to stop."""

    answer = forms.ChoiceField(
        label=WHAT_CAME,
        choices=tuple(ANSWERS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what came of it."),
            "invalid_choice": _("Choose what came of it from the list."),
        },
    )
    words = Words(label=ANYTHING, required=False)
    ring = forms.ChoiceField(
        label=SHALL_WE_RING,
        choices=Ring.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose whether somebody should ring you.")},
    )
    number = forms.CharField(
        label=_("On which number?"),
        help_text=_("Only if it is not the one that we have."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    never_again = forms.BooleanField(label=_("Please do not ask me how it went again"), required=False)

    def __init__(self, sent: Any = None, *, result: Result | None = None) -> None:
        # The words are not shown again: whoever else holds the link or the slip shall not read them.
        standing = {"answer": result.answer, **result.statements} if result else {}
        super().__init__(sent, initial=standing)
        for one in STATEMENTS:
            self.fields[one.value] = forms.ChoiceField(
                label=f"{one.label}.",
                choices=Scale.choices,
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": _("Choose yes, partly or no, or leave it out.")},
            )
        self.order_fields(["answer", *(one.value for one in STATEMENTS)])
        if result and result.words:
            self.fields["words"].help_text = gettext("What you wrote before is kept. Write here only to change it.")

    def clean_number(self) -> str:
        number: str = UNSEEN.sub("", self.cleaned_data["number"])
        if number and sum(one.isdigit() for one in number) < 6:
            raise forms.ValidationError(gettext("“%(typed)s” has too few digits for a number.") % {"typed": number})
        return number

    @property
    def first_statements(self) -> list[Any]:
        return [self[one.value] for one in FIRST_STATEMENTS]

    @property
    def more_statements(self) -> list[Any]:
        return [self[one.value] for one in MORE_STATEMENTS]

    @property
    def shows_more(self) -> bool:
        """Whether something stands in those that are folded away."""
        return any(one.value() or one.errors for one in self.more_statements)

    @property
    def answers(self) -> Answers:
        given = self.cleaned_data
        return Answers(
            answer=given["answer"],
            statements={one.value: given[one.value] for one in Statement if given.get(one.value)},
            words=given["words"],
            ring=given["ring"],
            number=given["number"],
            never_again=given["never_again"],
        )


class CodeForm(forms.Form):
    # Not named “code”: what was typed with it could not be sent again after a long wait.
    slip = forms.CharField(
        label=_("The code on your slip"),
        help_text=_("It looks like this: K7M-4PX-9RT. Capitals and dashes do not matter."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class DoneForm(forms.Form):
    """A ring-back that was kept."""

    words = Words(
        label=_("What was said, and what happens next?"),
        help_text=_("In a sentence or two. Whoever sees this person can read it."),
        error_messages={"required": _("Write what was said, in a few words.")},
    )


class AgainForm(forms.Form):
    """A ring-back that is promised for another day."""

    day = forms.DateField(
        label=_("Which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day."), "invalid": _("Write the day like this: 3/12/2026.")},
    )
    why = Words(
        label=_("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why it is another day.")},
    )

    @property
    def on(self) -> dt.date:
        found: dt.date = self.cleaned_data["day"]
        return found
