"""Saves what was typed, by whomever and in whatever order it arrives: `save(conversation, sent, was=…, by=…)`.

A page tells with each box by what mark it stood there when the page was made. A box that nobody else changed takes what
was sent; one that was only changed elsewhere stays; one changed in both is a clash: it stays as it is, and whoever sent
the later text is shown both. Sending the same again changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from referrals.conversations import boxes, shortlist
from referrals.conversations.whereabouts import place_person
from referrals.models import Conversation, Person
from referrals.next_steps import keep_next_step


@dataclass(frozen=True)
class Saved:
    """The conversation as it stands now; `clashes` holds what was sent and not taken, by box."""

    conversation: Conversation
    values: Mapping[str, str]
    clashes: Mapping[str, str] = field(default_factory=dict)

    @property
    def marks(self) -> dict[str, str]:
        return boxes.marks(self.conversation, self.values)


@transaction.atomic
def save(
    conversation: Conversation, sent: Mapping[str, str], *, was: Mapping[str, str], by: Any, finish: str = ""
) -> Saved:
    """Take what can be taken, under a lock of the person and the conversation. `finish`: anything ends it too."""
    person = Person.objects.select_for_update().get(pk=conversation.person_id)
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    locked.person = person
    now = boxes.read(locked, locked.offers.all())
    given = {name: boxes.tidy(name, text) for name, text in sent.items() if boxes.holds(locked, name, text)}
    taken, clashes = part(locked, given, now, was)
    if taken or (finish and locked.finished_at is None):
        boxes.write(locked, taken)
        shortlist.keep(locked, taken)
        if "place" in taken:
            place_person(locked.person)
        _keep(locked, finish)
    return Saved(locked, boxes.read(locked, locked.offers.all()), clashes)


def part(
    conversation: Conversation, given: Mapping[str, str], now: Mapping[str, str], was: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """What was sent, parted into what is taken and what clashes."""
    taken, clashes = {}, {}
    for name, text in given.items():
        stands = now.get(name, "")
        before = was.get(name) or boxes.mark(conversation, name, "")
        # Why something was found is told once.
        told = name.startswith("why-") and stands
        if told or text == stands or before == boxes.mark(conversation, name, text):
            continue
        if before == boxes.mark(conversation, name, stands):
            taken[name] = text
        else:
            clashes[name] = text
    return taken, clashes


def _keep(conversation: Conversation, finish: str) -> None:
    conversation.version += 1
    conversation.saved_at = timezone.now()
    if finish and conversation.finished_at is None:
        conversation.finished_at = conversation.saved_at
    conversation.save()
    conversation.person.save()
    keep_next_step(conversation.person)
