"""Writes into the log who came in, how, and what was changed of it: accounts by number, never a name or address.

Words of forms ("password", "code") are kept out of the log, so the ways in have names of their own here.
"""

import logging
from typing import Any

from allauth.account.signals import authentication_step_completed, password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from accounts.sessions import end_sessions

log = logging.getLogger(__name__)
WAYS = {
    "password": "typed",
    "socialaccount": "council",
    "totp": "app",
    "webauthn": "passkey",
    "recovery_codes": "written down",
}
MFA = "mfa"


def ways_in(request: HttpRequest) -> str:
    """“typed, app”."""
    steps = request.session.get("account_authentication_methods", [])
    kinds = [step.get("type") if step.get("method") == MFA else step.get("method") for step in steps]
    return ", ".join(WAYS.get(kind, "otherwise") for kind in kinds)


@receiver(user_logged_in, dispatch_uid="accounts.came-in")
def came_in(request: HttpRequest, user: User, **_signal: Any) -> None:
    log.info("Account %s came in: %s", user.pk, ways_in(request))


@receiver(user_logged_out, dispatch_uid="accounts.went-out")
def went_out(user: User | None, **_signal: Any) -> None:
    if user is not None:
        log.info("Account %s went out", user.pk)


@receiver(authentication_step_completed, dispatch_uid="accounts.shown-again")
def shown_again(request: HttpRequest, user: User, **signal: Any) -> None:
    """Whoever has shown again that it is them has a new key; one that was copied before opens nothing."""
    if not signal.get("reauthenticated"):
        return
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)
    log.info("Account %s showed again who it is", user.pk)


@receiver([authenticator_added, authenticator_removed, authenticator_reset], dispatch_uid="accounts.steps-change")
def step_changed(signal: Any, request: HttpRequest, user: User, authenticator: Any, **_signal: Any) -> None:
    """Wherever else somebody is signed in, they are signed out."""
    done = {authenticator_added: "has a new", authenticator_removed: "lost a", authenticator_reset: "renewed its"}
    log.info("Account %s %s second step: %s", user.pk, done[signal], WAYS.get(authenticator.type, "otherwise"))
    end_sessions(UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key))


@receiver(password_changed, dispatch_uid="accounts.secret-changed")
def secret_changed(user: User, **_signal: Any) -> None:
    log.info("Account %s changed its secret", user.pk)
