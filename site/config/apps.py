from django.apps import AppConfig
from django.db.backends.signals import connection_created


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "Hereabouts"

    def ready(self) -> None:
        from config import checks  # noqa: F401
        from config.planning import plan_for_quick_disks

        connection_created.connect(plan_for_quick_disks, dispatch_uid="config.planning")
