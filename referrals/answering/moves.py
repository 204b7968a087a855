"""What can be said of a referral by whoever received it, and saying it."""

from typing import Any, NamedTuple

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from referrals.acts import move_referral
from referrals.holding import hold
from referrals.models import Referral, Via
from referrals.progress import (
    NEXT,
    PROVIDERS_MOVES,
    WAITING,
    WORDS_REQUIRED,
    DeclineReason,
    Progress,
    ReferralProblem,
)

# In the order in which they happen, as whoever receives somebody says them, and as a coordinator who rang them does.
OWN_WORDS = {
    Progress.ACCEPTED: gettext_lazy("Yes, we will get in touch"),
    Progress.IN_CONTACT: gettext_lazy("We are in contact"),
    Progress.ON_HOLD: gettext_lazy("It is on hold"),
    Progress.ENDED: gettext_lazy("It has ended"),
    Progress.DECLINED: gettext_lazy("No, we cannot take them"),
}
TOLD_WORDS = {
    Progress.ACCEPTED: gettext_lazy("Yes, they will get in touch"),
    Progress.IN_CONTACT: gettext_lazy("They are in contact"),
    Progress.ON_HOLD: gettext_lazy("It is on hold"),
    Progress.ENDED: gettext_lazy("It has ended"),
    Progress.DECLINED: gettext_lazy("No, they cannot take them"),
}
MOST_WORDS = 1_000


def said_next(referral: Referral) -> list[Progress]:
    """What a provider can say from where it stands."""
    allowed = NEXT[Progress(referral.progress)] & PROVIDERS_MOVES
    return [move for move in OWN_WORDS if move in allowed]


class MoveForm(forms.Form):
    """One move, with a reason and words where it asks for them."""

    # Where it stood when the page was drawn: what somebody did meanwhile is not overruled unseen.
    was = forms.ChoiceField(choices=Progress.choices, widget=forms.HiddenInput)
    to = forms.ChoiceField(choices=OWN_WORDS.items, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        choices=[("", gettext_lazy("Choose a reason")), *DeclineReason.choices],
        error_messages={"required": gettext_lazy("Choose the reason.")},
    )
    words = forms.CharField(
        label=gettext_lazy("In a few words"),
        help_text=gettext_lazy("The coordinator reads them."),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why, in a few words.")},
    )

    def __init__(self, data: Any = None, *, move: Progress, was: str = "") -> None:
        super().__init__(data, auto_id=f"{move}-%s", initial={"to": move, "was": was})
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


def choices(referral: Referral, words: dict[Progress, Any], *, tried: MoveForm | None = None) -> list[Choice]:
    """What can be said now; `tried`: a form that was sent, and had something missing."""
    found = []
    for move in said_next(referral):
        again = tried is not None and tried["to"].value() == move
        found.append(Choice(words[move], tried if again and tried else MoveForm(move=move, was=referral.progress)))
    return found


def sent_form(data: Any) -> MoveForm | None:
    """The form that somebody sent; none when it names no move that could be said."""
    to = data.get("to", "")
    return MoveForm(data, move=Progress(to)) if to in OWN_WORDS else None


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
