"""The shortlist of a conversation: what was put on it, and what the person made of each."""

from collections.abc import Mapping

from django.utils import timezone

from directory.models import Asset
from referrals.conversations.boxes import OF_OFFER
from referrals.models import Conversation, Offer

MOST = 30
# A state of nothing takes a listing off the list.
OFF = ""


def keep(conversation: Conversation, taken: Mapping[str, str]) -> None:
    """Put on, mark and take off, as the boxes of each listing say."""
    changes: dict[int, dict[str, str]] = {}
    for name, text in taken.items():
        if found := OF_OFFER.fullmatch(name):
            changes.setdefault(int(found[2]), {})[found[1]] = text
    if not changes:
        return
    there = {offer.asset_id: offer for offer in conversation.offers.all()}
    new = [asset_id for asset_id, said in changes.items() if asset_id not in there and said.get("state")]
    assets = Asset.objects.live().in_bulk(new[: max(0, MOST - len(there))])
    for asset_id, said in changes.items():
        offer = there.get(asset_id)
        if offer is None and asset_id in assets:
            offer = Offer(conversation=conversation, asset=assets[asset_id], asset_name=assets[asset_id].name)
        if offer is not None:
            _change(offer, said)


def _change(offer: Offer, said: Mapping[str, str]) -> None:
    if said.get("state", offer.state) == OFF:
        if offer.pk:
            offer.delete()
        return
    for name, text in said.items():
        setattr(offer, name, text)
    offer.at = timezone.now()
    offer.save()
