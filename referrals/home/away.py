"""Being away, and handing people over."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.doors import only
from accounts.roles import Role
from accounts.rules import is_administrator
from referrals.home.covering import current_and_coming, end_cover, stand_in
from referrals.home.forms import AwayForm, HandOverForm
from referrals.home.handing_over import Plan, counts_of, hand_over
from referrals.home.loads import loads_of
from referrals.home.problems import ChangedSince, CoverProblem
from referrals.home.words import staff_name
from referrals.models import Cover, HandingOver

SHOWN = 10


@only(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_safe
def handing_over(request: HttpRequest) -> HttpResponse:
    """Who is away, what was handed over, and, to an administrator, who has how many people."""
    on = timezone.localdate()
    done = HandingOver.objects.visible_to(request.user).select_related("giver", "receiver", "team", "by")[:SHOWN]
    told: dict[str, Any] = {"on": on, "covers": current_and_coming(request.user, on=on), "done": done}
    if is_administrator(request.user):
        told["loads"] = loads_of(request.user)
    return render(request, "referrals/home/handing_over.html", told)


@only(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def be_away(request: HttpRequest) -> HttpResponse:
    form = AwayForm(posted(request), user=request.user)
    if form.is_valid():
        given = form.cleaned_data
        away = given.pop("away", request.user)
        try:
            cover = stand_in(away=away, said_by=request.user, **given)
        except CoverProblem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("%(name)s stands in. Both of you are told.") % {"name": staff_name(cover.by)})
            return redirect("referrals:handing_over")
    return render(request, "referrals/home/be_away.html", {"form": form})


@only(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, number: int) -> HttpResponse:
    cover = get_object_or_404(Cover.objects.visible_to(request.user), pk=number)
    if request.method != "POST":
        return redirect("referrals:handing_over")
    end_cover(cover, by=request.user)
    messages.success(request, _("Nobody stands in any more."))
    return redirect("referrals:handing_over")


@only(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_people_over(request: HttpRequest) -> HttpResponse:
    """Asked, then shown how many it is, then done: what is done is what was shown."""
    form = HandOverForm(posted(request), user=request.user, initial={"giver": request.GET.get("from", "")})
    if not form.is_valid():
        return render(request, "referrals/home/hand_over.html", {"form": form})
    plan, problem = form.plan(), ""
    if "seen" in request.POST:
        try:
            return handed_over(request, hand_over(plan, seen=request.POST["seen"], on=timezone.localdate()))
        except ChangedSince as changed:
            problem = str(changed)
    return render(request, "referrals/home/hand_over_preview.html", {**preview(plan), "form": form, "problem": problem})


def posted(request: HttpRequest) -> Any:
    """What a form sent, however little."""
    return request.POST if request.method == "POST" else None


def preview(plan: Plan) -> dict[str, Any]:
    receiver = plan.team.name if plan.team else staff_name(plan.receiver)
    return {
        "counts": counts_of(plan, on=timezone.localdate()),
        "plan": plan,
        "giver": staff_name(plan.giver),
        "receiver": receiver,
    }


def handed_over(request: HttpRequest, done: HandingOver) -> HttpResponse:
    words = ngettext("%(n)s person was handed over.", "%(n)s people were handed over.", done.people + done.closed)
    messages.success(request, words % {"n": done.people + done.closed})
    return redirect("referrals:handing_over")
