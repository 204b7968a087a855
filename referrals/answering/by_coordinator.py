"""What a coordinator does about an answer: writes down what was said by phone, reads out a code, sends another link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.doors import only
from accounts.roles import Role
from directory.words import phone_in_words, phone_link
from referrals.answering.answers import CONFLICT
from referrals.answering.links import give_code
from referrals.answering.moves import TOLD, MoveForm, answer, choices, sent_form
from referrals.answering.references import short
from referrals.looks import look
from referrals.messages import owe
from referrals.messages.addressees import provider_phone
from referrals.messages.senders import sender_of
from referrals.models import MessageKind, Referral, Via
from referrals.progress import Progress
from referrals.signed_out import keeps_what_was_typed


def held(request: HttpRequest, key: str) -> Referral:
    """One of a person whom somebody sees; others' are not there."""
    found = Referral.objects.held_by(request.user).select_related("asset", "provider", "council", "person")
    return get_object_or_404(found, key=key)


@keeps_what_was_typed
@only(Role.COORDINATOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rang(request: HttpRequest, key: str) -> HttpResponse:
    """Any move that the provider could make, as they said it on the phone."""
    referral = held(request, key)
    if request.method != "POST":
        return ask_what_they_said(request, referral)
    form = sent_form(request.POST, TOLD)
    if form is None:
        return ask_what_they_said(request, referral, problem=_("Choose what they said."))
    if not form.is_valid():
        return ask_what_they_said(request, referral, tried=form)
    answered = answer(referral, form.cleaned_data, via=Via.RANG, by=request.user)
    referral.refresh_from_db()
    if not answered.stands:
        return ask_what_they_said(request, referral, problem=answered.problem)
    messages.success(request, _("What they said is written down."))
    if referral.progress == Progress.DECLINED:
        return redirect("referrals:next_best", referral.key)
    return redirect("referrals:referral", referral.key)


def ask_what_they_said(
    request: HttpRequest, referral: Referral, *, problem: str = "", tried: MoveForm | None = None
) -> HttpResponse:
    look(request, referral, what="rang-about")
    number = provider_phone(referral)
    known = {
        "referral": referral,
        "choices": choices(referral, TOLD, tried=tried),
        "form": tried,
        "problem": problem,
        "reference": short(referral.key),
        "phone": phone_in_words(number),
        "phone_link": phone_link(number),
    }
    return render(request, "referrals/answering/rang.html", known, status=CONFLICT if problem else 200)


@only(Role.COORDINATOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def read_out(request: HttpRequest, key: str) -> HttpResponse:
    """A code to read out, shown this once; another takes its place."""
    referral = held(request, key)
    look(request, referral, what="opened")
    code = give_code(referral) if request.method == "POST" and referral.is_open else ""
    typed_at = sender_of(referral.council).link("referrals:answer").partition("://")[2]
    known = {"referral": referral, "code": code, "reference": short(referral.key), "typed_at": typed_at}
    return render(request, "referrals/answering/read_out.html", known)


@only(Role.COORDINATOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send_again(request: HttpRequest, key: str) -> HttpResponse:
    """Another link to the provider's own address."""
    referral = held(request, key)
    if request.method != "POST" or not referral.is_open:
        look(request, referral, what="opened")
        return render(request, "referrals/answering/send_again.html", {"referral": referral})
    owe(MessageKind.PROVIDER_ASKED, referral=referral)
    messages.success(request, _("Another link is on its way to them."))
    return redirect("referrals:referral", referral.key)
