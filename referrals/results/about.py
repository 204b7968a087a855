"""What a question is about, as it is told to whoever holds the link or the slip: never a person."""

from django.utils import timezone
from django.utils.translation import gettext as _

from referrals.models import Referral


def about_in_words(referral: Referral) -> str:
    """“In October we put you in touch with Riverside Lunch Club.” A place that must stay hidden is not named."""
    month = f"{timezone.localdate(referral.sent_at or referral.made_at):%B}"
    if may_name(referral):
        return _("In %(month)s we put you in touch with %(name)s.") % {"month": month, "name": referral.asset_name}
    return _("In %(month)s we put you in touch with somebody near you.") % {"month": month}


def may_name(referral: Referral) -> bool:
    """Not what stands anywhere hidden, nor what nobody can look up any more."""
    asset = referral.asset
    if asset is None:
        return False
    venues = [asset.venue, *(session.venue for session in asset.sessions.select_related("venue"))]
    return not any(venue.hidden for venue in venues if venue is not None)
