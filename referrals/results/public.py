"""Where a person says how it went: by a link, or by the code on a slip. No account, and looking changes nothing."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.guessing import begin_try, take_back_try
from directory.words import day_in_words
from referrals.looks import look
from referrals.models import Result, ResultAsk
from referrals.models.results import How
from referrals.results.about import about_in_words
from referrals.results.codes import LONGEST_TYPED, NotACode, read_code
from referrals.results.forms import CodeForm, ResultForm
from referrals.results.links import LONGEST_LINK, NothingThere, ask_of_code, ask_of_link
from referrals.results.questions import Ring
from referrals.results.recording import NotAskedAnyMore, TooLate, may_change, promised, record_result

CODES = "codes of slips"


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def how_did_it_go(request: HttpRequest) -> HttpResponse:
    link = (request.POST.get("link") or request.GET.get("link", ""))[: LONGEST_LINK + 1]
    if link:
        return by_link(request, link)
    if request.method == "POST":
        return by_code(request, request.POST.get("slip", "")[: LONGEST_TYPED + 1])
    # From the square code: it fills the box, and whoever holds the slip presses the button.
    form = CodeForm(initial={"slip": request.GET.get("code", "")[:LONGEST_TYPED]})
    return render(request, "referrals/results/code.html", {"form": form})


def by_link(request: HttpRequest, link: str) -> HttpResponse:
    try:
        ask = ask_of_link(link)
    except NothingThere:
        return over(request)
    return questions(request, ask, {"link": link}, via=How.TEXT if ask.how == How.TEXT else How.LINK)


def by_code(request: HttpRequest, typed: str) -> HttpResponse:
    """Codes that cannot be one are told apart without looking; the others are tries, and few are free."""
    try:
        code = read_code(typed)
        if wait := begin_try(request, whose(request), at=CODES):
            return code_again(request, typed, wait_in_words(wait.total_seconds()), status=429)
        ask = ask_of_code(code)
    except NotACode as problem:
        return code_again(request, typed, str(problem))
    except NothingThere:
        return code_again(request, typed, _("We do not know that code, or it is too old. You can ring us instead."))
    take_back_try(request, whose(request), at=CODES)
    return questions(request, ask, {"slip": code}, via=How.SLIP)


def questions(request: HttpRequest, ask: ResultAsk, opened_by: dict[str, str], *, via: How) -> HttpResponse:
    """The questions, or what stands when they were answered already, to be changed for a week."""
    result = Result.objects.filter(ask=ask).first()
    if result:
        # What was said before is shown, to be changed.
        look(request, result, what="opened-answers", why="own-slip" if via == How.SLIP else "own-link")
    context: dict[str, Any] = {"about": about_in_words(ask.referral), "opened_by": opened_by, "result": result}
    if result and not may_change(result):
        return render(request, "referrals/results/answered.html", context)
    sent = request.POST if request.POST.get("step") == "answers" else None
    form = ResultForm(sent, result=result)
    if not form.is_valid():
        return render(request, "referrals/results/questions.html", {**context, "form": form})
    try:
        kept = record_result(ask.referral, form.answers, via=via, ask=ask, taken_by=typist(request))
    except TooLate:
        return render(request, "referrals/results/answered.html", context)
    except NotAskedAnyMore:
        return over(request)
    messages.success(request, thanks_in_words(kept, form.answers.ring))
    return redirect("referrals:result_kept")


def over(request: HttpRequest) -> HttpResponse:
    """For what opens nothing, or does not any more."""
    return render(request, "referrals/results/over.html", {"form": CodeForm()}, status=404)


def typist(request: HttpRequest) -> Any:
    """Whoever types what came back on paper; nobody, when the person answers."""
    return request.user if request.user.is_authenticated else None


def thanks_in_words(result: Result, ring: str) -> str:
    ring_back = promised(result)
    if ring_back is None or ring == Ring.NO:
        return _("Thank you. What you said is kept, and it helps.")
    day = day_in_words(max(ring_back.promised_for, timezone.localdate()))
    return _("Thank you. Somebody will ring you by %(day)s.") % {"day": day}


def code_again(request: HttpRequest, typed: str, problem: str, status: int = 200) -> HttpResponse:
    form = CodeForm({"slip": typed})
    form.add_error("slip", problem)
    return render(request, "referrals/results/code.html", {"form": form}, status=status)


def wait_in_words(seconds: float) -> str:
    minutes = int(seconds // 60) + 1
    return ngettext(
        "Several codes were wrong. Please wait a minute, then try again. Or ring us.",
        "Several codes were wrong. Please wait %(n)s minutes, then try again. Or ring us.",
        minutes,
    ) % {"n": minutes}


def whose(request: HttpRequest) -> str:
    """Tries are counted for each line to the internet, and for each account of staff."""
    if request.user.is_authenticated:
        return f"account {request.user.pk}"
    household: str = import_string(settings.HOUSEHOLD)(request.META["REMOTE_ADDR"])
    return household


@never_cache
@require_safe
def result_kept(request: HttpRequest) -> HttpResponse:
    return render(request, "referrals/results/kept.html")
