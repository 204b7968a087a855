"""Taking the answer to "Was this useful?"."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from website.models import GuidancePage
from website.useful import count_answer


@require_POST
def useful(request: HttpRequest, page_id: int) -> HttpResponse:
    """Count a yes or a no, and lead back to the page; any other answer counts nothing."""
    # A number too large for the database is a page that does not exist.
    page = get_object_or_404(GuidancePage.objects.live().public(), pk=min(page_id, 2**31 - 1))
    answer = request.POST.get("useful", "")
    if answer not in {"yes", "no"}:
        return redirect(f"{page.get_url(request)}#useful")
    count_answer(page, answer=answer, on=dt.date.today())
    return redirect(f"{page.get_url(request)}?thanks={answer}#useful")
