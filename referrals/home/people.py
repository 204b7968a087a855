"""Lists of people, finding one, and one person's page."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.doors import only
from accounts.roles import Role
from accounts.rules import is_coordinator
from referrals.home.closing import close_person, reopen_person, settle_person, what_is_open
from referrals.home.finding import MOST_OPENED, find_people
from referrals.home.forms import FindForm
from referrals.home.mine import Mine, looked_after_by_nobody
from referrals.home.person import person_context
from referrals.home.problems import StillOpen
from referrals.home.steps import counts_of, in_order, rows_of
from referrals.looks import look
from referrals.models import NextStep, Person

A_PAGE = 25
CLOSED = "closed"


@only(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """One's own people, those of one step, or closed ones; to an administrator the box to find somebody alone."""
    if request.method == "POST":
        return found(request)
    told: dict[str, Any] = {"form": FindForm(), "coordinates": is_coordinator(request.user)}
    if told["coordinates"]:
        look(request, Person, what="listed", why="own-people")
        told |= list_context(request)
    return render(request, "referrals/home/people.html", told)


def list_context(request: HttpRequest) -> dict[str, Any]:
    mine, step = Mine.of(request.user), request.GET.get("step", "")
    own = mine.people()
    counts = counts_of(own)
    steps = [(one.value, one.label, counts[one]) for one in NextStep if counts.get(one)]
    if step == CLOSED:
        rows = Person.objects.filter(mine.at(), erased_at=None).exclude(closed_at=None).order_by("-closed_at")
        return {"step": CLOSED, "steps": steps, **paged(request, rows)}
    chosen = step if step in NextStep.values else ""
    return {"step": chosen, "steps": steps, **paged(request, in_order(own.filter(next_what=chosen) if chosen else own))}


def paged(request: HttpRequest, rows: "QuerySet[Person]") -> dict[str, Any]:
    """One page of a list; a page that is not there is the last one."""
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    start = f"?{kept.urlencode()}&page=" if kept else "?page="
    return {
        "rows": rows_of(page.object_list, today=timezone.localdate()),
        "page": page,
        "previous": {"href": f"{start}{page.previous_page_number()}"} if page.has_previous() else None,
        "next": {"href": f"{start}{page.next_page_number()}"} if page.has_next() else None,
    }


def found(request: HttpRequest) -> HttpResponse:
    """Not led on to another address: what was typed would stand in it."""
    form = FindForm(request.POST)
    told: dict[str, Any] = {"form": form, "coordinates": is_coordinator(request.user)}
    if not form.is_valid():
        return render(request, "referrals/home/found.html", told)
    look(request, Person, what="searched", why="own-people" if told["coordinates"] else "oversight")
    found = find_people(request.user, form.cleaned_data["sought"])
    told |= {"rows": rows_of(found.people, today=timezone.localdate()), "cut": found.cut, "most": MOST_OPENED}
    return render(request, "referrals/home/found.html", told)


@only(Role.ADMINISTRATOR)
@require_safe
def nobodys_people(request: HttpRequest) -> HttpResponse:
    """Those whom nobody at work looks after, so that none is forgotten."""
    look(request, Person, what="listed", why="nobody-looks-after")
    theirs = looked_after_by_nobody().filter(pk__in=Person.objects.visible_to(request.user).values("pk"))
    return render(request, "referrals/home/nobodys_people.html", paged(request, in_order(theirs)))


@only(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, key: str) -> HttpResponse:
    one = visible_person(request, key)
    look(request, one, what="opened")
    told = person_context(one, today=timezone.localdate())
    told |= {"still_open": what_is_open(one), "coordinates": is_coordinator(request.user)}
    return render(request, "referrals/home/person.html", told)


@only(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, key: str) -> HttpResponse:
    one = visible_person(request, key)
    if request.method != "POST":
        return redirect("referrals:person", one.key)
    try:
        close_person(one, by=request.user)
    except StillOpen as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(request, _("Closed: there is no more to do. You can open it again at any time."))
    return redirect("referrals:person", one.key)


@only(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    one = visible_person(request, key)
    if request.method != "POST":
        return redirect("referrals:person", one.key)
    reopen_person(one, by=request.user)
    messages.success(request, _("Open again."))
    return redirect("referrals:person", one.key)


@only(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, key: str) -> HttpResponse:
    one = visible_person(request, key)
    if request.method == "POST":
        settle_person(one, by=request.user)
        messages.success(request, _("Kept: nothing more is wanted in place of what was declined."))
    return redirect("referrals:person", one.key)


def visible_person(request: HttpRequest, key: str) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.user), key=key, erased_at=None)
