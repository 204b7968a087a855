"""What the directory offers for a conversation. The search stands beside this app, and is named in settings."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from directory.models import Asset
from referrals.models import Conversation


@dataclass(frozen=True)
class OfferedAsset:
    """A listing to offer, with why: `reason` where it is, `why` which of the person's words led to it."""

    asset: Asset
    reason: str
    why: str
    connect_url: str

    @property
    def why_kept(self) -> str:
        """Both as one line, to be kept with the shortlist."""
        because = _("Because of “%(words)s”") % {"words": self.why} if self.why else ""
        return " · ".join(part for part in (self.reason, because) if part)


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
    offered = import_string(settings.FIND_OFFERS)(words, place, without=listed)
    live = Asset.objects.live().in_bulk([one.asset_id for one in offered])
    shown = [(live[one.asset_id], one) for one in offered if one.asset_id in live]
    return Found(
        tuple(OfferedAsset(asset, one.reason, one.why, connect_url(conversation, asset)) for asset, one in shown),
        looked=True,
    )


def connect_url(conversation: Conversation, asset: Asset) -> str:
    """Where somebody is referred to a listing, or pointed to it."""
    return reverse("referrals:signpost_or_refer", args=[conversation.person.key, asset.slug])


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
