"""What can be said of a referral by whoever received it, and saying it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from referrals.acts import move_referral
from referrals.holding import hold
from referrals.models import Referral, Via
from referrals.progress import (
    NEXT,
    PROVIDERS_MOVES,
    SAID_NO,
    WAITING,
    WORDS_REQUIRED,
    DeclineReason,
    Progress,
    ReferralProblem,
)


class Voice(NamedTuple):
    """The words of whoever speaks: of each move, in the order in which they happen, and of each reason for a no."""

    moves: Mapping[Progress, Any]
    reasons: Mapping[DeclineReason, Any]
    hint: Any


OWN = Voice(
    {
        Progress.ACCEPTED: gettext_lazy("Yes, we will get in touch"),
        Progress.IN_CONTACT: gettext_lazy("We are in contact"),
        Progress.ON_HOLD: gettext_lazy("It is on hold"),
        Progress.ENDED: gettext_lazy("It has ended"),
        Progress.DECLINED: gettext_lazy("No, we cannot take them"),
    },
    {
        DeclineReason.NO_CAPACITY: gettext_lazy("We have no room just now"),
        DeclineReason.WAITING_LIST: gettext_lazy("We have a waiting list"),
        DeclineReason.OUT_OF_AREA: gettext_lazy("They live outside the area that we cover"),
        DeclineReason.NOT_ELIGIBLE: gettext_lazy("It is meant for other people (say for whom)"),
        DeclineReason.NEEDS_MORE: gettext_lazy("They need more support than we can give"),
        DeclineReason.DUPLICATE: gettext_lazy("We have this request already"),
        DeclineReason.WRONG_CONTACT: gettext_lazy("Their phone number or address is wrong"),
        DeclineReason.OTHER: gettext_lazy("Something else (say what)"),
    },
    gettext_lazy("The coordinator reads them."),
)
# A coordinator who rang them.
TOLD = Voice(
    {
        Progress.ACCEPTED: gettext_lazy("Yes, they will get in touch"),
        Progress.IN_CONTACT: gettext_lazy("They are in contact"),
        Progress.ON_HOLD: gettext_lazy("It is on hold"),
        Progress.ENDED: gettext_lazy("It has ended"),
        Progress.DECLINED: gettext_lazy("No, they cannot take them"),
    },
    SAID_NO,
    gettext_lazy("As they said it."),
)
MOST_WORDS = 1_000


def said_next(referral: Referral) -> list[Progress]:
    """What a provider can say from where it stands."""
    allowed = NEXT[Progress(referral.progress)] & PROVIDERS_MOVES
    return [move for move in OWN.moves if move in allowed]


class MoveForm(forms.Form):
    """One move, with a reason and words where it asks for them."""

    # Where it stood when the page was drawn: what somebody did meanwhile is not overruled unseen.
    was = forms.ChoiceField(choices=Progress.choices, widget=forms.HiddenInput)
    to = forms.ChoiceField(choices=OWN.moves.items, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        choices=DeclineReason,
        error_messages={"required": gettext_lazy("Choose the reason.")},
    )
    words = forms.CharField(
        label=gettext_lazy("In a few words"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Say why, in a few words."),
            "max_length": gettext_lazy("That is longer than %(limit_value)s letters. Say it more briefly."),
        },
    )

    def __init__(self, data: Any = None, *, move: Progress, voice: Voice, was: str = "") -> None:
        super().__init__(data, auto_id=f"{move}-%s", initial={"to": move, "was": was})
        reasons = [(code, capfirst(str(words))) for code, words in voice.reasons.items()]
        self.fields["reason"].choices = [("", _("Choose a reason")), *reasons]  # type: ignore[attr-defined]  # a choice
        self.fields["words"].help_text = voice.hint
        if move != Progress.DECLINED:
            del self.fields["reason"]
        if move not in WORDS_REQUIRED:
            del self.fields["words"]

    @property
    def asks(self) -> bool:
        """Whether it is more than a button."""
        return "words" in self.fields


class Choice(NamedTuple):
    """A move that somebody can make, as they say it."""

    label: Any
    form: MoveForm


def choices(referral: Referral, voice: Voice, *, tried: MoveForm | None = None) -> list[Choice]:
    """What can be said now; `tried`: a form that was sent, and had something missing."""
    found = []
    for move in said_next(referral):
        form = tried if tried is not None and tried["to"].value() == move else None
        found.append(Choice(voice.moves[move], form or MoveForm(move=move, voice=voice, was=referral.progress)))
    return found


def sent_form(data: Any, voice: Voice) -> MoveForm | None:
    """The form that somebody sent; none when it names no move that could be said."""
    to = data.get("to", "")
    return MoveForm(data, move=Progress(to), voice=voice) if to in voice.moves else None


class Answered(NamedTuple):
    """How it came out: whether it now stands as somebody said, and what to tell them when it does not."""

    stands: bool
    problem: str = ""


@transaction.atomic
def answer(referral: Referral, said: dict[str, Any], *, via: Via, by: Any = None) -> Answered:
    """Make the move that somebody chose, unless somebody else has made one since they looked."""
    now = Progress(hold(referral).progress)
    to, was = Progress(said["to"]), Progress(said["was"])
    if now == to:
        # Pressed twice, or said by two.
        return Answered(stands=True)
    if now != was and not {now, was} <= WAITING:
        problem = _("Somebody else was quicker: it now stands at “%(now)s”. What you chose was not recorded.")
        return Answered(stands=False, problem=problem % {"now": now.label})
    try:
        move_referral(referral, to=to, via=via, by=by, reason=said.get("reason", ""), words=said.get("words", ""))
    except ReferralProblem as problem:
        return Answered(stands=False, problem=str(problem))
    return Answered(stands=True)


def mark_seen(referral: Referral, *, via: Via, by: Any = None) -> None:
    """Whoever received it has opened it; once."""
    with transaction.atomic():
        if hold(referral).progress == Progress.SENT:
            move_referral(referral, to=Progress.SEEN, via=via, by=by)
