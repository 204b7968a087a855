"""Slows down whoever guesses passwords, and keeps nobody else out.

Wrong tries are counted for each address that is typed, whether there is such an account or not: in one count for every
device that has never signed in with it, and in one more for each device that has. So a stranger's tries make strangers
wait, and never the person whose own device is known.
"""

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

SALT = "accounts.guessing"
KNOWN_FOR = dt.timedelta(days=180)
# People who share one device.
MOST_NAMES = 8
FREE_TRIES = 5
FIRST_WAIT = dt.timedelta(minutes=1)
LONGEST_WAIT = dt.timedelta(hours=1)
FORGOTTEN_AFTER = dt.timedelta(days=1)


class WrongTries(models.Model):
    """How often somebody was wrong; whose address it was cannot be read from it."""

    digest = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions = ()


def wait_after(tries: int) -> dt.timedelta:
    """None for the first five; then a minute, and twice as long for each more, up to an hour."""
    over = tries - FREE_TRIES
    return min(FIRST_WAIT * 2 ** min(over, 10), LONGEST_WAIT) if over >= 0 else dt.timedelta()


def begin_try(request: HttpRequest, name: str, *, at: str = "password") -> dt.timedelta:
    """Count a try before it is looked at, so that many at once are as many; returns how long to wait instead."""
    now = timezone.now()
    WrongTries.objects.filter(last_at__lt=now - FORGOTTEN_AFTER).delete()
    with transaction.atomic():
        digest = _count_of(request, name, at)
        WrongTries.objects.get_or_create(digest=digest)
        row = WrongTries.objects.select_for_update().get(digest=digest)
        left = row.last_at + wait_after(row.tries) - now
        if row.tries and left > dt.timedelta():
            return left
        row.tries, row.last_at = row.tries + 1, now
        row.save()
    return dt.timedelta()


def forget_tries(request: HttpRequest, name: str, *, at: str = "password") -> None:
    """After a right one."""
    WrongTries.objects.filter(digest=_count_of(request, name, at)).delete()


def take_back_try(request: HttpRequest, name: str, *, at: str) -> None:
    """One that was right; those before it that were wrong still count."""
    tried = WrongTries.objects.filter(digest=_count_of(request, name, at), tries__gt=0)
    tried.update(tries=models.F("tries") - 1)


def know_device(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """From now on this device's tries at this address are counted apart."""
    names = {**_names_known(request), _digest(name): secrets.token_urlsafe(12)}
    kept = dict(list(names.items())[-MOST_NAMES:])
    response.set_cookie(
        f"{settings.COOKIE_PREFIX}device",
        signing.dumps(kept, salt=SALT),
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _count_of(request: HttpRequest, name: str, at: str) -> str:
    digest = _digest(name)
    return _digest(f"{at} {digest} {_names_known(request).get(digest, 'any device')}")


def _names_known(request: HttpRequest) -> dict[str, str]:
    try:
        found: Any = signing.loads(
            request.COOKIES.get(f"{settings.COOKIE_PREFIX}device", ""), salt=SALT, max_age=KNOWN_FOR
        )
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


def _digest(text: str) -> str:
    return salted_hmac(SALT, text.strip().casefold(), algorithm="sha256").hexdigest()
