"""Keeps what people type out of reports of errors, which Django can send by e-mail."""

from collections.abc import ItemsView
from typing import Any

from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from search.unlogged import LEFT_OUT, without_query


class NothingTyped(SafeExceptionReporterFilter):
    """Reports of errors say where, and nothing that anybody sent."""

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        kept = super().get_safe_request_meta(request)
        return {name: kept[name] for name in ("REQUEST_METHOD", "PATH_INFO", "SERVER_NAME") if name in kept}

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest, tb_frame: Any) -> ItemsView[str, Any]:
        return dict[str, Any]().items()


class ErrorReport(ExceptionReporter):
    """A report without addresses' query strings, and without messages of errors, which quote what they could not
    read."""

    def get_traceback_data(self) -> dict[str, Any]:
        data = super().get_traceback_data()
        data |= {"request_GET_items": [], "request_FILES_items": [], "unicode_hint": "", "template_info": None}
        data |= {"exception_value": LEFT_OUT, "exception_notes": ""}
        if "request_insecure_uri" in data:
            data["request_insecure_uri"] = without_query(data["request_insecure_uri"])
        for frame in data["frames"]:
            frame["exc_cause"] = None
        return data
