from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry

from importers.history import LOADED


@hooks.register("register_log_actions")
def loads(actions: LogActionRegistry) -> None:
    """Say in a listing's history which file it came from."""

    @actions.register_action(LOADED)
    class Loaded(LogFormatter):
        label = _("Load from a spreadsheet")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            return gettext("Loaded from %(file)s") % {"file": log_entry.data.get("file", "")}
