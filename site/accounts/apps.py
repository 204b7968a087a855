from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from django.db.models.signals import m2m_changed, post_delete, post_save
        from wagtail.admin import auth
        from wagtail.models import Site

        from accounts import council_pages, noting  # noqa: F401  # which hears from the front door by itself
        from accounts.admin_doors.gate import refuse
        from accounts.models import Council, User
        from accounts.serving import forget_councils

        # Wagtail has no setting for it: what it refuses is not found, as behind every other door.
        auth.permission_denied = refuse
        m2m_changed.connect(
            council_pages.when_roles_change, sender=User.groups.through, dispatch_uid="accounts.roles-change"
        )
        post_save.connect(council_pages.when_somebody_is_saved, sender=User, dispatch_uid="accounts.council-changes")
        for model in (Council, Site):
            post_save.connect(forget_councils, sender=model, dispatch_uid=f"council-saved-{model.__name__}")
            post_delete.connect(forget_councils, sender=model, dispatch_uid=f"council-deleted-{model.__name__}")


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens for accounts, in which an administrator sees those of the own council."""

    user_viewset = "accounts.users_admin.OurUserViewSet"
