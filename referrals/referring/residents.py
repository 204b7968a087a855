"""Residents' pages: asking to be put in touch, for themselves or for somebody they care for. No account is needed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from referrals.models import Source
from referrals.referring import asking
from referrals.referring.coordinators import PAGES, listed
from referrals.referring.forms import AskForm, AskForSomebodyForm
from referrals.referring.needs import asked_in_words, needs_in_words
from referrals.referring.own_code import new_code
from referrals.referring.reading import read_out
from referrals.referring.telling import receiver

FORMS = {Source.SELF: AskForm, Source.CARER: AskForSomebodyForm}


@require_safe
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Who it is for."""
    asset = listed(slug)
    page = "ask" if asset.takes_requests else "ask_directly"
    context = {"asset": asset, "receiver": receiver(asset), "asked": asked_in_words(asset)}
    return render(request, f"{PAGES}/{page}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_me(request: HttpRequest, slug: str) -> HttpResponse:
    return _ask(request, slug, Source.SELF)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_somebody(request: HttpRequest, slug: str) -> HttpResponse:
    return _ask(request, slug, Source.CARER)


def _ask(request: HttpRequest, slug: str, source: Source) -> HttpResponse:
    """The form, whether anybody is in danger, and the code: each is sent with all that came before, and nothing is
    kept until the last."""
    asset = listed(slug)
    if not asset.takes_requests:
        return render(request, f"{PAGES}/ask_directly.html", {"asset": asset, "receiver": receiver(asset)})
    posted = request.POST if request.method == "POST" else None
    who = receiver(asset)
    reading = read_out(who, asset.provider)
    form = FORMS[source](posted, asset=asset, mark=reading.mark, initial={"once": new_code()})
    if form.is_bound and form.refused:
        return render(request, f"{PAGES}/not_agreed.html", {"asset": asset, "carried": form})
    context = {"asset": asset, "receiver": who, "form": form, "for_me": source == Source.SELF, "words": reading.words}
    step = request.POST.get("step", "")
    if not form.is_valid() or step == "change":
        return render(request, f"{PAGES}/ask_details.html", context)
    if step == "send":
        given = form.cleaned_data
        made = asking.ask(
            asset, details=form.details, reach=form.reach, source=source, code=given["once"], may_ask=given["may_ask"]
        )
        page = "asked" if made and made.needs == form.details else "asked_before"
        return render(request, f"{PAGES}/{page}.html", {**context, "code": given["once"]})
    context["lines"] = needs_in_words(form.details)
    return render(request, f"{PAGES}/{'in_danger' if step == 'worried' else 'ask_check'}.html", context)
