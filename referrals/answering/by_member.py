"""Answering with an account: what was sent to the providers that somebody is a member of."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.doors import only
from accounts.roles import Role
from referrals.answering.answers import reply, show
from referrals.answering.moves import mark_seen
from referrals.looks import look
from referrals.models import Referral, Via
from referrals.signed_out import keeps_what_was_typed

ON_A_PAGE = 50
WHY = "own-provider"


@only(Role.PROVIDER)
@never_cache
@require_safe
def my_referrals(request: HttpRequest) -> HttpResponse:
    """Those that are open, the longest waiting first."""
    found = Referral.objects.sent_to(request.user).open().order_by("sent_at", "pk")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    look(request, Referral, what="listed", why=WHY)
    return render(request, "referrals/answering/my_referrals.html", {"page": page})


@keeps_what_was_typed
@only(Role.PROVIDER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_referral(request: HttpRequest, key: str) -> HttpResponse:
    received = Referral.objects.sent_to(request.user).select_related("asset", "provider", "council", "person")
    referral = get_object_or_404(received, key=key)
    if request.method == "POST":
        return reply(request, referral, via=Via.MEMBER, why=WHY)
    mark_seen(referral, via=Via.MEMBER, by=request.user)
    referral.refresh_from_db(fields=["progress"])
    return show(request, referral, why=WHY)
