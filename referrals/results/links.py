"""What opens the questions how it went: a link in a message, or the code on a slip.

Neither is kept. Both are made of the key of the ask, so that a message that is sent twice, or a slip that is printed
again, leads to the same; what is kept finds them and cannot be turned back.
"""

import base64

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.serving import council_served
from referrals.models import ResultAsk
from referrals.results.codes import code_of, read_code

LINK = "referrals.results.links"
DIGEST = "referrals.results.digests"
LONGEST_LINK = 100


class NothingThere(Exception):
    """No ask is opened by it: it never was one, is too old, or nobody asks any more."""


def give_result_link(ask: ResultAsk) -> str:
    """What stands behind `?link=`."""
    made = salted_hmac(LINK, ask.key, algorithm="sha256").digest()
    token = base64.urlsafe_b64encode(made).decode().rstrip("=")
    if (digest := digests(token)[0]) != ask.link_digest:
        ask.link_digest = digest
        ask.save(update_fields=["link_digest"])
    return token


def give_code(ask: ResultAsk) -> str:
    """The nine characters; the ones that were printed, also when the secret has changed since."""
    for secret in secrets():
        code = code_of(ask.key, secret=secret)
        if ask.code_digest in digests(code):
            return code
    code = code_of(ask.key)
    ask.code_digest = digests(code)[0]
    ask.save(update_fields=["code_digest"])
    return code


def ask_of_link(token: str) -> ResultAsk:
    """Raises NothingThere."""
    return _opened(link_digest__in=digests(token[:LONGEST_LINK]))


def ask_of_code(typed: str) -> ResultAsk:
    """Raises NotACode, which costs whoever typed it nothing, and NothingThere."""
    return _opened(code_digest__in=digests(read_code(typed)))


def _opened(**found: object) -> ResultAsk:
    asks = ResultAsk.objects.filter(cancelled_at=None, **found).select_related("referral__person", "referral__asset")
    ask = asks.first()
    served = council_served()
    elsewhere = ask and served and ask.referral.council_id not in {None, served.number}
    if ask is None or elsewhere or ask.referral.person is None or (ask.expires_at and ask.expires_at < timezone.now()):
        raise NothingThere(_("We do not know it, or it is too old to be used. You can ring us instead."))
    return ask


def digests(text: str) -> list[str]:
    """By today's secret first."""
    return [salted_hmac(DIGEST, text, secret=secret, algorithm="sha256").hexdigest() for secret in secrets()]


def secrets() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
