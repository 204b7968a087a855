"""What allauth asks this site: who may come in, where they go, and what is remembered of it."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from requests import RequestException, Session

from accounts.guessing import begin_try, forget_tries, know_device
from accounts.id_tokens import Claims, TokenRefused
from accounts.joining import hold_only
from accounts.models import User
from accounts.openid import council_app, not_strong_enough, roles_in
from accounts.refusals import Refusal, refuse
from accounts.rules import is_coordinator, roles_of
from accounts.sealing import opened, sealed
from accounts.serving import council_served
from accounts.sessions import end_sessions, mark_signed_in, signed_in_just_now
from accounts.waiting import wait_words

log = logging.getLogger(__name__)


class FrontDoor(DefaultAccountAdapter):
    """The one door for staff, providers and the admin."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "incorrect_password": _("The password is not right."),
        "incorrect_code": _("The code is not right."),
        "enter_current_password": _("This is not your password."),
        "rate_limited": _("Please wait a moment before you try again."),
        "too_many_login_attempts": _("Please wait a moment before you try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Who this is, unless too many guesses came before."""
        name = credentials["email"]
        if wait := begin_try(request, name):
            log.warning("A try had to wait")
            ways = _("A passkey, or a link by e-mail, lets you in at once.")
            raise ValidationError(f"{wait_words(wait)} {ways}", code="wait")
        user: User | None = super().authenticate(request, **credentials)
        if user:
            forget_tries(request, name)
        else:
            log.warning("A wrong try")
        return user

    def reauthenticate(self, user: User, password: str) -> bool:
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def pre_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse | None:
        if response := super().pre_login(request, user, **details):
            return response
        if roles_of(user):
            return None
        clear_login(request)
        return refuse(request, Refusal.NO_ROLE)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return refuse(request, Refusal.CLOSED)

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **details)
        mark_signed_in(request, (details.get("signal_kwargs") or {}).get("sociallogin"))
        know_device(request, response, user.email)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if is_coordinator(request.user):
            return reverse("referrals:today")
        return reverse("wagtailadmin_home") if request.user.has_perm("wagtailadmin.access_admin") else "/"

    get_signup_redirect_url = get_login_redirect_url

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def is_reauthentication_required(self, *, app: str, **details: Any) -> bool:
        return not signed_in_just_now(self.request) and super().is_reauthentication_required(app=app, **details)

    def get_client_ip(self, request: HttpRequest) -> str:
        # A server that listens on a socket file, with no proxy to tell, knows no address.
        return import_string(settings.CLIENT_ADDRESS)(request) or "0.0.0.0"  # noqa: S104


class CouncilDoor(DefaultSocialAccountAdapter):
    """Who may come in by the council's own sign-in, and as what."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        return [council_app()] if settings.OIDC_ISSUER else []

    def get_requests_session(self) -> Session:
        """Where the provider was said to be, and nowhere that an answer leads on to."""
        session: Session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        raise ImmediateHttpResponse(refused_answer(request, error, exception))

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The last questions before anybody is let in; roles are given and taken away first."""
        claims: Claims = sociallogin.claims
        if not constant_time_compare(str(claims.get("nonce")), str(sociallogin.state.get("nonce"))):
            raise ImmediateHttpResponse(refuse(request, Refusal.NONCE))
        request.session["id_token"] = sociallogin.id_token
        if not_strong_enough(claims):
            raise ImmediateHttpResponse(refuse(request, Refusal.WEAK))
        if claims.get("email_verified") is False:
            raise ImmediateHttpResponse(refuse(request, Refusal.UNVERIFIED))
        roles = roles_in(claims)
        if sociallogin.is_existing:
            describe(sociallogin.user, claims)
            sociallogin.user.save()
            hold_only(sociallogin.user, roles)
        if not roles and not (sociallogin.is_existing and sociallogin.user.is_superuser):
            if sociallogin.is_existing:
                end_sessions(UserSession.objects.filter(user=sociallogin.user))
            raise ImmediateHttpResponse(refuse(request, Refusal.NO_ROLE))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return True

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """An account at first sign-in: of its own, whoever else has the same e-mail address."""
        user: User = sociallogin.user
        user.username = f"council-{get_random_string(12).lower()}"
        user.set_unusable_password()
        served = council_served()
        user.council_id = served.number if served else None
        describe(user, sociallogin.claims)
        account: SocialAccount = sociallogin.account
        try:
            with transaction.atomic():
                user.save()
                account.user = user
                account.save()
                hold_only(user, roles_in(sociallogin.claims))
        except IntegrityError as error:
            # Two windows of one person were let in at the same moment; the other one has made the account.
            raise ImmediateHttpResponse(refuse(request, Refusal.OLD_ANSWER)) from error
        return user


def describe(user: User, claims: Claims) -> None:
    """Name and address as the provider has them now."""
    # As long as the database takes them.
    for field, claim, longest in (
        ("first_name", "given_name", 150),
        ("last_name", "family_name", 150),
        ("email", "email", 254),
    ):
        given = claims.get(claim)
        setattr(user, field, given if isinstance(given, str) and len(given) <= longest and "\x00" not in given else "")


def refused_answer(request: HttpRequest, error: Any, exception: Exception | None) -> HttpResponse:
    """The page for an answer of the provider that leads nowhere."""
    if isinstance(exception, TokenRefused):
        return refuse(request, exception.code, str(exception))
    if exception is not None:
        silent = isinstance(exception, RequestException)
        return refuse(request, Refusal.SILENT if silent else Refusal.NOT_CONFIRMED)
    if error == AuthError.CANCELLED:
        return refuse(request, Refusal.TURNED_BACK)
    return refuse(request, Refusal.PROVIDER if "error" in request.GET else Refusal.OLD_ANSWER)


class SecondStep(DefaultMFAAdapter):
    """Secrets of second steps are sealed in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right, or was used already."),
    }

    def encrypt(self, text: str) -> str:
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text)

    def get_totp_issuer(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        return str(_("Passkey"))
