"""Mail to administrators about the running of the site."""

import logging
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role, group_name

log = logging.getLogger(__name__)


def tell_administrators(subject: str, lines: Iterable[str], *, page: str, key: str) -> int:
    """Write to everybody who runs the site, with a link to a page by its name; how many were written to.

    Two messages with the same key are one to a mail program.
    """
    addresses = administrators()
    if not addresses:
        log.warning("There is no administrator with an e-mail address to be told: %s", subject)
        return 0
    link = settings.WAGTAILADMIN_BASE_URL + reverse(page)
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    message = EmailMessage(
        subject=f"{settings.WAGTAIL_SITE_NAME}: {subject}",
        body="\n".join([*lines, "", link, ""]),
        bcc=addresses,
        headers={"Message-ID": f"<{key}@{host}>"},
    )
    message.send()
    return len(addresses)


def administrators() -> list[str]:
    """Addresses of those who have the role and may sign in."""
    runs_it = Q(groups__name=group_name(Role.ADMINISTRATOR)) | Q(is_superuser=True)
    users = User.objects.filter(runs_it, is_active=True).exclude(email="")
    return list(users.order_by("email").values_list("email", flat=True).distinct())
