"""The production web server and the worker, as one command."""

import os
import socket
import sys
from pathlib import Path

from django.conf import settings

from config.supervising import Child, Supervisor

ROOT = Path(__file__).resolve().parents[2]
# Where each web process says that it is alive: in memory, because a slow disk would look like a stuck process.
MEMORY = Path("/dev/shm")  # noqa: S108  # gunicorn makes and removes its own file there


class AddressTaken(Exception):
    """Nothing can listen there; the message says why."""


def check_free(host: str, port: int) -> None:
    """Raise `AddressTaken` with a sentence when nothing can listen at this address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except PermissionError as error:
            raise AddressTaken(f"Port {port} may not be used by this account: choose one above 1023.") from error
        except socket.gaierror as error:
            raise AddressTaken(f"{host} is not an address of this machine.") from error
        except OSError as error:
            raise AddressTaken(
                f"Port {port} on {host} cannot be used ({error.strerror}). Choose another with --port."
            ) from error


def default_workers() -> int:
    """One web process for each processor, from 2 to 8."""
    return max(2, min(os.cpu_count() or 2, 8))


def shown_host(host: str) -> str:
    """The address that a person on this machine would type."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104


def web_command(*, host: str, port: int, workers: int) -> list[str]:
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return [
        sys.executable, "-m", "gunicorn", "config.wsgi:application", "--config", "python:config.gunicorn_settings",
        "--bind", bind, "--workers", str(workers),
        "--worker-tmp-dir", str(MEMORY if MEMORY.is_dir() else settings.DATA_DIR),
    ]  # fmt: skip


def work_command() -> list[str]:
    return [sys.executable, "-c", "from config.cli import main; main()", "work"]


def import_path() -> dict[str, str]:
    """So that children find our packages, whether this runs from a checkout or is installed."""
    kept = os.environ.get("PYTHONPATH", "")
    return {"PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT / "site"), str(ROOT), kept]))}


def serve(*, host: str, port: int, workers: int) -> int:
    """Run the web server and the worker until told to stop; the exit code."""
    check_free(host, port)
    web = Child("web server", web_command(host=host, port=port, workers=workers), restarts=False)
    worker = Child("worker", work_command(), restarts=True)
    # Every web process does arithmetic of its own: threads inside each would only be in each other's way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.update(import_path())
    return Supervisor([web, worker]).run()
