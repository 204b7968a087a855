"""The coordinator's home, and the patch."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.doors import only
from accounts.roles import Role
from referrals.home.doors import door
from referrals.home.mine import Mine
from referrals.home.patch import patch_of
from referrals.home.steps import groups_of
from referrals.home.today import providers_to_ring, results_due, ring_backs, unanswered
from referrals.looks import look
from referrals.models import Person

OF_PATCH = 3


def local_now() -> dt.datetime:
    return timezone.localtime().replace(tzinfo=None)


@only(Role.COORDINATOR)
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What to do today, then people by what happens next, then the patch."""
    mine, now = Mine.of(request.user), local_now()
    look(request, Person, what="listed", why="own-people")
    on = now.date()
    told: dict[str, Any] = {
        "on": on,
        "ring_backs": ring_backs(mine, today=on),
        "unanswered": unanswered(mine, today=on),
        "results_due": results_due(mine, today=on),
        "providers_to_ring": providers_to_ring(mine),
        "groups": groups_of(mine, today=on),
        "covers": mine.covers,
        "patch": patch_of(mine.patches, now=now),
        "ring_backs_url": door("ring_backs"),
        "to_ask_url": door("to_ask"),
        "providers_url": door("providers_to_ring"),
        "of_patch": OF_PATCH,
    }
    return render(request, "referrals/home/today.html", told)


@only(Role.COORDINATOR)
@require_safe
def patch(request: HttpRequest) -> HttpResponse:
    """Every listing on one's patches of which there is something to say."""
    return render(
        request, "referrals/home/patch.html", {"patch": patch_of(Mine.of(request.user).patches, now=local_now())}
    )
