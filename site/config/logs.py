"""How logs are written: one JSON line each in production, plain lines on a terminal. Nobody's words are in either."""

import datetime as dt
import json
import logging
import logging.config
import sys
import threading
import warnings
from typing import Any

from gunicorn.glogging import Logger

from config.redacting import quiet_record

# What a line about a request says besides the usual: `config.request_log` fills it.
ABOUT_REQUEST = ("method", "route", "status", "refused", "ms", "bytes", "role", "account")
log = logging.getLogger(__name__)


class Json(logging.Formatter):
    """One JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "request": getattr(record, "request_id", ""),
            "logger": record.name,
            "message": record.getMessage(),
        }
        told |= {name: getattr(record, name) for name in ABOUT_REQUEST if hasattr(record, name)}
        if record.exc_text:
            told["trace"] = record.exc_text
        return json.dumps(told, ensure_ascii=False)


class Plain(logging.Formatter):
    """A line for somebody who watches."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        about = " ".join(f"{name}={getattr(record, name)}" for name in ABOUT_REQUEST if hasattr(record, name))
        return f"{super().format(record)} {about}".rstrip()


FORMATTERS: dict[str, type[logging.Formatter]] = {"json": Json, "plain": Plain}


def configure(settings: dict[str, Any]) -> None:
    """Django's `LOGGING_CONFIG`: from here on, nothing that the process says holds anybody's words."""
    logging.setLogRecordFactory(quiet_record)
    logging.config.dictConfig(settings)
    if settings["handlers"]["stderr"]["formatter"] == "json":
        # What nobody caught, and warnings, would be written as they are.
        sys.excepthook = _uncaught
        threading.excepthook = lambda told: _uncaught(told.exc_type, told.exc_value, told.exc_traceback)
        sys.unraisablehook = lambda told: _uncaught(told.exc_type, told.exc_value, told.exc_traceback)
        warnings.showwarning = _warned  # type: ignore[assignment]  # what else it is told goes unread


def _uncaught(*exc_info: Any) -> None:
    if issubclass(exc_info[0], KeyboardInterrupt):
        return
    log.critical("Ended by an error that nobody caught.", exc_info=exc_info)


def _warned(_message: object, category: type[Warning], filename: str, lineno: int, *_more: object) -> None:
    log.warning("%s at %s, line %s", category.__name__, filename, lineno)


class ServerLog(Logger):
    """gunicorn's log, written as all others are. It keeps no access log, which would hold raw addresses: the line about
    a request is written by `config.request_log`."""

    def setup(self, cfg: Any) -> None:
        from django.conf import settings

        logging.setLogRecordFactory(quiet_record)
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(FORMATTERS[settings.LOG_FORMAT]())

    def access(self, *_about: Any) -> None:
        """Nothing is written."""
