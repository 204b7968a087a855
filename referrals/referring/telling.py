"""Where a referral has got to, in words."""

from typing import NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.models import Asset
from directory.words import moment_in_words
from referrals.messages.addressees import provider_code, provider_link, provider_phone
from referrals.models import Consent, Referral, ReferralEvent
from referrals.models.consents import Purpose
from referrals.progress import SAID_NO, DeclineReason, Progress

SAID: dict[Progress, str | Promise] = {
    Progress.DRAFT: _("Not sent yet"),
    Progress.SENT: _("Sent to %(receiver)s"),
    Progress.SEEN: _("%(receiver)s opened it"),
    Progress.ACCEPTED: _("%(receiver)s said yes"),
    Progress.DECLINED: _("%(receiver)s said no"),
    Progress.IN_CONTACT: _("%(receiver)s is in touch with them"),
    Progress.ON_HOLD: _("%(receiver)s has put it on hold"),
    Progress.ENDED: _("It has ended"),
    Progress.WITHDRAWN: _("It was taken back"),
    Progress.ENTERED_IN_ERROR: _("It was entered in error"),
}
# To the person themselves.
TOLD: dict[Progress, str | Promise] = {
    **SAID,
    Progress.SENT: _("They have not opened it yet."),
    Progress.SEEN: _("%(receiver)s has not answered yet."),
    Progress.ACCEPTED: _("%(receiver)s will get in touch with you."),
    Progress.DECLINED: _("%(receiver)s cannot help with this. Ring us, and we will look for something else with you."),
    Progress.IN_CONTACT: _("%(receiver)s says that they are in touch with you."),
    Progress.ON_HOLD: _("%(receiver)s is waiting for something. Ring us if you would like to know more."),
    Progress.ENDED: _("%(receiver)s says that there is no more to do."),
    Progress.WITHDRAWN: _("What you wrote is gone from here, and they are asked to forget it."),
    Progress.ENTERED_IN_ERROR: _("Ring us if you still want to be put in touch."),
}

# Over it, in a few words.
TOLD_SHORTLY: dict[Progress, str | Promise] = {
    Progress.DRAFT: _("Not sent yet"),
    Progress.SENT: _("They have been told"),
    Progress.SEEN: _("They have opened it"),
    Progress.ACCEPTED: _("They said yes"),
    Progress.DECLINED: _("They said no"),
    Progress.IN_CONTACT: _("They are in touch"),
    Progress.ON_HOLD: _("They have put it on hold"),
    Progress.ENDED: _("It has ended"),
    Progress.WITHDRAWN: _("You took it back"),
    Progress.ENTERED_IN_ERROR: _("It was taken out"),
}


class Step(NamedTuple):
    words: str
    at: str
    how: str
    reason: str
    said: str
    by: str


def receiver(asset: Asset) -> str:
    """Who is told, by name."""
    return asset.provider.name if asset.provider else asset.name


class Ways(NamedTuple):
    """How a provider hears of a referral."""

    # Whether there is any way to write to them; else somebody rings.
    written_to: bool
    # Whether the code can go another way than the link; else somebody reads it out.
    code_sent: bool
    phone: str


def ways_to(asset: Asset) -> Ways:
    return ways_of(Referral(asset=asset, provider=asset.provider))


def ways_of(referral: Referral) -> Ways:
    return Ways(
        written_to=not provider_link(referral).is_none,
        code_sent=not provider_code(referral).is_none,
        phone=provider_phone(referral),
    )


def receiver_of(referral: Referral) -> str:
    return referral.provider.name if referral.provider else referral.asset_name


def shared_with(consent: Consent) -> str:
    """The receiver of what may be shared, also of a listing that nobody is known to run; nothing where it is us."""
    if consent.provider or consent.purpose != Purpose.SHARE:
        return consent.provider.name if consent.provider else ""
    sent_to = Referral.objects.filter(consent=consent).values_list("asset_name", flat=True).first()
    return sent_to or gettext("somebody who is no longer in the directory")


def so_far(referral: Referral) -> str:
    """Where it has got to, for the person whose it is."""
    return str(TOLD[Progress(referral.progress)]) % {"receiver": receiver_of(referral)}


def so_far_shortly(referral: Referral) -> str:
    return str(TOLD_SHORTLY[Progress(referral.progress)])


def steps_of(referral: Referral) -> list[Step]:
    """What happened, the newest first."""
    return [
        _step(event, receiver_of(referral)) for event in referral.events.select_related("by").order_by("-at", "-pk")
    ]


def _step(event: ReferralEvent, receiver: str) -> Step:
    return Step(
        words=str(SAID[Progress(event.became)]) % {"receiver": receiver},
        at=moment_in_words(event.at),
        how=str(event.get_via_display()),
        reason=str(SAID_NO[DeclineReason(event.reason)]) if event.reason else "",
        said=event.words,
        by=event.by.get_full_name() or event.by.get_username() if event.by else "",
    )


def waits_since(referral: Referral) -> str:
    """ "3 days without an answer", while nobody answers."""
    if referral.progress not in {Progress.SENT, Progress.SEEN} or referral.sent_at is None:
        return ""
    days = (timezone.localdate() - timezone.localdate(referral.sent_at)).days
    if days < 1:
        return ""
    return gettext("1 day without an answer") if days == 1 else gettext("%(n)s days without an answer") % {"n": days}
