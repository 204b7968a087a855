"""Begins conversations: with somebody new, with somebody who is known already, or to look at how things are."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from referrals.conversations.boxes import LONGEST_LINE, tidy
from referrals.home.closing import reopen_person
from referrals.models import Conversation, Person
from referrals.models.sealed import ALPHABET, new_key
from referrals.next_steps import keep_next_step

LONGEST_REFERENCE = 60


class StartForm(forms.Form):
    """Who a conversation is with. Only the reference is needed."""

    reference = forms.CharField(
        label=_("Case reference"),
        help_text=_("The council’s own number for this person."),
        max_length=LONGEST_REFERENCE,
        error_messages={
            "required": _("Type the case reference."),
            "max_length": _("A case reference has %(limit_value)d characters at most."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "govuk-input--width-20"}),
    )
    called = forms.CharField(
        label=_("What do they like to be called?"),
        required=False,
        max_length=LONGEST_LINE,
        error_messages={"max_length": _("That is too long: %(limit_value)d characters at most.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    is_carer = forms.BooleanField(label=_("They look after somebody"), required=False)
    # Chosen before it is sent, so that sending it twice begins one conversation.
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def clean_reference(self) -> str:
        return tidy("reference", " ".join(self.cleaned_data["reference"].split()))

    def clean_called(self) -> str:
        return tidy("called", self.cleaned_data["called"])

    def clean_key(self) -> str:
        key = self.cleaned_data["key"]
        return key if len(key) == 16 and set(key) <= set(ALPHABET) else new_key()


def begun_under(key: str, *, by: Any) -> Conversation | None:
    """What somebody began with this very page."""
    return Conversation.objects.visible_to(by).filter(key=key, held_by=by).first()


@transaction.atomic
def start_with_new(*, reference: str, called: str, is_carer: bool, key: str, by: Any) -> Conversation:
    """A person and a first conversation with them; the same one, when it was begun under this key already."""
    # Whoever sends the same press of a button at the same time waits here.
    list(get_user_model().objects.select_for_update().filter(pk=by.pk).values("pk"))
    if begun := begun_under(key, by=by):
        return begun
    if Conversation.objects.filter(key=key).exists():
        key = new_key()
    teams = list(by.teams.all()[:2])
    person = Person.objects.create(
        council=by.council,
        coordinator=by,
        team=teams[0] if len(teams) == 1 else None,
        reference=reference,
        called=called,
        is_carer=is_carer,
    )
    return _begin(person, Conversation.Kind.FIRST, key=key, by=by)


@transaction.atomic
def start_with_known(person: Person, *, kind: Conversation.Kind, by: Any) -> Conversation:
    """The one of this kind that is not finished yet, or a new one; of somebody who comes back, the record is opened."""
    person = reopen_person(person, by=by)
    unfinished = person.conversations.unfinished().filter(kind=kind).first()
    return unfinished or _begin(person, kind, key=new_key(), by=by)


def _begin(person: Person, kind: Conversation.Kind, *, key: str, by: Any) -> Conversation:
    conversation = Conversation.objects.create(person=person, kind=kind, key=key, held_by=by)
    keep_next_step(person)
    return conversation
