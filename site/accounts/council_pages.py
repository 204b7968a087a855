"""Each council's own pages: whoever writes pages writes those of the own council's site, and no other's."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupPagePermission

from accounts.models import Council, User
from accounts.roles import WRITES_PAGES, group_name, let_write, make_roles

WRITERS = "Writers of "


def writers_of(council: Council) -> Group:
    """The group that may write a council's pages, with permission for its site as it is now."""
    group, _made = Group.objects.get_or_create(name=f"{WRITERS}{council.pk}")
    GroupPagePermission.objects.filter(group=group).exclude(page=council.site.root_page).delete()
    let_write(group, council.site.root_page)
    return group


@transaction.atomic
def keep_to_council(user: User) -> None:
    """Put somebody who writes pages among the writers of the own council, and out of any other's."""
    writes = user.groups.filter(name__in=[group_name(role) for role in WRITES_PAGES]).exists()
    wanted = {f"{WRITERS}{user.council_id}"} if writes and user.council_id else set()
    held = set(user.groups.filter(name__startswith=WRITERS).values_list("name", flat=True))
    user.groups.remove(*Group.objects.filter(name__in=held - wanted))
    user.groups.add(*Group.objects.filter(name__in=wanted - held))


@transaction.atomic
def open_council(council: Council) -> None:
    """After a council is made or its site is another: its writers may write its pages, and only those."""
    writers_of(council)
    make_roles()
    for user in council.staff.all():
        keep_to_council(user)


def when_roles_change(*, sender: Any, instance: Any, action: str, **_signal: object) -> None:
    """A receiver: whichever way somebody's roles change, the pages that they may write follow."""
    if isinstance(instance, User) and action in {"post_add", "post_remove", "post_clear"}:
        keep_to_council(instance)


def when_somebody_is_saved(*, instance: User, **_signal: object) -> None:
    """A receiver: another council, other pages."""
    keep_to_council(instance)
