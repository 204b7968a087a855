"""Who somebody is, as predicates: `is_moderator(user)`, `is_moderator | is_administrator`, `has_role(Role.EDITOR)`."""

from typing import Any

import rules
from django.http import HttpRequest

from accounts.roles import Role, group_name


def roles_of(user: Any) -> frozenset[Role]:
    """The roles that an account has now; nobody, and an account that was closed, has none."""
    if user is None or not user.is_authenticated or not user.is_active:
        return frozenset()
    named = {group_name(role): role for role in Role}
    held = {named[name] for name in user.groups.values_list("name", flat=True) if name in named}
    # Whoever may do everything runs the installation; it makes nobody a coordinator.
    return frozenset(held | {Role.ADMINISTRATOR} if user.is_superuser else held)


def roles_in(request: HttpRequest) -> frozenset[Role]:
    """The roles of whoever a request comes from, asked for once a request."""
    kept: dict[Any, frozenset[Role]] = request.__dict__.setdefault("_roles", {})
    if request.user.pk not in kept:
        kept[request.user.pk] = roles_of(request.user)
    return kept[request.user.pk]


def has_role(*roles: Role) -> rules.Predicate:
    """Whether an account has one of these roles."""
    wanted = frozenset(roles)

    def has_one(user: Any, _thing: Any = None) -> bool:
        return bool(wanted & roles_of(user))

    return rules.predicate(has_one, name="_or_".join(sorted(role.value for role in roles)))


is_administrator = has_role(Role.ADMINISTRATOR)
is_moderator = has_role(Role.MODERATOR)
is_coordinator = has_role(Role.COORDINATOR)
is_provider_member = has_role(Role.PROVIDER)
is_editor = has_role(Role.EDITOR)
is_commissioner = has_role(Role.COMMISSIONER)
