"""The page of a conversation, as its template wants it, and the same told to the page's own script."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.sheets import SIZES
from referrals.conversations.boxes import HINTS, LINES, NOTES
from referrals.conversations.browser_keys import browser_keys, kept_as
from referrals.conversations.offers import Found, find_for, help_for
from referrals.conversations.saving import Saved
from referrals.conversations.whereabouts import place_problem
from referrals.models import Conversation, Offer, Question
from referrals.offers import connect_url

START = "start"
LARGE_PRINT = 18
LABELS: Mapping[str, str | Promise] = {
    **{one.value: one.label for one in Question},
    "called": gettext_lazy("What do they like to be called?"),
    "is-carer": gettext_lazy("They look after somebody"),
    "place": gettext_lazy("Where do you live?"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail address"),
    "how": gettext_lazy("Ring, text, write, or call round?"),
    "when": gettext_lazy("Best days and times"),
    "large-print": gettext_lazy("Large print, please"),
    NOTES: gettext_lazy("Your notes"),
}
TYPES = {"phone": "tel", "email": "email"}


@dataclass(frozen=True)
class Box:
    """One box of the page. `clashes`: two texts stand against one another, `text` and `theirs`."""

    name: str
    label: str | Promise
    text: str
    hint: str | Promise = ""
    theirs: str = ""
    clashes: bool = False
    problem: str = ""
    # The practitioner's own: narrower, lower, and less of it.
    small: bool = False

    @property
    def line(self) -> bool:
        return self.name in LINES

    @property
    def offers(self) -> bool:
        """Whether what stands in it is looked for."""
        return self.name == "place" or self.name in Question.values

    @property
    def part(self) -> bool:
        """Whether it is one of the boxes of a question, and no question by itself."""
        return self.line and self.name != "place"

    @property
    def type(self) -> str:
        return TYPES.get(self.name, "text")

    @property
    def rows(self) -> int:
        return 2 if self.small else 5

    @property
    def target(self) -> str:
        """What a link to the box leads to."""
        return self.name

    @property
    def described(self) -> str:
        parts = (("hint", self.hint), ("clash", self.clashes), ("problem", self.problem or self.name == "place"))
        return " ".join(f"{self.name}-{part}" for part, there in parts if there)


@dataclass(frozen=True)
class Listed:
    """One listing of the shortlist."""

    id: int | str
    name: str
    url: str = ""
    state: str = Offer.State.SHORTLISTED
    words: str = ""
    why: str = ""
    gone: bool = False
    clash: Box | None = None
    connect_url: str = ""
    # Without words, for the page's script to fill.
    blank: bool = False


BLANK = Listed("__id__", "__name__", url="__url__", why="__why__", connect_url="__connect__", blank=True)


def conversation_context(request: HttpRequest, saved: Saved) -> dict[str, Any]:
    """Everything on the page. What clashes stands in its box as it was sent, beside what is kept."""
    conversation, person = saved.conversation, saved.conversation.person
    is_review = conversation.kind == Conversation.Kind.REVIEW
    boxes = {name: box(saved, name) for name in saved.values if name in LABELS}
    listed = [listing(saved, offer) for offer in conversation.offers.select_related("asset")]
    offered = find_for(conversation)
    clashing = [one for one in boxes.values() if one.clashes] + [one.clash for one in listed if one.clash]
    context = {
        "conversation": conversation,
        "person": person,
        "is_review": is_review,
        "questions": [boxes[one.value] for one in conversation.questions],
        "clashes": clashing,
        "marks": json.dumps(saved.marks),
        "saved": saved_words(conversation),
        "listed": listed,
        "blank": BLANK,
        "states": Offer.State.choices,
        "said": json.dumps({name: str(text) for name, text in SAID.items()}),
        "help": help_for(conversation),
        "sizes": size_choices(),
        "size_wanted": LARGE_PRINT if person.large_print else SIZES[0],
        "keep_name": kept_as(request.user, conversation.key),
        "keep_keys": " ".join(browser_keys(request.user, conversation.key)),
        "start_keep_name": kept_as(request.user, START),
        **offers_context(offered),
    }
    if not is_review:
        context |= {name.replace("-", "_"): boxes[name] for name in ("called", "is-carer", "large-print", NOTES)}
        context |= {"where": [boxes["place"]], "reach": [boxes[name] for name in ("phone", "email", "how", "when")]}
    return context


def box(saved: Saved, name: str) -> Box:
    clashes = name in saved.clashes
    stands = saved.values[name]
    return Box(
        name,
        LABELS[name],
        saved.clashes.get(name, stands),
        hint=HINTS.get(name, ""),
        theirs=stands if clashes else "",
        clashes=clashes,
        problem=place_problem(stands) if name == "place" else "",
        small=name == NOTES,
    )


def listing(saved: Saved, offer: Offer) -> Listed:
    words, state = f"words-{offer.asset_id}", f"state-{offer.asset_id}"
    clash = None
    if words in saved.clashes or state in saved.clashes:
        theirs = f"{Offer.State(offer.state).label}. {offer.words}".strip()
        clash = Box(words, offer.asset_name, "", theirs=theirs, clashes=True)
    return Listed(
        id=offer.asset_id or "",
        name=offer.asset_name,
        url=offer.asset.get_absolute_url() if offer.asset and offer.asset.live else "",
        state=saved.clashes.get(state, offer.state),
        words=saved.clashes.get(words, offer.words),
        why=offer.why,
        gone=offer.asset is None or not offer.asset.live,
        clash=clash,
        connect_url=connect_url(saved.conversation.person, offer.asset) if offer.asset else "",
    )


def offers_context(found: Found) -> dict[str, Any]:
    return {"offers": found.offers, "looked": found.looked}


def told(request: HttpRequest, saved: Saved, sent: Mapping[str, str], was: Mapping[str, str]) -> dict[str, Any]:
    """What the page's script needs after a save: marks, what others changed meanwhile, what clashes, and offers."""
    conversation, marks = saved.conversation, saved.marks
    moved = {
        name: text
        for name, text in saved.values.items()
        if name not in sent and name not in saved.clashes and was.get(name, marks[name]) != marks[name]
    }
    fragments = {"conversation": conversation, "help": help_for(conversation), **offers_context(find_for(conversation))}
    return {
        "version": conversation.version,
        "saved": saved_words(conversation),
        "was": marks,
        "moved": moved,
        "clashes": {name: saved.values.get(name, "") for name in saved.clashes},
        "finished": conversation.finished_at is not None,
        "place_problem": place_problem(conversation.person.place),
        "offers": render_to_string("referrals/conversations/_offers.html", fragments, request),
        "danger": render_to_string("referrals/conversations/_danger.html", fragments, request),
    }


def saved_words(conversation: Conversation) -> str:
    """“Saved at 11.42”; nothing before anything was."""
    if not conversation.version:
        return ""
    at = timezone.localtime(conversation.saved_at)
    clock = f"{at.hour}.{at.minute:02}"
    if at.date() == timezone.localdate():
        return _("Saved at %(time)s") % {"time": clock}
    return _("Saved on %(day)s at %(time)s") % {"day": f"{at.day} {at:%B}", "time": clock}


def size_choices() -> list[tuple[int, str]]:
    names = {12: _("Usual print"), 16: _("Large print"), 18: _("Larger print"), 24: _("Giant print")}
    return [(size, f"{names[size]} ({_('%(n)s point') % {'n': size}})") for size in SIZES]


# What the page's script says.
SAID = {
    "saving": gettext_lazy("Saving …"),
    "kept": gettext_lazy("Not saved yet: kept on this device"),
    "offline": gettext_lazy("No connection. What you typed is kept on this device and is sent when it is back."),
    "not_kept": gettext_lazy("No connection. Keep this page open: this browser cannot keep what you typed."),
    "signed_out": gettext_lazy("You were signed out. What you typed is kept on this device."),
    "sign_in": gettext_lazy("Sign in again"),
    "again": gettext_lazy("This page is too old to save. What you typed is kept on this device."),
    "load": gettext_lazy("Load it again"),
    "gone": gettext_lazy("This can no longer be saved here. Copy what you typed before you leave."),
    "back": gettext_lazy("What you had typed and not saved is back."),
    "elsewhere": gettext_lazy("Somebody wrote this here meanwhile, or you did in another window:"),
    "mine": gettext_lazy("Keep what I wrote"),
    "theirs": gettext_lazy("Keep this instead"),
    "both": gettext_lazy("Keep both"),
    "put": gettext_lazy("Put on the list"),
    "taken_off": gettext_lazy("Taken off the list"),
    "on_list": gettext_lazy("On the list"),
}
