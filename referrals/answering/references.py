"""The short reference of a referral, which somebody can read out or type: “abcd-efgh”. It opens nothing alone."""

import re

from django.db.models import QuerySet

from referrals.models import Referral

LENGTH = 8
GROUP = 4
# After every other.
LAST = "z" * LENGTH


def short(key: str) -> str:
    return f"{key[:GROUP]}-{key[GROUP:LENGTH]}"


def referrals_called(text: str) -> QuerySet[Referral]:
    """However it was typed: one, as good as always."""
    typed = re.sub(r"[^a-z0-9]", "", text.lower())
    if len(typed) != LENGTH:
        return Referral.objects.none()
    return Referral.objects.filter(key__gte=typed, key__lte=typed + LAST)


def referral_called(text: str) -> Referral | None:
    """None when there is no such, or there are two."""
    found = referrals_called(text).select_related("council")[:2]
    return found[0] if len(found) == 1 else None
