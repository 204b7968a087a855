"""What holds for everybody who is signed in: nobody stays for ever, and whoever sees people has a second step."""

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.second_step import lacks_second_step

# Seconds: nobody's idleness need be known better than that.
WRITTEN_EVERY = 60
# What opens before the second step: setting it up, and what such pages lead to.
OPEN = ("/sign-in/", "/admin/logout/", "/look.css", "/accessibility/", "/privacy/", "/media/images/")


class SignedInMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Residents have no session: their pages neither read one nor vary by it.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            if words := self._over(request):
                logout(request)
                messages.info(request, words)
            elif not request.path.startswith(OPEN) and lacks_second_step(request):
                return redirect("mfa_index")
        return self.get_response(request)

    def _over(self, request: HttpRequest) -> str:
        """Why the session ends now; empty while it does not. Notes that somebody is there."""
        session, now = request.session, time.time()
        began = session.setdefault("signed_in_at", now)
        seen = session.setdefault("seen_at", now)
        if now - began > settings.SIGNED_IN_HOURS * 3600:
            return _("You were signed out because you had been signed in for a long time.")
        if now - seen > settings.IDLE_MINUTES * 60:
            return _("You were signed out because nothing had happened for a while.")
        if now - seen > WRITTEN_EVERY:
            session["seen_at"] = now
            UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=timezone.now())
        return ""
