"""Providers who cannot be written to: rung, asked to delete what they were told, and ticked off."""

from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.doors import only
from accounts.roles import Role
from directory.words import date_in_words, phone_in_words, phone_link
from referrals.answering.references import short
from referrals.home.doors import door
from referrals.looks import look
from referrals.messages.addressees import provider_phone
from referrals.models import ProviderToRing
from referrals.models.providers_to_ring import ProviderToRingQuerySet
from referrals.referring.telling import receiver_of

ON_A_PAGE = 50
ABOUT = ("referral__asset", "referral__provider")


class Call(NamedTuple):
    key: str
    name: str
    words: str
    phone: str
    phone_link: str
    # Where it says whom it is about; blank when they are erased.
    url: str


@only(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def providers_to_ring(request: HttpRequest) -> HttpResponse:
    seen = ProviderToRing.objects.visible_to(request.user)
    if request.method == "POST":
        return tick_off(request, seen)
    look(request, ProviderToRing, what="listed")
    page = Paginator(seen.to_do().select_related(*ABOUT), ON_A_PAGE).get_page(request.GET.get("page"))
    told = {"page": page, "calls": [call_of(one) for one in page]}
    return render(request, "referrals/home/providers_to_ring.html", told)


def tick_off(request: HttpRequest, seen: ProviderToRingQuerySet) -> HttpResponse:
    """Whoever rang first is written down."""
    key = request.POST.get("key", "")
    # No database takes every character that a browser can send.
    rung = seen.to_do().filter(key=key if key.isalnum() else "")
    if rung.order_by().update(done_at=timezone.now(), done_by=request.user):
        messages.success(request, _("Ticked off: they were asked to delete what they were told."))
    else:
        messages.error(request, _("That one is off the list already. Nothing was changed."))
    return redirect("referrals:providers_to_ring")


def call_of(one: ProviderToRing) -> Call:
    referral = one.referral
    number = provider_phone(referral)
    return Call(
        key=one.key,
        name=receiver_of(referral),
        words=about_in_words(one),
        phone=phone_in_words(number),
        phone_link=phone_link(number),
        url=door("referral", referral.key) if referral.person_id else "",
    )


def about_in_words(one: ProviderToRing) -> str:
    """“Riverside Lunch Club, 27 November 2026, reference 2k7m-9xqd”."""
    referral = one.referral
    on = timezone.localdate(referral.sent_at or referral.made_at)
    told = {"asset": referral.asset_name, "day": date_in_words(on), "reference": short(referral.key)}
    return _("%(asset)s, %(day)s, reference %(reference)s") % told
