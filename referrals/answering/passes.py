"""What a browser holds after a right code: for an hour it may answer that referral, and no other."""

import time

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from directory.own_cookies import own_cookie
from referrals.models import Referral

COOKIE = "answers"
SALT = "referrals.answering.passes"
LASTS = 3600
# Somebody who answers several, one after the other.
MOST = 8


def may_answer(request: HttpRequest, referral: Referral) -> bool:
    return referral.key in _held(request)


def let_answer(request: HttpRequest, response: HttpResponse, referral: Referral) -> None:
    held = {**_held(request), referral.key: int(time.time())}
    response.set_cookie(
        own_cookie(COOKIE),
        signing.dumps(dict(list(held.items())[-MOST:]), salt=SALT),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _held(request: HttpRequest) -> dict[str, int]:
    """Keys of referrals, and when each code was given; a cookie that was tampered with holds none."""
    try:
        found = signing.loads(request.COOKIES.get(own_cookie(COOKIE), ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return {}
    since = time.time() - LASTS
    return {key: at for key, at in found.items() if at > since} if isinstance(found, dict) else {}
