"""Conversations: begin one, listen, look at it again, print the plan, and act when somebody is in danger."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from accounts.doors import only
from accounts.roles import Role
from directory.models import Asset
from directory.printing import size_asked
from directory.signals import listings_given
from referrals.conversations import boxes
from referrals.conversations.browser_keys import browser_keys, kept_as
from referrals.conversations.crisis import CrisisForm, note_crisis
from referrals.conversations.offers import help_now
from referrals.conversations.page import START, conversation_context, told
from referrals.conversations.plan import plan_of, plan_pdf
from referrals.conversations.saving import Saved, save
from referrals.conversations.starting import StartForm, begun_under, start_with_known, start_with_new
from referrals.looks import look
from referrals.models import Conversation, Offer, Person
from referrals.models.conversations import REVIEW_QUESTIONS
from referrals.models.sealed import new_key
from referrals.signed_out import keeps_what_was_typed, wants_json

ENTERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
FRAGMENTS = {"near": "near", "finish": "after"}


@keeps_what_was_typed
@only(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Who it is with. Somebody who is known by that reference is offered before a second is made."""
    if chosen := request.POST.get("person"):
        # No database takes every character that a browser can send.
        people = Person.objects.visible_to(request.user)
        person = get_object_or_404(people, key=chosen if chosen.isalnum() else "")
        look(request, person, what="conversation")
        begun = start_with_known(person, kind=Conversation.Kind.FIRST, by=request.user)
        return redirect("referrals:conversation", begun.key)
    form = StartForm(request.POST if request.method == "POST" else None, initial={"key": new_key()})
    known: list[Person] = []
    if form.is_valid():
        said = form.cleaned_data
        if begun_under(said["key"], by=request.user) is None:
            known = list(Person.objects.visible_to(request.user).referenced(said["reference"]))
        if not known:
            made = start_with_new(**said, by=request.user)
            look(request, made, what="conversation")
            return redirect("referrals:conversation", made.key)
        for person in known:
            look(request, person, what="same-reference")
    keys = " ".join(browser_keys(request.user, START))
    context = {"form": form, "known": known, "keep_name": kept_as(request.user, START), "keep_keys": keys}
    return private(render(request, "referrals/conversations/start.html", context))


@keeps_what_was_typed
@only(*ENTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: HttpRequest, key: str) -> HttpResponse:
    """The page that is filled while listening; what is sent to it is saved."""
    held = found(request, key)
    look(request, held, what="conversation")
    if request.method != "POST":
        return shown(request, Saved(held, boxes.read(held, held.offers.all())))
    sent, was = read_sent(request), read_marks(request.POST.get("was", ""))
    saved = save(held, sent, was=was, by=request.user, finish="yes" if request.POST.get("do") == "finish" else "")
    if wants_json(request):
        return private(JsonResponse(told(request, saved, sent, was)))
    if saved.clashes:
        return shown(request, saved)
    pressed = "list" if {"put", "off"} & request.POST.keys() else FRAGMENTS.get(request.POST.get("do", ""), "")
    address = reverse("referrals:conversation", args=[held.key])
    return redirect(f"{address}#{pressed}" if pressed else address)


def found(request: HttpRequest, key: str) -> Conversation:
    """A conversation that somebody may see; of anybody else's there is no such page."""
    visible = Conversation.objects.visible_to(request.user).select_related("person")
    return get_object_or_404(visible.filter(person__erased_at=None), key=key)


def shown(request: HttpRequest, saved: Saved) -> HttpResponse:
    return private(render(request, "referrals/conversations/conversation.html", conversation_context(request, saved)))


def private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response


def read_sent(request: HttpRequest) -> dict[str, str]:
    """What stands in the boxes that were sent, and what a button changed of the shortlist."""
    # Of a tick and the empty box before it the last counts.
    sent = {name: str(request.POST[name]) for name in request.POST}
    put, off = request.POST.get("put", ""), request.POST.get("off", "")
    if put.isascii() and put.isdigit():
        sent |= {f"state-{put}": Offer.State.SHORTLISTED.value, f"why-{put}": request.POST.get(f"found-{put}", "")}
    if off.isascii() and off.isdigit():
        sent[f"state-{off}"] = ""
    return sent


def read_marks(text: str) -> dict[str, str]:
    """The marks that a page was made with; what makes no sense is left out."""
    try:
        marks = json.loads(text)
    except ValueError:
        return {}
    return {name: mark for name, mark in marks.items() if isinstance(mark, str)} if isinstance(marks, dict) else {}


@only(*ENTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """The plan on paper: for the person to keep."""
    held = found(request, key)
    look(request, held, what="plan")
    made = plan_of(held, request=request, size=size_asked(request))
    given = [offer.asset_id for offer in held.offers.all() if offer.asset_id and offer.state != Offer.State.DECLINED]
    listings_given.send(sender=Asset, asset_ids=given, how="printed")
    response = HttpResponse(plan_pdf(made), content_type="application/pdf")
    # A name that says nothing of anybody.
    response["Content-Disposition"] = f'inline; filename="plan-{made.on.isoformat()}.pdf"'
    return private(response)


@keeps_what_was_typed
@only(*ENTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def crisis(request: HttpRequest, key: str) -> HttpResponse:
    """Conversation two: what to do now; and, when somebody was told, who and when."""
    held = found(request, key)
    look(request, held, what="crisis")
    form = CrisisForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        note_crisis(held, who=form.cleaned_data["told"], at=form.cleaned_data["at"])
        return redirect("referrals:crisis", held.key)
    context: dict[str, Any] = {
        "form": form,
        "conversation": held,
        "told": held.crisis_told.splitlines(),
        "help": help_now(held),
    }
    return private(render(request, "referrals/conversations/crisis.html", context))


@only(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, key: str) -> HttpResponse:
    """A later look at how things are: four questions."""
    before = found(request, key)
    look(request, before, what="review")
    if request.method == "POST":
        begun = start_with_known(before.person, kind=Conversation.Kind.REVIEW, by=request.user)
        return redirect("referrals:conversation", begun.key)
    context = {"conversation": before, "person": before.person, "questions": REVIEW_QUESTIONS}
    return private(render(request, "referrals/conversations/review.html", context))
