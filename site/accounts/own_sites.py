"""Settings of a site are an administrator's of that council."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Site
from wagtail.permission_policies.sites import SitePermissionPolicy

from accounts.seeing import has_councils, sees_everything


class OwnSitePolicy(SitePermissionPolicy):
    def sites_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        sites = super().sites_user_has_any_permission_for(user, actions)
        return sites if sees_everything(user) or not has_councils() else sites.filter(council=user.council_id)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        site = instance if isinstance(instance, Site) else instance.site
        return self.sites_user_has_any_permission_for(user, actions).filter(pk=site.pk).exists()

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)
