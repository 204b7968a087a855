"""A listing, its calendar and its sheet; and a person's own list."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.rules import is_coordinator
from directory import ical, shortlist
from directory.listing import listing_context
from directory.models import Asset
from directory.pins import venue_pins
from directory.printing import printed, size_asked
from directory.rows import rows, terms
from directory.schema_org import as_json, listing_data
from directory.sheets import SIZES, build_listing_sheet, build_sheet
from directory.sheets.letterhead import letterhead
from directory.signals import listings_given


def found(slug: str) -> Asset:
    """The live listing of an address, with all that its page shows; else a not-found page."""
    return get_object_or_404(Asset.objects.live().as_listings(), slug=slug)


@require_safe
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    asset = found(slug)
    now = timezone.localtime().replace(tzinfo=None)
    short_path = reverse("directory:short", args=[asset.reference]) if asset.reference else ""
    context = {
        **listing_context(asset, now=now),
        "listed": asset.pk in shortlist.read_list(request),
        "short_address": request.build_absolute_uri(short_path).split("://")[1] if short_path else "",
        "schema_org": as_json(listing_data(asset, address=request.build_absolute_uri(asset.get_absolute_url()))),
        "pins": venue_pins(asset),
        "similar": Asset.objects.live().like(asset)[:3],
        "sizes": SIZES,
        "refers": is_coordinator(request.user),
    }
    return render(request, "directory/listing.html", context)


@require_safe
def short(request: HttpRequest, reference: str) -> HttpResponse:
    """The address on paper, in any case of letters."""
    return redirect(get_object_or_404(Asset.objects.live(), reference__iexact=reference))


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    asset = found(slug)
    address = request.build_absolute_uri(asset.get_absolute_url())
    text = ical.calendar(asset, on=timezone.localdate(), address=address, host=request.get_host(), terms=terms())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{asset.slug[:80]}.ics"'
    return response


@require_safe
def listing_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    asset = found(slug)
    paper = letterhead(request)
    today = timezone.localdate()
    sheet = build_listing_sheet(
        asset,
        on=today,
        size=size_asked(request),
        letterhead=paper,
        short_address=paper.address_of(reverse("directory:short", args=[asset.reference])) if asset.reference else "",
        terms=terms(),
    )
    listings_given.send(sender=Asset, asset_ids=[asset.pk], how="printed")
    return printed(sheet, on=today)


@require_safe
def my_list(request: HttpRequest) -> HttpResponse:
    ids = shortlist.read_list(request)
    now = timezone.localtime().replace(tzinfo=None)
    context = {"rows": rows(ids, now=now, listed=ids), "sizes": SIZES}
    response = render(request, "directory/my_list.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def my_list_change(request: HttpRequest) -> HttpResponse:
    """Add one listing, take one off, or empty the list; then back to where the person was."""
    ids = shortlist.read_list(request)
    added = whole_number(request.POST.get("add", ""))
    removed = whole_number(request.POST.get("remove", ""))
    asset = Asset.objects.live().filter(pk=added).first() if added else None
    if added and asset is None:
        messages.error(request, _("That listing is no longer in the directory, so it was not added."))
    elif asset is not None and len(ids) >= shortlist.MOST and asset.pk not in ids:
        messages.error(request, _("Your list is full: it holds %(n)s. Take one off first.") % {"n": shortlist.MOST})
        asset = None
    kept = [] if "empty" in request.POST else shortlist.changed(ids, add=asset.pk if asset else None, remove=removed)
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = redirect(back if safe and back.startswith("/") else reverse("directory:my_list"))
    shortlist.keep_list(response, kept)
    if asset is not None:
        listings_given.send(sender=Asset, asset_ids=[asset.pk], how="listed")
    return response


def whole_number(text: str) -> int | None:
    """A number that can be a listing's; anything else is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


@require_safe
def my_list_sheet(request: HttpRequest) -> HttpResponse:
    ids = shortlist.read_list(request)
    kept = Asset.objects.live().as_listings().in_bulk(ids)
    today = timezone.localdate()
    sheet = build_sheet(
        [kept[one] for one in ids if one in kept],
        title=_("My list"),
        on=today,
        size=size_asked(request),
        letterhead=letterhead(request),
        terms=terms(),
    )
    listings_given.send(sender=Asset, asset_ids=list(kept), how="printed")
    return printed(sheet, on=today)
