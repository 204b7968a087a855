"""The front door: links, ways out, and where somebody is signed in."""

import logging
from typing import Any

from allauth.account.internal.flows.logout import logout
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.views import password_change
from allauth.mfa.base.views import IndexView
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_safe
from requests import RequestException

from accounts.device_words import device_words
from accounts.forms import AskForLinkForm, ChoosePasswordForm
from accounts.guessing import begin_try, know_device
from accounts.id_tokens import TokenRefused
from accounts.links import FORGOTTEN_FOR, give_link, holder_of, spend_link
from accounts.models import User
from accounts.openid import way_out
from accounts.second_step import lacks_second_step
from accounts.sessions import came_by_council, end_sessions

log = logging.getLogger(__name__)
LINK = "one_time_link"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest) -> HttpResponse:
    """Where a one-time link leads. Looking spends nothing: programs that check mail open links too."""
    if "link" in request.GET:
        # Out of the address, so that it stays in no history and no other site hears of it.
        request.session[LINK] = request.GET["link"][:100]
        return redirect("sign_in_link")
    token = str(request.session.get(LINK, ""))
    user = holder_of(token)
    if user is None:
        return render(request, "accounts/link_over.html", status=404)
    form = ChoosePasswordForm(request.POST or None, user=user)
    if not form.is_valid():
        return render(request, "accounts/choose_password.html", {"form": form, "account": user})
    if spend_link(token, password=form.cleaned_data["password"]) is None:
        return render(request, "accounts/link_over.html", status=404)
    del request.session[LINK]
    messages.success(request, _("Your password is set. Sign in with it."))
    response = redirect("account_login")
    # Whoever reads the mail of this address is no stranger, however many strangers were wrong before.
    know_device(request, response, user.email)
    return response


sign_in_link = sensitive_post_parameters("password", "again")(sign_in_link)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Sends a link to the address given – or, where there is no such account, a letter that says so: the page, and the
    time that it takes, are the same."""
    form = AskForLinkForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/ask_for_link.html", {"form": form})
    address = form.cleaned_data["email"].lower()
    # Of many letters to one address the later ones are not written; nobody is told.
    if not begin_try(request, address, at="letters"):
        send_link(address)
    return redirect("link_sent")


def send_link(address: str) -> None:
    """Write to an address, whatever there is to say to it."""
    user = User.objects.with_password_for(address).first()
    link = give_link(user, lasting=FORGOTTEN_FOR) if user else ""
    told = {"link": link, "at_council": bool(settings.OIDC_ISSUER), "council": settings.OIDC_NAME}
    words = render_to_string("accounts/email/link.txt", told)
    try:
        send_mail(_("Your link to sign in"), words, None, [address])
    except OSError as error:
        log.error("A link to sign in could not be sent: %s", type(error).__name__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session here and then, where it began at the council's sign-in, there too."""
    known = request.user.is_authenticated or "id_token" in request.session
    if request.method != "POST":
        return render(request, "account/logout.html") if known else redirect("signed_out")
    response = out_of(request)
    # Pages that somebody else could leaf back to. Not cookies: those of the council's other sites would go too.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def out_of(request: HttpRequest) -> HttpResponse:
    id_token = str(request.session.get("id_token", ""))
    session_key = request.session.session_key
    logout(request, show_message=False)
    request.session.flush()
    UserSession.objects.filter(session_key=session_key).delete()
    if id_token and settings.OIDC_ISSUER:
        try:
            if place := way_out(request, id_token):
                # Not a redirect: the answer to a form may lead to this site alone.
                return render(request, "accounts/leaving.html", {"place": place, "council": settings.OIDC_NAME})
        except (RequestException, TokenRefused, ValueError, TypeError, AttributeError) as error:
            log.warning("The sign-in service could not be asked where to sign out: %s", type(error).__name__)
        return redirect("signed_out_here")
    return redirect("signed_out")


@never_cache
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/signed_out.html", {"council": ""})


@never_cache
@require_safe
def signed_out_here(request: HttpRequest) -> HttpResponse:
    """Where the provider could not be reached: it may still know them."""
    return render(request, "accounts/signed_out.html", {"council": settings.OIDC_NAME})


@require_http_methods(["GET", "HEAD", "POST"])
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """The admin's own door leads to the front one; whoever is in and has no business there finds nothing."""
    if request.user.is_authenticated:
        # What the admin has to say of it belongs to no other page.
        list(messages.get_messages(request))
        raise Http404
    return redirect_to_login(request.GET.get("next") or "/admin/")


class HowYouSignIn(IndexView):
    """Second steps, codes and password of whoever is signed in."""

    def get_context_data(self, **known: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**known),
            "came_by_council": came_by_council(self.request.session),
            "council": settings.OIDC_NAME,
            "lacks_second_step": lacks_second_step(self.request),
        }


class SignedIn(ListUserSessionsView):
    """Where somebody is signed in, and signing out there."""

    def get_context_data(self, **known: Any) -> dict[str, Any]:
        found = super().get_context_data(**known)
        rows = sorted(found["sessions"], key=lambda one: one.last_seen_at, reverse=True)
        found["rows"] = [(one, device_words(one.user_agent)) for one in rows]
        return found

    def form_valid(self, form: Any) -> HttpResponse:
        # Whoever passes an open screen ends nobody's work. The council's sign-in asks again by itself.
        if not came_by_council(self.request.session):
            raise_if_reauthentication_required(self.request, app="allauth.usersessions")
        if self.request.POST.get("where") == "everywhere":
            mine = UserSession.objects.filter(user=self.request.user)
            end_sessions(mine.exclude(session_key=self.request.session.session_key))
            return out_of(self.request)
        return super().form_valid(form)


@login_required
def change_password(request: HttpRequest) -> HttpResponse:
    """For who has one: at the council's sign-in there is none to change here."""
    if not isinstance(request.user, User) or not request.user.has_usable_password():
        raise Http404
    return password_change(request)


link_sent = require_GET(lambda request: render(request, "accounts/link_sent.html"))
how_you_sign_in = HowYouSignIn.as_view()
where_signed_in = SignedIn.as_view()
