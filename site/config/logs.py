"""Keeps what people type out of the web server's log.

No query string is logged at all, whoever asks for a log: addresses of other sites that lead to `/find/` may hold
somebody's own words or a postcode.
"""

import logging
import re
from typing import Any

from gunicorn.glogging import Logger

from search.unlogged import LEFT_OUT, without_query

# Parts of a log line that hold an address with its query string, or could, and cookies.
ADDRESSES = ("r", "f", "{referer}i", "{referer}e", "{http_referer}e", "{raw_uri}e", "{request_uri}e", "{location}o")
KEPT_OUT = ("q", "{query_string}e", "{cookie}i", "{http_cookie}e", "{set-cookie}o")


# What gunicorn says of a request that it cannot read quotes any part of it.
UNREADABLE = re.compile(r"(Invalid request from ip=\S+ [^:'\"(]*).*", re.DOTALL)


class ServerLog(Logger):
    """gunicorn's log, without query strings."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                if not any(isinstance(one, WithoutQueries) for one in handler.filters):
                    handler.addFilter(WithoutQueries())

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        found = super().atoms(resp, req, environ, request_time)
        cut = {name: without_query(found[name]) for name in ADDRESSES if isinstance(found.get(name), str)}
        # The protocol stands behind the address, and would be cut off with its query string.
        if "r" in cut:
            cut["r"] = " ".join([without_query(f"{environ['REQUEST_METHOD']} {environ['RAW_URI']}"), found["H"] or ""])
        return {**found, **cut, **{name: LEFT_OUT for name in KEPT_OUT if name in found}}


class WithoutQueries(logging.Filter):
    """Takes query strings out of what gunicorn says of requests that it could not read or answer."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == "gunicorn.error":
            said = UNREADABLE.sub(rf"\1{LEFT_OUT}", record.getMessage())
            record.msg, record.args = without_query(said), None
            if record.exc_info:
                record.exc_text = without_query(logging.Formatter().formatException(record.exc_info))
        return True
