"""Making accounts for staff, and what they may do."""

import datetime as dt
from collections.abc import Collection

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.links import INVITED_FOR, give_link
from accounts.models import Council, User
from accounts.roles import Role, group_name, make_roles


@transaction.atomic
def make_staff(
    *, email: str, role: Role, council: Council | None = None, lasting: dt.timedelta = INVITED_FOR
) -> tuple[User, str]:
    """An account, or the one with this address; returns it with a one-time link that sets its password."""
    user = User.objects.filter(username=email).first() or User(username=email)
    user.email = email
    user.is_active = True
    user.council = council or user.council
    # Whoever had the old password has it no longer.
    user.set_unusable_password()
    user.full_clean()
    user.save()
    hold_only(user, [role])
    return user, give_link(user, lasting=lasting)


def hold_only(user: User, roles: Collection[Role]) -> None:
    """Give an account these roles, and take away every other; groups that are no roles stay."""
    names = {group_name(role): role for role in Role}
    groups = {names[group.name]: group for group in Group.objects.filter(name__in=names)}
    if not groups.keys() >= set(roles):
        groups = make_roles()
    user.groups.remove(*(group for role, group in groups.items() if role not in roles))
    user.groups.add(*(groups[role] for role in roles))
