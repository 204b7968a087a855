"""A coordinator's pages: a listing and a person, signposted or referred."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.doors import only
from accounts.roles import Role
from directory.models import Asset
from referrals.home.finding import find_people
from referrals.home.forms import FindForm
from referrals.home.steps import ROW
from referrals.looks import look
from referrals.models import Person
from referrals.referring import giving
from referrals.referring.forms import ReferForm
from referrals.referring.needs import asked_in_words, first_words, needs_in_words
from referrals.referring.own_code import new_code
from referrals.referring.reading import read_out
from referrals.referring.telling import receiver, ways_to
from referrals.signed_out import keeps_what_was_typed

PAGES = "referrals/referring"
SENT_BEFORE = gettext_lazy(
    "This was sent before, as it was written then. What you changed since was not sent: take it back and refer again, "
    "or ring them."
)
NEWEST = 20


def listed(slug: str) -> Asset:
    return get_object_or_404(Asset.objects.live().select_related("provider", "venue"), slug=slug)


def about(request: HttpRequest, key: str, slug: str) -> tuple[Person, dict]:
    """The person, and what every page of a person and a listing shows; the look is written down."""
    person = get_object_or_404(Person.objects.visible_to(request.user), key=key)
    asset = listed(slug)
    look(request, person, what="opened")
    return person, {
        "person": person,
        "asset": asset,
        "receiver": receiver(asset),
        "asked": asked_in_words(asset),
        "ways": ways_to(asset),
        "conversation": person.conversations.last(),
        "already": person.referrals.open().filter(asset=asset).first(),
    }


@only(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def refer_somebody(request: HttpRequest, slug: str) -> HttpResponse:
    """From a listing: whom to refer. What is looked for is posted, so that it stands in no address."""
    asset = listed(slug)
    form = FindForm(request.POST or None)
    if form.is_valid():
        found = [one for one in find_people(request.user, form.cleaned_data["sought"]).people if not one.closed_at]
    else:
        own = Person.objects.visible_to(request.user).standing().filter(coordinator=request.user.pk)
        found = list(own.only(*ROW).order_by("-pk")[:NEWEST])
    look(request, Person, what="listed")
    context = {"asset": asset, "form": form, "people": found, "looked": form.is_bound}
    return render(request, f"{PAGES}/refer_somebody.html", context)


@only(Role.COORDINATOR)
def signpost_or_refer(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    _person, context = about(request, key, slug)
    return render(request, f"{PAGES}/signpost_or_refer.html", context)


@only(Role.COORDINATOR)
def signpost(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    """Counted when it is sent; then what to tell them, as often as somebody looks."""
    _person, context = about(request, key, slug)
    if request.method == "POST":
        giving.signpost(context["asset"])
        messages.success(request, _("It is counted as a signpost. Nothing about them has left here."))
        return redirect("referrals:signpost", key, slug)
    return render(request, f"{PAGES}/signposted.html", context)


@keeps_what_was_typed
@only(Role.COORDINATOR)
def refer(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    """What is shared and whether they agree; then whether anybody is at risk; then it is sent."""
    person, context = about(request, key, slug)
    asset = context["asset"]
    initial = {**first_words(person), "once": new_code()}
    reading = read_out(context["receiver"], asset.provider)
    posted = request.POST if request.method == "POST" else None
    form = ReferForm(posted, asset=asset, mark=reading.mark, initial=initial)
    if form.is_bound and form.refused:
        return render(request, f"{PAGES}/no_consent.html", {**context, "carried": form})
    context |= {"form": form, "words": reading.words}
    step = request.POST.get("step", "")
    if not form.is_valid() or step == "change":
        return render(request, f"{PAGES}/refer.html", context)
    if step == "send":
        made = giving.refer(person, asset=asset, form=form, by=request.user)
        if made.needs == form.details:
            messages.success(request, _("It is sent to %(receiver)s.") % {"receiver": context["receiver"]})
        else:
            messages.warning(request, SENT_BEFORE)
        return redirect(reverse("referrals:referral", args=[made.key]))
    context["lines"] = needs_in_words(form.details)
    return render(request, f"{PAGES}/{'worried' if step == 'worried' else 'check'}.html", context)
