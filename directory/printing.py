"""A sheet as an answer to a request."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify

from directory.sheets import SIZES, Sheet, to_pdf


def size_asked(request: HttpRequest) -> int:
    """The type size in points that an address asks for; 12 for anything that is not offered."""
    asked = request.GET.get("point", "")
    return next((size for size in SIZES if str(size) == asked), 12)


def printed(sheet: Sheet, *, on: dt.date) -> HttpResponse:
    """The sheet as a PDF that opens in the browser, under a name that says what it is."""
    response = HttpResponse(to_pdf(sheet), content_type="application/pdf")
    name = slugify(sheet.title)[:80] or "sheet"
    response["Content-Disposition"] = f'inline; filename="{name}-{on.isoformat()}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
