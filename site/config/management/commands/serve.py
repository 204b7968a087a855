import sys
from argparse import ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from config.collecting import collect_if_changed
from config.serving import AddressTaken, check_free, default_workers, serve, shown_host


def port(typed: str) -> int:
    """A port number, or a sentence that says what is wrong."""
    if not typed.isdecimal() or not 1 <= int(typed) <= 65535:
        raise ArgumentTypeError(f"{typed} is not a port: give a number from 1 to 65535.")
    return int(typed)


def workers(typed: str) -> int:
    if not typed.isdecimal() or not 1 <= int(typed) <= 64:
        raise ArgumentTypeError(f"{typed} is not a number of processes from 1 to 64.")
    return int(typed)


def add_address(parser: CommandParser) -> None:
    """Where to listen: the same words for `serve` and `demo`."""
    parser.add_argument("--port", type=port, default=None, help=f"port to listen on (PORT, or {settings.PORT})")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this machine only)")
    parser.add_argument(
        "--workers", type=workers, default=default_workers(), help=f"web processes ({default_workers()})"
    )


class Command(BaseCommand):
    help = "Run the production web server and the worker together, until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        add_address(parser)

    def handle(self, *args: Any, host: str, port: int | None, workers: int, **options: Any) -> None:
        port = port or settings.PORT
        try:
            check_free(host, port)
            collect_if_changed()
            self.stdout.write(f"Serving at http://{shown_host(host)}:{port}/ – press Ctrl+C to stop.")
            self.stdout.flush()
            connections.close_all()
            code = serve(host=host, port=port, workers=workers)
        except AddressTaken as error:
            raise CommandError(str(error)) from error
        if code:
            self.stderr.write("The web server ended by itself; its words are above.")
            sys.exit(code)
        self.stdout.write("Stopped.")
