"""Forms that ask for what a listing asks for, how to reach somebody, what would help them feel welcome, and consent."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.choices import AsksFor
from directory.models import Asset
from referrals.models import Consent
from referrals.referring.needs import Age, Company, Way, contact_in_words
from referrals.referring.own_code import new_code, read_code

MOST = 1_000
LINE = 200
TOO_LONG = _("That is longer than %(limit_value)s letters. Say it more briefly.")
# What is asked of somebody about themselves, and of somebody who speaks for them.
Labels = dict[str, str | Promise]
ABOUT_YOU: Labels = {
    "called": _("What would you like to be called?"),
    "phone": _("Your phone number"),
    "email": _("Your e-mail address"),
    "contact": _("How should they get in touch?"),
    "through": _("If through somebody else: who, and how to reach them"),
    "when": _("When is a good time?"),
    "address": _("Your address"),
    "area": _("Which part of the area do you live in?"),
    "age": _("How old are you?"),
    "access": _("What helps you get in and about?"),
    "enjoys": _("What do you enjoy?"),
    "others": _("Who else is involved?"),
    "welcome": _("What would help you feel welcome?"),
    "company": _("Would you like somebody to come with you the first time?"),
}
ABOUT_THEM: Labels = {
    "called": _("What do they like to be called?"),
    "phone": _("Their phone number"),
    "email": _("Their e-mail address"),
    "contact": _("How should they be reached?"),
    "through": _("If through somebody else: who, and how to reach them"),
    "when": _("When is a good time?"),
    "address": _("Their address"),
    "area": _("Which part of the area do they live in?"),
    "age": _("How old are they?"),
    "access": _("What helps them get in and about?"),
    "enjoys": _("What do they enjoy?"),
    "others": _("Who else is involved?"),
    "welcome": _("What would help them feel welcome?"),
    "company": _("Would they like somebody to come with them the first time?"),
}
HINTS: Labels = {
    "when": _("For example: mornings, but not Tuesdays."),
    "access": _("For example: step-free, a quiet room, large print, a hearing loop."),
    "others": _("For example: a daughter who drives, a carer who comes along."),
    "welcome": _("For example: somebody at the door, a phone call the day before, sitting near the way out."),
    "area": _("A town or a neighbourhood is enough."),
}
REACH = ("phone", "email", "through", "when")
ONE_IS_ENOUGH = _("A phone number or an e-mail address: one is enough.")
WRITE_NONE = _("%(question)s Write it, or “none”.")
NEEDED = _("%(question)s They cannot do without it. If there is none, ring them instead.")

How = Consent.How
HOWS = [("", _("Choose")), *(one for one in How.choices if one[0] != How.ONLINE)]
HOW_MISSING = _("Choose how they said so.")
# These are somebody else's word for the person's: it is said whose.
NAMED = frozenset({How.ADVOCATE, How.BEST_INTERESTS})
NOTE_HINT = _("For an advocate: who. For a best-interests decision: who decided, and when.")
READ_ANOTHER = _(
    "Since you opened this page, the words or who is told have changed. Read what stands here now, and ask again."
)
NOTE_MISSING = _("Say which advocate, or which decision: who decided, and when.")


def line(*, error_messages: dict[str, Any] | None = None, **given: Any) -> forms.CharField:
    said = {"max_length": TOO_LONG, **(error_messages or {})}
    return forms.CharField(max_length=LINE, error_messages=said, **given)


def words() -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(max_length=MOST, required=False, widget=widget, error_messages={"max_length": TOO_LONG})


def choose(choices: Any, **given: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **given)


class ReadOutForm(forms.Form):
    """A yes to what was read out. When something else would be read out by now, or somebody else is told, it is asked
    for again."""

    # By what mark the page was made; the page itself says the newest.
    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
    yes_field = "agree"

    def __init__(self, *args: Any, mark: str, **given: Any) -> None:
        super().__init__(*args, **given)
        self.mark = mark

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("read", "") not in {"", self.mark}:
            self.add_error(self.yes_field, READ_ANOTHER)
        return cleaned


class DetailsForm(ReadOutForm):
    """What the provider of one listing is told; `details` is what goes into `Referral.needs`."""

    called = line()
    phone = line(
        required=False, widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"})
    )
    email = forms.EmailField(
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": _("This is not an e-mail address. It looks like name@example.org.")},
    )
    contact = choose(Way.choices, error_messages={"required": _("Choose how to get in touch.")})
    through = line(required=False)
    when = line(required=False)
    address = words()
    area = line(required=False)
    age = forms.ChoiceField(choices=[("", _("Choose")), *Age.choices], required=False)
    access = words()
    enjoys = words()
    others = words()
    welcome = words()
    company = choose(Company.choices, required=False)
    # What this form becomes is known by it: sent twice, it is still one referral.
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)

    labels = ABOUT_THEM
    not_called: str | Promise = _("Write what they like to be called.")
    # Which of the listing's own questions there are; the rest is asked by every form.
    questions = frozenset({AsksFor.ADDRESS, AsksFor.AREA, AsksFor.AGE, AsksFor.ACCESS, AsksFor.ENJOYS, AsksFor.OTHERS})

    def __init__(self, *args: Any, asset: Asset, **given: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **given})
        self.asset = asset
        self.fields["called"].error_messages["required"] = str(self.not_called)
        asked = set(asset.asks_for)
        for code in self.questions - asked:
            del self.fields[code.value]
        for code in asked & {*self.questions, AsksFor.PHONE, AsksFor.EMAIL}:
            self.fields[code].required = True
        for name, label in self.labels.items():
            if name in self.fields:
                self.fields[name].label = str(label)
            if name in asked:
                sentence = NEEDED if name in REACH else WRITE_NONE
                self.fields[name].error_messages["required"] = sentence % {"question": label}
                self.fields[name].help_text = str(HINTS.get(name, ""))
        if not asked & {AsksFor.PHONE, AsksFor.EMAIL}:
            self.fields["phone"].help_text = ONE_IS_ENOUGH

    def clean_once(self) -> str:
        return read_code(self.cleaned_data["once"]) or new_code()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        way = cleaned.get("contact")
        if way in {Way.PHONE, Way.TEXT} and not cleaned.get("phone"):
            self._missing("phone", _("Write the phone number, or choose another way to get in touch."))
        if way == Way.EMAIL and not cleaned.get("email"):
            self._missing("email", _("Write the e-mail address, or choose another way to get in touch."))
        if way == Way.THROUGH and not cleaned.get("through"):
            self._missing("through", _("Say through whom, and how to reach them."))
        return cleaned

    def _missing(self, name: str, sentence: Any) -> None:
        if name not in self.errors:
            self.add_error(name, sentence)

    @property
    def refused(self) -> bool:
        """Whether the answer was no, whatever else is still missing."""
        return self.data.get("agree") in {"no", "cannot"}

    @property
    def reach(self) -> dict[str, str]:
        """How somebody is reached: what goes into `Person.contact`."""
        found = {name: self.cleaned_data[name] for name in REACH if self.cleaned_data.get(name)}
        return {**found, "how": self.cleaned_data["contact"]}

    @property
    def details(self) -> dict[str, str]:
        """What the provider is told: nothing for what was not answered."""
        told = [name for name in self.labels if name not in REACH or name == "when"]
        found = {name: self.cleaned_data[name] for name in told if self.cleaned_data.get(name)}
        return {**found, "contact": contact_in_words(self.cleaned_data)}


class ReferForm(DetailsForm):
    """A coordinator's: the person is there, and has been asked."""

    agree = choose(
        [("yes", _("Yes, they agree")), ("no", _("No, or not yet"))],
        label=_("Do they agree?"),
        error_messages={"required": _("Choose whether they agree.")},
    )
    how = forms.ChoiceField(choices=HOWS, label=_("How did they say so?"), required=False)
    note = line(
        label=_("Which advocate, or which decision"),
        help_text=NOTE_HINT,
        required=False,
    )
    may_ask = forms.BooleanField(label=_("Yes, we may ask them how it went"), required=False)
    may_tell = forms.BooleanField(label=_("Yes, we may tell their story, without their name"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("agree") != "yes":
            return cleaned
        if not cleaned.get("how"):
            self._missing("how", HOW_MISSING)
        if cleaned.get("how") in NAMED and not cleaned.get("note"):
            self._missing("note", NOTE_MISSING)
        return cleaned


class AskForm(DetailsForm):
    """A resident's, for themselves."""

    labels = ABOUT_YOU
    not_called = _("Write what you would like to be called.")
    may_ask = forms.BooleanField(label=_("Yes, you may ask me how it went"), required=False)
    agree = forms.BooleanField(
        label=_("Yes, I agree"),
        error_messages={"required": _("Tick the box when you agree. Without it we send nothing.")},
    )


class AskForSomebodyForm(DetailsForm):
    """A resident's, for somebody they care for."""

    carer = line(
        label=_("Your own name, and who you are to them"),
        help_text=_("For example: Pat, her neighbour."),
        error_messages={"required": _("Write your name, and who you are to them.")},
    )
    may_ask = forms.BooleanField(label=_("Yes, you may ask how it went"), required=False)
    agree = choose(
        [
            ("yes", _("Yes, they have told me so")),
            ("cannot", _("They cannot decide this for themselves")),
            ("no", _("No, or I have not asked")),
        ],
        label=_("Have they said yes?"),
        error_messages={"required": _("Choose whether they have said yes.")},
    )

    @property
    def details(self) -> dict[str, str]:
        return {**super().details, "carer": self.cleaned_data["carer"]}


class YesForm(ReadOutForm):
    """A further yes, to one of the purposes that nobody has said yes to yet."""

    yes_field = "purpose"
    purpose = choose([], label=_("What did they say yes to?"), error_messages={"required": _("Choose what for.")})
    how = forms.ChoiceField(choices=HOWS, label=_("How did they say so?"), error_messages={"required": HOW_MISSING})
    note = line(label=_("Which advocate, or which decision"), help_text=NOTE_HINT, required=False)

    def __init__(self, *args: Any, purposes: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **given})
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]  # of a field to choose from

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("how") in NAMED and not cleaned.get("note"):
            self.add_error("note", NOTE_MISSING)
        return cleaned

    @property
    def yes(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("purpose", "how", "note")}


class WhyForm(forms.Form):
    words = forms.CharField(
        label=_("Why? A few words are enough."),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, in a few words."), "max_length": TOO_LONG},
    )


class OwnForm(forms.Form):
    code = line(
        label=_("Your code"),
        help_text=_("Three groups of four letters and numbers."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
        error_messages={"required": _("Write the code that you were given.")},
    )
    contact = line(
        label=_("The phone number or e-mail address that you gave"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the phone number or e-mail address that you gave.")},
    )
