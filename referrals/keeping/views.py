from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.doors import only
from accounts.roles import Role
from directory.sheets import SIZES, a_size
from directory.sheets.letterhead import letterhead
from referrals.keeping.erasing import Because, erase, what_will_go
from referrals.keeping.forms import EraseForm, PurposeForm
from referrals.keeping.held import everything_held
from referrals.keeping.held_pdf import held_as_pdf, intro
from referrals.keeping.purposes import Purpose, say_purpose
from referrals.looks import look
from referrals.models import Person
from referrals.seeing import sees_person


def person_or_404(request: HttpRequest, key: str) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.user), key=key)


def was_erased(request: HttpRequest, key: str) -> bool:
    """Whether it is of somebody whom they would see, were they still there."""
    return Person.objects.filter(sees_person(request.user), key=key).exclude(erased_at=None).exists()


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent, be it nothing."""
    return request.POST if request.method == "POST" else None


@only(Role.ADMINISTRATOR)
def why(request: HttpRequest, key: str) -> HttpResponse:
    """Asks why a record is opened, and leads on to it. It shows nothing of the person."""
    person = person_or_404(request, key)
    form = PurposeForm(sent(request))
    if form.is_valid():
        say_purpose(request, person.key, Purpose(form.cleaned_data["purpose"]))
        return redirect(_onward(request, key))
    return render(request, "referrals/keeping/why.html", {"form": form, "next": request.GET.get("next", "")})


def _onward(request: HttpRequest, key: str) -> str:
    wanted = request.GET.get("next", "")
    here = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if here and wanted.startswith("/") else reverse("referrals:held", args=[key])


@only(Role.COORDINATOR, Role.ADMINISTRATOR)
def held(request: HttpRequest, key: str) -> HttpResponse:
    """Everything that is held about a person, to read to them or to print."""
    person = person_or_404(request, key)
    look(request, person, what="opened-all-held")
    told = {"person": person, "sections": everything_held(person), "intro": intro(timezone.localdate()), "sizes": SIZES}
    return render(request, "referrals/keeping/held.html", told)


@only(Role.COORDINATOR, Role.ADMINISTRATOR)
def held_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The same to give away, in the size that the person reads."""
    person = person_or_404(request, key)
    look(request, person, what="exported")
    size = a_size(request.GET.get("size", 18 if person.large_print else 12))
    paper = letterhead(request)
    pdf = held_as_pdf(everything_held(person), on=timezone.localdate(), size=size, letterhead=paper)
    # Its name says nothing: it lies in the folder of downloads.
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": 'attachment; filename="held.pdf"'}
    )


@only(Role.COORDINATOR, Role.ADMINISTRATOR)
def erase_person(request: HttpRequest, key: str) -> HttpResponse:
    """Says what goes, and takes it away when somebody is sure."""
    if request.method == "POST" and was_erased(request, key):
        # Pressed twice.
        return render(request, "referrals/keeping/erased.html")
    person = person_or_404(request, key)
    look(request, person, what="opened-erasure")
    form, goes = EraseForm(sent(request)), what_will_go(person)
    if form.is_valid():
        erase(person, by=request.user, because=Because(form.cleaned_data["because"]))
        return render(request, "referrals/keeping/erased.html", {"to_ring": goes.to_ring})
    return render(request, "referrals/keeping/erase.html", {"form": form, "person": person, "goes": goes})
