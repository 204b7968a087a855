"""What the directory offers a person. The search stands beside this app, and is named in settings."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from directory.models import Asset
from referrals.models import Person


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


def offers_for(person: Person, words: str, *, without: Collection[int] = ()) -> tuple[OfferedAsset, ...]:
    """The best for these words, from where the person lives."""
    found = import_string(settings.FIND_OFFERS)(words, person.place, without=without)
    live = Asset.objects.live().in_bulk([one.asset_id for one in found])
    shown = [(live[one.asset_id], one) for one in found if one.asset_id in live]
    return tuple(OfferedAsset(asset, one.reason, one.why, connect_url(person, asset)) for asset, one in shown)


def connect_url(person: Person, asset: Asset) -> str:
    """Where it is chosen whether to signpost or to refer."""
    return reverse("referrals:signpost_or_refer", args=[person.key, asset.slug])
