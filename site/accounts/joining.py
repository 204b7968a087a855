"""Making accounts for staff."""

import secrets

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import User
from accounts.roles import Role, make_roles

# As on paper: no letter or digit that looks like another.
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
GROUPS_OF_FOUR = 5


def one_time_password() -> str:
    """Twenty letters and digits in fours: 99 bits, and can be read out over the phone."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(GROUPS_OF_FOUR))


@transaction.atomic
def make_staff(*, email: str, role: Role) -> tuple[User, str]:
    """An account, or a new password for the one with this address; returns it with the password, which is not kept."""
    group: Group = make_roles()[role]
    password = one_time_password()
    user = User.objects.filter(username=email).first() or User(username=email)
    user.email = email
    user.is_active = True
    user.must_change_password = True
    user.set_password(password)
    user.full_clean()
    user.save()
    user.groups.set([group])
    return user, password
