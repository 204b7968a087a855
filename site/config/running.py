"""Pages of how the site runs: for whoever may see what all its councils share."""

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from accounts.admin_doors.gate import may_open
from accounts.admin_doors.table import door_of


class ForWhoeverRunsIt(MenuItem):
    """In the menu of those whose doors lead there."""

    def is_shown(self, request: HttpRequest) -> bool:
        doors = (door_of("health:index"), door_of("owed_work:index"))
        return all(door is not None and may_open(request.user, door, {}) for door in doors)
