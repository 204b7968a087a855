"""Asks whoever opens a record that they do not look after why, before it opens."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from referrals.keeping.forms import PurposeForm
from referrals.keeping.purposes import ASKED, PurposeNeeded


class AskWhyMiddleware:
    """Leads whoever opens a record without a purpose to the page that asks for one.

    A form that was sent goes along: it is done, for all whom it is about, once the purpose is given.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, PurposeNeeded):
            return None
        if request.method == "POST":
            return ask_and_carry(request)
        back = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('referrals:why', args=[exception.key])}?{back}")


def ask_and_carry(request: HttpRequest) -> HttpResponse:
    """The page that asks, with all that was sent in it."""
    again = f"{ASKED}-again"
    form = PurposeForm(request.POST if again in request.POST else None, prefix=ASKED)
    ours = ("csrfmiddlewaretoken", f"{ASKED}-purpose", again)
    carried = [(name, value) for name, values in request.POST.lists() if name not in ours for value in values]
    return render(request, "referrals/keeping/why.html", {"form": form, "carried": carried, "again": again})
