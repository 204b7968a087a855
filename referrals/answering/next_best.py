"""What else there is for a person, when a provider said no or says nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.doors import only
from accounts.roles import Role
from referrals.answering.by_coordinator import held
from referrals.looks import look
from referrals.models import Offer, Referral
from referrals.offers import OfferedAsset, offers_for
from referrals.progress import SAID_NO, WAITING, DeclineReason, Progress

MOST_WORDS = 4_000


@only(Role.COORDINATOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def next_best(request: HttpRequest, key: str) -> HttpResponse:
    referral = held(request, key)
    look(request, referral, what="looked-for-more")
    known = {"referral": referral, "offers": offers_instead(referral), "why": why(referral)}
    return render(request, "referrals/answering/next_best.html", known)


def why(referral: Referral) -> str:
    if referral.progress == Progress.DECLINED:
        return _("%(name)s said no: %(reason)s.") % {
            "name": referral.asset_name,
            "reason": SAID_NO[DeclineReason(referral.decline_reason)],
        }
    if referral.progress in WAITING:
        return _("%(name)s has not answered yet.") % {"name": referral.asset_name}
    return ""


def offers_instead(referral: Referral) -> tuple[OfferedAsset, ...]:
    """The best for what the person said, without what they were sent to or said no to."""
    if referral.person is None:
        return ()
    return offers_for(referral.person, words_of(referral), without=tried(referral))


def words_of(referral: Referral) -> str:
    """What they said in the conversation; else what they hoped for; else what they were sent to."""
    said = referral.conversation.words if referral.conversation else ""
    hoped = "\n".join(filter(None, (referral.needs.get("why"), referral.needs.get("enjoys"))))
    return (said or hoped or getattr(referral.asset, "summary", "") or referral.asset_name)[:MOST_WORDS]


def tried(referral: Referral) -> set[int]:
    """What the person was sent to, and what was offered and declined."""
    mine = {referral.asset_id}
    if referral.person is not None:
        mine |= set(referral.person.referrals.values_list("asset_id", flat=True))
        offers = Offer.objects.filter(conversation__person=referral.person, state=Offer.State.DECLINED)
        mine |= set(offers.values_list("asset_id", flat=True))
    return {one for one in mine if one is not None}
