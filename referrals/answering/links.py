"""Links and codes that let a provider's people answer one referral without an account; neither opens anything alone.

What is kept can be turned back into neither.
"""

import datetime as dt
import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from referrals.holding import hold
from referrals.messages import owe
from referrals.models import AnswerLink, MessageKind, Referral

CODE_LASTS = dt.timedelta(days=1)
MOST_TRIES = 5
LONGEST_TOKEN = 100


@transaction.atomic
def give_link(referral: Referral) -> str:
    """The token of another link; those before it stay good, and wrong tries at them count for it too."""
    token = secrets.token_urlsafe(32)
    tried = standing_links(referral).aggregate(most=Max("tries"))["most"] or 0
    expires_at = timezone.now() + dt.timedelta(days=settings.ANSWER_LINK_DAYS)
    AnswerLink.objects.create(referral=referral, digest=digest(token), expires_at=expires_at, tries=tried)
    return token


def link_of(token: str) -> AnswerLink | None:
    """None when it never was, is too old, or was closed."""
    found = standing(AnswerLink.objects.filter(digest=digest(token[:LONGEST_TOKEN])))
    return found.select_related("referral__asset", "referral__provider", "referral__council").first()


@transaction.atomic
def give_code(referral: Referral) -> str:
    """Six digits, in place of those before. Whoever rings has no link: they type the reference."""
    hold(referral)
    if not standing_links(referral).exists():
        give_link(referral)
    code = f"{secrets.randbelow(1_000_000):06}"
    standing_links(referral).update(
        code_digest=code_digest(referral, code), code_expires_at=timezone.now() + CODE_LASTS
    )
    return code


@transaction.atomic
def use_code(referral: Referral | None, code: str) -> bool:
    """Whether it is the code; it is good once. A wrong one is counted under the lock, so that many at once are as many;
    after the fifth no link of the referral opens, and the coordinator is told. For none the same is asked of the
    database, so that nobody learns from a clock which references there are."""
    referral = referral or Referral(pk=0)
    Referral.objects.select_for_update().filter(pk=referral.pk).first()
    links, now = standing_links(referral), timezone.now()
    given = code_digest(referral, code)
    kept = [link.code_digest for link in links if link.code_expires_at and link.code_expires_at > now]
    # Each is compared, so that no answer comes sooner than another.
    if True in [constant_time_compare(given, one) for one in kept]:
        links.update(code_digest="", tries=0, opened_at=now)
        return True
    links.update(tries=F("tries") + 1)
    if links.filter(tries__gte=MOST_TRIES).update(code_digest="", closed_at=now):
        owe(MessageKind.LINK_CLOSED, referral=referral)
    return False


def standing_links(referral: Referral) -> "QuerySet[AnswerLink]":
    return standing(AnswerLink.objects.filter(referral=referral))


def standing(links: "QuerySet[AnswerLink]") -> "QuerySet[AnswerLink]":
    return links.filter(closed_at=None, expires_at__gt=timezone.now())


def digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def code_digest(referral: Referral, code: str) -> str:
    """With a key of ours: a million codes are soon tried."""
    return salted_hmac("referrals.answering", f"{referral.key} {code}", algorithm="sha256").hexdigest()
