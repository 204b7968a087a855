"""One-time links: how an account gets its first password, and another when that is forgotten."""

import datetime as dt
import hashlib
import logging
import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User

log = logging.getLogger(__name__)
INVITED_FOR = dt.timedelta(days=3)
FORGOTTEN_FOR = dt.timedelta(hours=1)


class OneTimeLink(models.Model):
    """A link that was given out; what is kept cannot be turned back into it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    class Meta:
        default_permissions = ()


def give_link(user: "User", *, lasting: dt.timedelta) -> str:
    """The address of a page that sets this account's password, once. A new link ends the ones before."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        OneTimeLink.objects.filter(user=user).delete()
        OneTimeLink.objects.create(user=user, digest=_digest(token), expires_at=timezone.now() + lasting)
    log.info("Account %s was given a link", user.pk)
    # In the query, which no log keeps.
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('sign_in_link')}?link={token}"


def holder_of(token: str) -> "User | None":
    """Whose link this is; nobody's when it was used, is too old or never was."""
    now = timezone.now()
    found = OneTimeLink.objects.filter(digest=_digest(token), expires_at__gt=now, user__is_active=True)
    link = found.select_related("user").first()
    return link.user if link else None


@transaction.atomic
def spend_link(token: str, *, password: str) -> "User | None":
    """Set the password of the account that the link is for; nobody's when somebody else was quicker."""
    user = holder_of(token)
    spent, _rows = OneTimeLink.objects.filter(digest=_digest(token)).delete()
    if user is None or not spent:
        return None
    user.set_password(password)
    user.save(update_fields=["password"])
    log.info("Account %s used its link", user.pk)
    return user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
