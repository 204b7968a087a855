"""Reports of errors, which Django can send by e-mail: where it failed, and nothing that anybody sent."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.debug import ExceptionReporter

from config.redacting import places_only
from config.request_log import route
from outbox import request_id


class ErrorReport(ExceptionReporter):
    """The name of the door, the request's id, and the traceback without messages, which quote what they could not
    read."""

    def get_traceback_text(self) -> SafeString:
        told = [f"Request: {request_id.current() or 'none'}"]
        if self.request is not None:
            told.append(f"Door: {self.request.method} {route(self.request)}")
        # Safe as text of a plain e-mail: nothing in it was sent.
        return mark_safe("\n".join([*told, "", places_only((self.exc_type, self.exc_value, self.tb))]))  # noqa: S308

    def get_traceback_html(self) -> SafeString:
        return format_html("<pre>{}</pre>", f"{self.get_traceback_text()}")
