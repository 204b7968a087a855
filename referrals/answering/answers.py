"""The page of one referral as whoever received it sees it, and what they press there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.guessing import begin_try
from referrals.answering.moves import OWN, MoveForm, answer, choices, sent_form
from referrals.answering.references import short
from referrals.looks import look
from referrals.messages import owe
from referrals.messages.senders import sender_of
from referrals.models import MessageKind, Referral, Via
from referrals.progress import Progress
from referrals.referring.needs import needs_in_words

CONFLICT = 409
CLOSED = {
    Progress.WITHDRAWN: gettext_lazy("This has been withdrawn"),
    Progress.ENTERED_IN_ERROR: gettext_lazy("This was sent by mistake"),
    Progress.DECLINED: gettext_lazy("This was declined"),
    Progress.ENDED: gettext_lazy("This has ended"),
}
# Said when it was answered, and there is more to say another day; the others close it.
KEPT = {
    Progress.ACCEPTED: gettext_lazy("Thank you. When you have reached them, come back and say so here."),
    Progress.IN_CONTACT: gettext_lazy("Thank you. When it has ended, come back and say so here."),
    Progress.ON_HOLD: gettext_lazy("Thank you. When it goes on, come back and say so here."),
}


def show(
    request: HttpRequest, referral: Referral, *, why: str, problem: str = "", tried: MoveForm | None = None
) -> HttpResponse:
    """What the person wants shared, and what can be said now."""
    if not referral.is_open:
        return has_closed(request, referral, problem=problem)
    look(request, referral, what="opened", why=why)
    known = {
        "referral": referral,
        "rows": shared_rows(referral),
        "choices": choices(referral, OWN, tried=tried),
        "form": tried,
        "problem": problem,
        "reference": short(referral.key),
        "sender": sender_of(referral.council),
    }
    return render(request, "referrals/answering/one.html", known, status=CONFLICT if problem else 200)


def has_closed(request: HttpRequest, referral: Referral, *, problem: str = "") -> HttpResponse:
    """Nothing of the person any more."""
    known = {
        "title": CLOSED.get(Progress(referral.progress), CLOSED[Progress.WITHDRAWN]),
        "may_be_mistaken": referral.progress in {Progress.DECLINED, Progress.ENDED},
        "reference": short(referral.key),
        "problem": problem,
        "sender": sender_of(referral.council),
    }
    return render(request, "referrals/answering/closed.html", known, status=CONFLICT if problem else 200)


def shared_rows(referral: Referral) -> list[dict[str, Any]]:
    """For a summary list."""
    return [{"key": {"text": one.label}, "value": {"text": one.words}} for one in needs_in_words(referral.needs)]


def reply(request: HttpRequest, referral: Referral, *, via: Via, why: str = "by-link") -> HttpResponse:
    """Do what was pressed, and show what stands now."""
    if "mistaken" in request.POST:
        return tell_mistaken(request, referral)
    form = sent_form(request.POST, OWN)
    if form is None:
        return show(request, referral, why=why, problem=_("Choose what happens now."))
    if not form.is_valid():
        return show(request, referral, why=why, tried=form)
    answered = answer(referral, form.cleaned_data, via=via, by=request.user if request.user.is_authenticated else None)
    referral.refresh_from_db()
    if not answered.stands:
        return show(request, referral, why=why, problem=answered.problem)
    if said := KEPT.get(Progress(referral.progress)):
        messages.success(request, said)
    return redirect(request.path)


def tell_mistaken(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Nothing is undone by who pressed the wrong button; the coordinator hears of it."""
    if not begin_try(request, referral.key, at="mistaken answers"):
        owe(MessageKind.PROVIDER_MISTAKEN, referral=referral)
    return render(request, "referrals/answering/mistaken.html", {"sender": sender_of(referral.council)})
