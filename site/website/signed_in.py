"""Who is signed in, and the pages of their work: what every page has round it. Residents' pages ask nothing."""

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import ENTERS_ADMIN, Role
from accounts.rules import roles_in

if TYPE_CHECKING:
    from accounts.models import User

WORK: dict[Role, tuple[tuple[str | Promise, str], ...]] = {
    Role.COORDINATOR: ((_("Today"), "referrals:today"), (_("People"), "referrals:people")),
    Role.PROVIDER: ((_("My referrals"), "referrals:my_referrals"),),
}


def who_is_in(request: HttpRequest | None) -> "User | None":
    """Whoever is signed in. Without a session cookie no session is read, and the page varies by none."""
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = getattr(request, "user", None)
    return cast("User", user) if user is not None and user.is_authenticated else None


def pages_of_work(request: HttpRequest | None) -> list[tuple[str, str]]:
    """Words and address of each page that their roles have work on."""
    if request is None or who_is_in(request) is None:
        return []
    roles = roles_in(request)
    named = [page for role, pages in WORK.items() if role in roles for page in pages]
    return [(str(words), url) for words, name in named if (url := address(name))]


def enters_admin(request: HttpRequest) -> bool:
    return bool(roles_in(request) & set(ENTERS_ADMIN))


def address(name: str) -> str:
    """The address of a page, or nothing where that room is not part of the site."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def footer_words(request: HttpRequest | None) -> dict[str, Any]:
    """For the foot of a page: who is in, and whether the admin opens to them; nothing for everybody else."""
    user = who_is_in(request)
    if request is None or user is None:
        return {}
    return {"name": user.get_full_name() or user.email or user.get_username(), "admin": enters_admin(request)}
