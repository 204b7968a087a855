"""The boxes of a conversation's page: their names in a form, what stands in them, and how that is put back.

A name is a question's code, a word for what is known of the person (`PERSON`), `notes`, or – for the shortlist –
`state-`, `words-` or `why-` and the number of a listing. Every value is text; a tick is “yes” or nothing.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from referrals.models import Conversation, Offer, Person

LONGEST = 20_000
LONGEST_LINE = 200
LONGEST_WHY = 400
# What is typed in one line.
LINES = ("called", "place", "phone", "email", "how", "when")
CONTACT = ("phone", "email", "how", "when")
TICKS = ("is-carer", "large-print")
PERSON = (*LINES, *TICKS)
NOTES = "notes"
YES = "yes"
OF_OFFER = re.compile(r"(state|words|why)-(\d{1,15})")
# Beside the control characters, half of a pair of UTF-16, which no database takes.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

HINTS: Mapping[str, str | Promise] = {
    "matters": _("What would you most like us to know?"),
    "good-week": _("What would you be doing, and who with?"),
    "important": _("People, pets, places, faith, routines – whatever comes to mind."),
    "strengths": _("Things you know, make, mend, used to do, or would like to try again."),
    "change": _("Big or small. What would be different?"),
}


def tidy(name: str, text: str) -> str:
    """What was typed, as it is kept: line ends alike, nothing that cannot be written, and not without end."""
    written = UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if name in TICKS:
        return YES if written else ""
    if name in LINES:
        return " ".join(written.split())[:LONGEST_LINE].strip()
    if name.startswith("why-"):
        return written[:LONGEST_WHY].strip()
    return written[:LONGEST].strip()


def names_of(conversation: Conversation) -> tuple[str, ...]:
    """A review asks its four questions and nothing else."""
    questions = tuple(one.value for one in conversation.questions)
    return questions if conversation.kind == Conversation.Kind.REVIEW else (*questions, *PERSON, NOTES)


def holds(conversation: Conversation, name: str, text: str) -> bool:
    """Whether there can be a box of this name on the page, and this in it."""
    if name.startswith("state-") and text not in ("", *Offer.State.values):
        return False
    return name in names_of(conversation) or OF_OFFER.fullmatch(name) is not None


def read(conversation: Conversation, offers: Iterable[Offer]) -> dict[str, str]:
    """What stands in each box."""
    person = conversation.person
    found: dict[str, str] = {}
    for name in names_of(conversation):
        found[name] = _reader(name)(conversation, person)
    for offer in offers:
        if offer.asset_id is not None:
            found[f"state-{offer.asset_id}"] = offer.state
            found[f"words-{offer.asset_id}"] = offer.words
            found[f"why-{offer.asset_id}"] = offer.why
    return found


def _reader(name: str) -> Callable[[Conversation, Person], str]:
    if name == NOTES:
        return lambda conversation, _person: conversation.notes
    if name in CONTACT:
        return lambda _conversation, person: str(person.contact.get(name, ""))
    if name in TICKS:
        return lambda _conversation, person: YES if getattr(person, name.replace("-", "_")) else ""
    if name in LINES:
        return lambda _conversation, person: getattr(person, name)
    return lambda conversation, _person: str(conversation.answers.get(name, ""))


def write(conversation: Conversation, values: Mapping[str, str]) -> None:
    """Put what was taken into the rows, unsaved; the shortlist is kept by `shortlist`."""
    person = conversation.person
    for name, text in values.items():
        if name == NOTES:
            conversation.notes = text
        elif name in CONTACT:
            person.contact = {**person.contact, name: text}
        elif name in TICKS:
            setattr(person, name.replace("-", "_"), bool(text))
        elif name in LINES:
            setattr(person, name, text)
        elif OF_OFFER.fullmatch(name) is None:
            conversation.answers = {**conversation.answers, name: text}


def mark(conversation: Conversation, name: str, text: str) -> str:
    """A short sign of what stood in a box when a page was made: it tells whether the box was changed since."""
    told = f"{name}\0{tidy(name, text)}".encode()
    return hashlib.blake2b(told, digest_size=6, key=conversation.key.encode()).hexdigest()


def marks(conversation: Conversation, values: Mapping[str, str]) -> dict[str, str]:
    return {name: mark(conversation, name, text) for name, text in values.items()}
