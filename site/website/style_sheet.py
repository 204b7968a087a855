"""The council's colours as a style sheet, since the content security policy allows no inline style."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from website.context import forget_looks, look_for

YEAR = 365 * 24 * 60 * 60


@require_safe
def look_css(request: HttpRequest) -> HttpResponse:
    """Kept by browsers for a year under the version it has; for a minute under any other."""
    asked = request.GET.get("v", "")
    look = look_for(request)
    if asked and asked != look.version:
        # Another process may have seen a change before this one.
        forget_looks()
        look = look_for(request)
    response = HttpResponse(look.css, content_type="text/css; charset=utf-8")
    known = asked == look.version
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if known else "public, max-age=60"
    return response
