"""What is kept of people, and taking the answer to "Was this useful?"."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST

from website.models import GuidancePage
from website.useful import count_answer


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept and for how long, from the table that the worker keeps to."""
    rules = import_string(settings.RETENTION)()
    # By about whom it is, in the order of the table.
    kept = {
        about.label: [rule for rule in rules if rule.about is about] for about in dict.fromkeys(r.about for r in rules)
    }
    return render(request, "website/privacy.html", {"kept": kept})


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
