"""What a session knows of how it began, and how sessions end."""

import datetime as dt
import logging
import time
from collections.abc import Iterable

from allauth.socialaccount.models import SocialLogin
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

log = logging.getLogger(__name__)
BY_COUNCIL = "council"
JUST_NOW = dt.timedelta(minutes=5)


def mark_signed_in(request: HttpRequest, sociallogin: SocialLogin | None) -> None:
    """Note when somebody came in and by which door, so that limits and the provider can end it."""
    session = request.session
    session["signed_in_at"] = session["seen_at"] = time.time()
    if sociallogin is None:
        session.pop("id_token", None)
        return
    session["by"] = BY_COUNCIL
    session["id_token"] = sociallogin.id_token
    known = {"issuer": sociallogin.account.provider, "sid": str(sociallogin.claims.get("sid", ""))}
    UserSession.objects.filter(session_key=session.session_key).update(data=known)


def came_by_council(session: SessionBase) -> bool:
    return session.get("by") == BY_COUNCIL


def signed_in_just_now(request: HttpRequest) -> bool:
    """Whether the password need not be asked for again."""
    return time.time() - request.session.get("signed_in_at", 0) < JUST_NOW.total_seconds()


def end_sessions(sessions: Iterable[UserSession]) -> int:
    """Sign out wherever these are; the number ended."""
    ended = list(sessions)
    for session in ended:
        session.end()
        log.info("A session of account %s was ended", session.user_id)
    return len(ended)
