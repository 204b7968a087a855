"""What the directory offers for a conversation, and the help strip where something in it sounds like danger."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from referrals.models import Conversation
from referrals.offers import OfferedAsset, offers_for


@dataclass(frozen=True)
class Found:
    """What was found; `looked` is false while there is nothing to look for."""

    offers: tuple[OfferedAsset, ...] = ()
    looked: bool = False


def find_for(conversation: Conversation) -> Found:
    """The best for what was said, from where the person lives, without what is on the shortlist."""
    words, place = words_of(conversation), conversation.person.place
    if not words.strip() and not place.strip():
        return Found()
    listed = [offer.asset_id for offer in conversation.offers.all() if offer.asset_id is not None]
    return Found(offers_for(conversation.person, words, without=listed), looked=True)


def words_of(conversation: Conversation) -> str:
    """The person's own words; in a review that has none yet, those of the conversation before."""
    if conversation.words or conversation.kind != Conversation.Kind.REVIEW:
        return conversation.words
    before = conversation.person.conversations.filter(kind=Conversation.Kind.FIRST).first()
    return before.words if before else ""


def help_for(conversation: Conversation) -> Any:
    """The help strip, where something that was said, or noted, sounds like danger; none where nothing does."""
    return import_string(settings.DANGER_WORDS)(everything_written(conversation))


def help_now(conversation: Conversation) -> Any:
    """The help strip for a crisis."""
    return import_string(settings.HELP_NOW)(everything_written(conversation))


def everything_written(conversation: Conversation) -> str:
    """A sentence that was said or noted; those of offers' reasons too."""
    said = [conversation.words, conversation.notes, *(offer.words for offer in conversation.offers.all())]
    return "\n".join(part for part in said if part)
