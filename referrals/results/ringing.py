"""People to ring back: the list, the oldest promise first, and what is done about each."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from directory.words import day_in_words
from referrals.looks import look
from referrals.models import RingBack, Statement
from referrals.progress import ReferralProblem
from referrals.results.forms import AgainForm, DoneForm
from referrals.results.questions import Scale
from referrals.results.ring_backs import mark_done, promise_again, promise_in_words
from referrals.results.staff import ON_A_PAGE, coordinators
from referrals.signed_out import keeps_what_was_typed


@coordinators
@require_safe
def ring_backs(request: HttpRequest) -> HttpResponse:
    found = RingBack.objects.visible_to(request.user).promised().select_related("person", "result__referral")
    look(request, RingBack, what="ring-backs")
    page, today = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")), timezone.localdate()
    rows = [{"one": one, "promise": promise_in_words(one, today), "late": one.promised_for < today} for one in page]
    return render(request, "referrals/results/ring_backs.html", {"rows": rows, "page": page})


@keeps_what_was_typed
@coordinators
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ring_back(request: HttpRequest, key: str) -> HttpResponse:
    mine = RingBack.objects.visible_to(request.user).select_related("person", "result__referral", "done_by")
    one = get_object_or_404(mine, key=key)
    done, again = DoneForm(prefix="done"), AgainForm(prefix="again")
    if request.method == "POST" and request.POST.get("what") == "again":
        again = AgainForm(request.POST, prefix="again")
        if again.is_valid() and (answer := try_to(request, again, one)):
            return answer
    elif request.method == "POST":
        done = DoneForm(request.POST, prefix="done")
        if done.is_valid() and (answer := try_to(request, done, one)):
            return answer
    look(request, one.person, what="ring-back")
    context = {
        "one": one,
        "person": one.person,
        "promise": promise_in_words(one, timezone.localdate()),
        "said": statements_in_words(one),
        "done_form": done,
        "again_form": again,
        "form": again if again.is_bound else done,
    }
    return render(request, "referrals/results/ring_back.html", context)


def try_to(request: HttpRequest, form: DoneForm | AgainForm, one: RingBack) -> HttpResponse | None:
    """Do what the form says; when that cannot be, the form says why."""
    given: dict[str, Any] = form.cleaned_data
    try:
        if isinstance(form, AgainForm):
            kept = promise_again(one, day=form.on, why=given["why"], by=request.user)
            messages.success(request, _("Promised for %(day)s.") % {"day": day_in_words(kept.promised_for)})
        else:
            mark_done(one, words=given["words"], by=request.user)
            messages.success(request, _("Kept. They are off the list."))
    except ReferralProblem as problem:
        form.add_error("day" if isinstance(form, AgainForm) else None, str(problem))
        return None
    return redirect("referrals:ring_backs")


def statements_in_words(one: RingBack) -> list[tuple[str, str]]:
    """What somebody made of each statement that they answered."""
    said = one.result.statements if one.result else {}
    return [(str(each.label), str(Scale(said[each]).label)) for each in Statement if said.get(each) in Scale.values]
