"""What administrators did about owed work, in the site's history."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry

from outbox.mending import GIVEN_UP, RETRIED


@hooks.register("register_log_actions")
def what_was_done(actions: LogActionRegistry) -> None:
    @actions.register_action(RETRIED)
    class Retried(LogFormatter):
        label = _("Try owed work again")
        message = _("Had it tried again")

    @actions.register_action(GIVEN_UP)
    class GivenUp(LogFormatter):
        label = _("Give up owed work")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            return gettext("Gave it up: %(because)s") % {"because": log_entry.data.get("because", "")}
