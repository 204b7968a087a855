"""How the site runs, in the admin's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from config.health.views import HealthViewSet
from config.owed_work import OwedWorkViewSet


class RunningGroup(ViewSetGroup):
    menu_label = _("Running it")
    menu_icon = "cogs"
    menu_order = 900
    items = (HealthViewSet(), OwedWorkViewSet())


@hooks.register("register_admin_viewset")
def running() -> RunningGroup:
    return RunningGroup()
