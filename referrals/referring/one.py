"""The page of one referral, and what its coordinator may undo."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.doors import only
from accounts.roles import Role
from accounts.rules import is_coordinator
from referrals.answering.references import short
from referrals.looks import look
from referrals.messages.addressees import provider_link
from referrals.models import Consent, ProviderToRing, Referral, Via
from referrals.models.consents import ConsentQuerySet, Purpose
from referrals.progress import NEXT, MoveNotAllowed, Progress, ReferralProblem
from referrals.referring.coordinators import PAGES
from referrals.referring.forms import WhyForm, YesForm
from referrals.referring.giving import say_yes
from referrals.referring.needs import needs_in_words
from referrals.referring.reading import read_out
from referrals.referring.telling import receiver_of, steps_of, waits_since, ways_of
from referrals.referring.withdrawing import enter_in_error, withdraw_consent, withdraw_referral
from referrals.signed_out import keeps_what_was_typed

Undo = Callable[[HttpRequest, Referral, str], None]


def held(request: HttpRequest, key: str) -> Referral:
    """A referral of somebody that this member of staff sees; the look is written down."""
    all_held = Referral.objects.held_by(request.user).select_related("person", "provider", "asset", "conversation")
    referral = get_object_or_404(all_held, key=key)
    look(request, referral, what="opened")
    return referral


@only(Role.COORDINATOR, Role.ADMINISTRATOR)
def referral(request: HttpRequest, key: str) -> HttpResponse:
    """What was shared, where it has got to, what they agreed to, and what may be done next."""
    found = held(request, key)
    progress = Progress(found.progress)
    context = {
        "referral": found,
        "person": found.person,
        "reference": short(found.key),
        "receiver": receiver_of(found),
        "lines": needs_in_words(found.needs),
        "steps": steps_of(found),
        "waits": waits_since(found),
        "consents": _consents(found).select_related("wording", "taken_by", "provider"),
        "results": found.results.all(),
        "acts": is_coordinator(request.user),
        "more_to_ask": bool(_not_yet(found)),
        "may": {one.value.replace("-", "_") for one in NEXT[progress]},
        "ways": ways_of(found),
    }
    return render(request, f"{PAGES}/referral.html", context)


def _consents(found: Referral) -> ConsentQuerySet:
    """The yes that it stands on, and those that concern the council itself."""
    of_person = Consent.objects.filter(person=found.person_id)
    return of_person.filter(Q(pk=found.consent_id) | ~Q(purpose=Purpose.SHARE))


@keeps_what_was_typed
@only(Role.COORDINATOR, Role.ADMINISTRATOR)
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    found = held(request, key)
    return _undo(request, found, page="withdraw", done=_("It is taken back."), undo=_withdraw)


@keeps_what_was_typed
@only(Role.COORDINATOR, Role.ADMINISTRATOR)
def mistake(request: HttpRequest, key: str) -> HttpResponse:
    found = held(request, key)
    return _undo(request, found, page="mistake", done=_("It is marked as entered in error."), undo=_mistake)


@keeps_what_was_typed
@only(Role.COORDINATOR, Role.ADMINISTRATOR)
def consent_withdrawn(request: HttpRequest, key: str, consent: str) -> HttpResponse:
    """They take one yes back."""
    found = held(request, key)
    theirs = get_object_or_404(_consents(found), key=consent)
    if theirs.withdrawn_at:
        messages.info(request, _("They have taken it back already."))
        return redirect("referrals:referral", found.key)

    def undo(request: HttpRequest, _found: Referral, words: str) -> None:
        withdraw_consent(theirs, via=Via.COORDINATOR, by=request.user, words=words)

    more = {"consent": theirs, "shares": theirs.purpose == Purpose.SHARE}
    return _undo(request, found, page="withdraw_consent", done=_("Written down: they took it back."), undo=undo, **more)


@keeps_what_was_typed
@only(Role.COORDINATOR, Role.ADMINISTRATOR)
def consent_given(request: HttpRequest, key: str) -> HttpResponse:
    """They say yes to something more: to being asked how it went, or to their story being told."""
    found = held(request, key)
    if request.POST.get("purpose") in _said(found):
        # Pressed twice.
        return redirect("referrals:referral", found.key)
    open_to = _not_yet(found)
    reading = read_out(receiver_of(found), found.provider)
    form = YesForm(request.POST if request.method == "POST" else None, purposes=open_to, mark=reading.mark)
    if form.is_valid() and found.person is not None:
        say_yes(found.person, **form.yes, by=request.user)
        messages.success(request, _("Written down: they said yes."))
        return redirect("referrals:referral", found.key)
    asked = [reading.words[purpose] for purpose, _label in open_to]
    context = {"referral": found, "person": found.person, "form": form, "read_out": asked}
    return render(request, f"{PAGES}/consent_given.html", context)


def _not_yet(found: Referral) -> list[tuple[str, str]]:
    said = _said(found)
    purposes = {Purpose.CONTACT: _("Being asked how it went"), Purpose.STORY: _("Having their story told")}
    return [(one.value, words) for one, words in purposes.items() if one.value not in said]


def _said(found: Referral) -> set[str]:
    """What they have said yes to."""
    return set(_consents(found).standing().values_list("purpose", flat=True))


def _undo(request: HttpRequest, found: Referral, *, page: str, done: str, undo: Undo, **more: object) -> HttpResponse:
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            undo(request, found, form.cleaned_data["words"])
        except ReferralProblem as problem:
            if not is_done(problem):
                form.add_error(None, str(problem))
        if not form.errors:
            messages.success(request, done)
            if ProviderToRing.objects.to_do().filter(referral=found).exists():
                messages.warning(request, _("They cannot be written to: they are among the providers to ring."))
            return redirect("referrals:referral", found.key)
    context = {
        "referral": found,
        "person": found.person,
        "receiver": receiver_of(found),
        "written_to": not provider_link(found).is_none,
        "form": form,
        **more,
    }
    return render(request, f"{PAGES}/{page}.html", context)


def is_done(problem: ReferralProblem) -> bool:
    """Whether it was pressed twice: it stands already as it was to."""
    return isinstance(problem, MoveNotAllowed) and problem.was == problem.became


def _withdraw(request: HttpRequest, found: Referral, words: str) -> None:
    withdraw_referral(found, via=Via.COORDINATOR, by=request.user, words=words)


def _mistake(request: HttpRequest, found: Referral, words: str) -> None:
    enter_in_error(found, by=request.user, words=words)
