"""Who needs more than a password, and whether they have it."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from accounts.models import User
from accounts.rules import roles_of
from accounts.sessions import came_by_council

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def needs_second_step(user: User) -> bool:
    """Whether one of their roles sees people, or everybody needs one."""
    return settings.SECOND_STEP_FOR_ALL or any(role.sees_people for role in roles_of(user))


def has_second_step(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=STEPS).exists()


def lacks_second_step(request: HttpRequest) -> bool:
    """Whether this person must set one up before anything else. The council's own sign-in asks for its own."""
    if not settings.SECOND_STEP_REQUIRED or came_by_council(request.session):
        return False
    user = request.user
    return isinstance(user, User) and needs_second_step(user) and not has_second_step(user)
