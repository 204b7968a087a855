"""What became of what somebody asked for themselves: by their code and the number or address that they gave."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.guessing import begin_try, forget_tries
from referrals.looks import look
from referrals.models import Referral, Via
from referrals.progress import OPEN, MoveNotAllowed, Progress
from referrals.referring.coordinators import PAGES
from referrals.referring.forms import OwnForm
from referrals.referring.own_code import is_theirs, read_code, referral_of
from referrals.referring.telling import so_far, so_far_shortly
from referrals.referring.withdrawing import withdraw_referral

AT = "own request"


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    form = OwnForm(request.POST if request.method == "POST" else None)
    referral = _found(request, form) if form.is_valid() else None
    if referral is None:
        return render(request, f"{PAGES}/own.html", {"form": form})
    look(request, referral, what="opened", why="own-code")
    if request.POST.get("step") == "withdraw":
        referral = _take_back(referral)
    context = {"form": form, "referral": referral, "is_open": referral.progress in OPEN, "words": so_far(referral)}
    context["heading"] = so_far_shortly(referral)
    return render(request, f"{PAGES}/own_request.html", context)


def _found(request: HttpRequest, form: OwnForm) -> Referral | None:
    """Theirs, when both are right; else the form says so, and not which of the two was wrong."""
    code = read_code(form.cleaned_data["code"])
    # What cannot be a code costs nothing, and so makes nobody wait.
    if code and begin_try(request, code, at=AT):
        form.add_error(None, _("That was wrong too often. Try again in an hour, or ring us."))
        return None
    referral = referral_of(code)
    taken_back = referral is not None and referral.progress == Progress.WITHDRAWN
    if referral is None or not (taken_back or is_theirs(referral, form.cleaned_data["contact"])):
        form.add_error(None, _("We cannot find that. Look again at the code, and at the number or address you gave."))
        return None
    forget_tries(request, code, at=AT)
    return referral


def _take_back(referral: Referral) -> Referral:
    try:
        return withdraw_referral(referral, via=Via.PERSON, words=_("Taken back by the person, on this site."))
    except MoveNotAllowed:
        # It was taken back, or has ended, in the meantime: the page says which.
        referral.refresh_from_db()
        return referral
