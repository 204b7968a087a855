"""A coordinator's part: whom to ring and ask, slips to print and send, and whom to ring back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.doors import only
from accounts.roles import Role
from directory.sheets import SIZES
from directory.sheets.slips import slips_to_pdf
from directory.words import day_in_words
from referrals.looks import look, look_at_each
from referrals.models import Person, Referral, Result, ResultAsk
from referrals.models.results import How, ResultAskQuerySet
from referrals.progress import ReferralProblem
from referrals.results.about import about_in_words
from referrals.results.asking import slips_sent, stop_asking, try_again
from referrals.results.codes import spaced
from referrals.results.forms import ResultForm
from referrals.results.links import give_code
from referrals.results.paper import LARGE, NORMAL, build_slips
from referrals.results.recording import may_change, promised, record_result
from referrals.signed_out import keeps_what_was_typed

ON_A_PAGE = 50
MOST_SLIPS = 200
coordinators = only(Role.COORDINATOR, Role.ADMINISTRATOR)


def with_people(asks: ResultAskQuerySet) -> ResultAskQuerySet:
    return asks.select_related("referral__person", "referral__asset__venue")


@coordinators
@require_safe
def to_ask(request: HttpRequest) -> HttpResponse:
    """The lists of what is done by hand, and where a slip that came back is typed in."""
    mine, now = ResultAsk.objects.visible_to(request.user), timezone.now()
    look(request, ResultAsk, what="to-ask")
    to_print = list(with_people(mine.to_print())[:MOST_SLIPS])
    large = [ask for ask in to_print if ask.referral.person and ask.referral.person.large_print]
    normal = [ask for ask in to_print if ask not in large]
    context = {
        "to_ring": Paginator(with_people(mine.to_ring(now)), ON_A_PAGE).get_page(request.GET.get("page")),
        "prints": [one for one in ((LARGE, large), (NORMAL, normal)) if one[1]],
        "out": [(ask, spaced(give_code(ask))) for ask in with_people(mine.slips_out(now))[:MOST_SLIPS]],
        "sizes": SIZES,
        "large": LARGE,
    }
    return render(request, "referrals/results/to_ask.html", context)


def slips_chosen(request: HttpRequest) -> ResultAskQuerySet:
    # No database takes every character that a browser can send.
    keys = [key for key in request.POST.getlist("ask")[:MOST_SLIPS] if key.isalnum()]
    return with_people(ResultAsk.objects.visible_to(request.user).standing().filter(how=How.SLIP, key__in=keys))


@coordinators
@require_POST
def slips_pdf(request: HttpRequest) -> HttpResponse:
    """The chosen slips on paper. Nothing is changed: the same slips can be printed again."""
    asks = list(slips_chosen(request).order_by("due_on", "pk"))
    if not asks:
        return none_chosen(request)
    look_at_each(request, [ask.referral.person or ask for ask in asks], what="slip-printed")
    point = request.POST.get("point", "")
    size = next((size for size in SIZES if str(size) == point), NORMAL)
    response = HttpResponse(slips_to_pdf(build_slips(asks, request=request, size=size)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="slips-{timezone.localdate().isoformat()}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@coordinators
@require_POST
def slips_are_sent(request: HttpRequest) -> HttpResponse:
    asks = slips_chosen(request)
    if not asks:
        return none_chosen(request)
    count = slips_sent(asks)
    said = ngettext("%(n)s slip is in the post.", "%(n)s slips are in the post.", count) % {"n": count}
    messages.success(request, said if count else _("They were in the post already."))
    return redirect("referrals:to_ask")


def none_chosen(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("Tick the slips that you mean. Those that were answered meanwhile are off the list."))
    return redirect("referrals:to_ask")


@keeps_what_was_typed
@coordinators
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def script(request: HttpRequest, key: str) -> HttpResponse:
    """What to say on the phone, and the answers as buttons. `key`: of the ask."""
    ask = get_object_or_404(with_people(ResultAsk.objects.visible_to(request.user)), key=key)
    if ask.cancelled_at:
        messages.info(request, _("They are not to be asked about this any more."))
        return redirect("referrals:to_ask")
    return read_out(request, ask.referral, ask)


@keeps_what_was_typed
@coordinators
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def heard(request: HttpRequest, key: str) -> HttpResponse:
    """The same when nobody had to be asked: they told it by themselves. `key`: of the referral."""
    referrals = Referral.objects.held_by(request.user).exclude(sent_at=None)
    return read_out(request, get_object_or_404(referrals.select_related("person", "asset__venue"), key=key), None)


def read_out(request: HttpRequest, referral: Referral, ask: ResultAsk | None) -> HttpResponse:
    person = referral.person
    if person is None:
        raise TypeError("A referral that somebody sees has a person.")
    if ask and request.method == "POST" and (answered := instead_of_answers(request, ask, person)):
        return answered
    result = Result.objects.filter(ask=ask).first() if ask else None
    if result and not may_change(result):
        messages.error(request, _("This was answered more than a week ago, so it cannot be changed."))
        return redirect("referrals:to_ask")
    form = ResultForm(request.POST or None, result=result)
    if form.is_valid():
        return keep(request, referral, ask, form)
    look(request, person, what="asked-how-it-went")
    context = {"form": form, "ask": ask, "person": person, "about": about_in_words(referral), "referral": referral}
    return render(request, "referrals/results/script.html", context)


def keep(request: HttpRequest, referral: Referral, ask: ResultAsk | None, form: ResultForm) -> HttpResponse:
    try:
        result = record_result(referral, form.answers, via=How.PHONE, ask=ask, taken_by=request.user)
    except ReferralProblem as problem:
        messages.error(request, str(problem))
        return redirect("referrals:to_ask")
    if ring_back := promised(result):
        day = {"day": day_in_words(ring_back.promised_for)}
        messages.success(request, _("Kept. Somebody is to ring them back by %(day)s.") % day)
    else:
        messages.success(request, _("Kept. Thank you for asking."))
    return redirect("referrals:to_ask")


def instead_of_answers(request: HttpRequest, ask: ResultAsk, person: Person) -> HttpResponse | None:
    """The other two ends of a call."""
    instead: dict[str, Any] = {"again": try_again, "never": lambda _ask: stop_asking(person)}
    done = next((name for name in instead if name in request.POST), None)
    if done is None:
        return None
    told = instead[done](ask)
    if done == "again":
        messages.success(request, _("They are on the list again on %(day)s.") % {"day": day_in_words(told)})
    else:
        messages.success(request, _("They will not be asked again."))
    return redirect("referrals:to_ask")
