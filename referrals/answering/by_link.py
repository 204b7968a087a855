"""Answering without an account: a link or a reference, and a code that came another way. Looking changes nothing:
programs that check mail open links too."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.guessing import begin_try
from accounts.serving import council_served
from referrals.answering.answers import has_closed, reply, show, tell_mistaken
from referrals.answering.forms import CodeForm, ReferenceForm
from referrals.answering.links import link_of, use_code
from referrals.answering.moves import mark_seen
from referrals.answering.passes import let_answer, may_answer
from referrals.answering.references import referral_called
from referrals.messages import owe
from referrals.messages.addressees import provider_code
from referrals.messages.senders import sender_of
from referrals.models import MessageKind, Referral, Via

KINDS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(KINDS)
@sensitive_post_parameters("link", "code", "reference")
def answer(request: HttpRequest) -> HttpResponse:
    """The door: by a link, or by hand."""
    token = request.POST.get("link") or request.GET.get("link")
    return by_link(request, token) if token else by_hand(request)


def by_link(request: HttpRequest, token: str) -> HttpResponse:
    link = link_of(token)
    if link is None or not is_served_here(link.referral):
        return over(request)
    referral = link.referral
    if not referral.is_open:
        return tell_mistaken(request, referral) if "mistaken" in request.POST else has_closed(request, referral)
    if request.method != "POST":
        return ask_for_code(request, token, referral)
    if "text" in request.POST:
        return text_code(request, token, referral)
    return try_code(request, token, referral)


def try_code(request: HttpRequest, token: str, referral: Referral) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        if use_code(referral, form.cleaned_data["code"]):
            return let_in(request, referral)
        if link_of(token) is None:
            return over(request)
        form.add_error("code", _("That is not the code, or it is too old. After five wrong ones the link closes."))
    return ask_for_code(request, token, referral, form=form)


def by_hand(request: HttpRequest) -> HttpResponse:
    """Whatever is wrong, the answer is the same."""
    form = ReferenceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        referral = referral_called(form.cleaned_data["reference"])
        if referral is not None and not is_served_here(referral):
            referral = None
        if use_code(referral, form.cleaned_data["code"]) and referral is not None:
            return let_in(request, referral)
        form.add_error(None, _("That reference and that code do not go together, or the code is too old. Ring us."))
    return render(request, "referrals/answering/by_hand.html", {"form": form})


def ask_for_code(
    request: HttpRequest, token: str, referral: Referral, *, form: CodeForm | None = None, told: str = ""
) -> HttpResponse:
    known = {
        "form": form or CodeForm(),
        "token": token,
        "by_text": not provider_code(referral).is_none,
        "sender": sender_of(referral.council),
        "told": told,
    }
    return render(request, "referrals/answering/by_link.html", known)


def text_code(request: HttpRequest, token: str, referral: Referral) -> HttpResponse:
    """However often somebody presses, the phone that is listed does not ring all day."""
    if begin_try(request, referral.key, at="codes of answers"):
        told = _("Several codes were sent already. Use the last one, wait a few minutes, or ring us.")
    else:
        owe(MessageKind.PROVIDER_CODE, referral=referral)
        told = _("A code is on its way to the mobile phone that is listed for you.")
    return ask_for_code(request, token, referral, told=told)


def let_in(request: HttpRequest, referral: Referral) -> HttpResponse:
    mark_seen(referral, via=Via.LINK)
    response = redirect("referrals:answer_one", referral.key)
    let_answer(request, response, referral)
    return response


@never_cache
@require_http_methods(KINDS)
def answer_one(request: HttpRequest, key: str) -> HttpResponse:
    """The referral itself, for a browser that gave the code within the hour."""
    referral = Referral.objects.filter(key=key).select_related("asset", "provider", "council", "person").first()
    if referral is None or not is_served_here(referral) or not may_answer(request, referral):
        return redirect("referrals:answer")
    if request.method == "POST":
        return reply(request, referral, via=Via.LINK)
    return show(request, referral, why="by-link")


def is_served_here(referral: Referral) -> bool:
    """Whether the site that was asked is that of the referral's council."""
    served = council_served()
    return referral.council_id == (served.number if served else None)


def over(request: HttpRequest) -> HttpResponse:
    """For a link that never was, and for one that was."""
    return render(request, "referrals/answering/link_over.html", status=404)
