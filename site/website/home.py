"""What stands on the home page."""

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.cache import cache
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.choices import Kind
from directory.models import Asset
from website.soon import next_talking_shops

if TYPE_CHECKING:
    from website.models import HomePage

A_MINUTE = 60


class Door(NamedTuple):
    """A way in: one kind of listing, and the words on the door."""

    kind: str
    title: str | Promise
    words: str | Promise


USUAL_DOORS = [
    Door(
        Kind.MICRO_ENTERPRISE,
        _("Very small services near you"),
        _("Micro-enterprises: one to eight people who cook, clean, sit, drive or keep you company."),
    ),
    Door(Kind.GROUP, _("Groups and clubs"), _("Lunch, walks, choirs, sheds, and people to talk to.")),
    Door(
        Kind.TALKING_SHOP,
        _("Talking shops: drop in and ask anything"),
        _("No appointment, no form. Somebody who knows the area is there."),
    ),
    Door(Kind.CARERS_NETWORK, _("For carers"), _("If you look after somebody, people who do the same.")),
    Door(Kind.RESPITE, _("A break: respite"), _("An hour, a day or a week, for you or for both of you.")),
    Door(Kind.SERVICE, _("Services"), _("Libraries, food banks, advice, and the council's own.")),
]


def how_true(on: dt.date) -> dict[str, int]:
    """How many listings are live, and how many of them somebody has confirmed in the last six months; a minute old."""
    key = f"how-true-{on:%Y-%m-%d}"
    return cache.get_or_set(key, lambda: Asset.objects.how_true(on), A_MINUTE) or {}


def home_context(page: "HomePage") -> dict[str, Any]:
    """Doors, what is on next, and how true the directory is."""
    now = timezone.localtime().replace(tzinfo=None)
    doors = [Door(one.value["kind"], one.value["title"], one.value["words"]) for one in page.doors]
    return {
        "doors": doors or USUAL_DOORS,
        "coming": next_talking_shops(after=now),
        "how_true": how_true(now.date()),
    }
