"""Web and workers as processes of their own, before a database of their own, to be killed."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180
DATABASES = ["sqlite", *(["postgresql"] if os.environ.get("DATABASE_URL", "").startswith("postgres") else [])]
WORK = [sys.executable, "-c", "from config.cli import main; main()", "work", "--every", "0.1"]


def until(true, what):
    """The first true answer; waits generously, since a loaded machine takes its time."""
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        if found := true():
            return found
        time.sleep(0.01)
    raise AssertionError(f"Waited {PATIENCE} seconds for {what}.")


@contextlib.contextmanager
def own_database(kind, folder):
    """`DATABASE_URL` of a new database: an SQLite file, or one on the PostgreSQL of this run."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'owing.sqlite3'}"
        return
    import psycopg

    server, name = os.environ["DATABASE_URL"].rpartition("/")[0], f"owing_{os.getpid()}"

    def run(sql):
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(sql)

    run(f"CREATE DATABASE {name}")
    try:
        yield f"{server}/{name}"
    finally:
        run(f"DROP DATABASE {name} WITH (FORCE)")


class Machine:
    """Processes by name: `start`, `kill`, `stop`. All listen at one door, which stays open while they die."""

    wsgi = "tests.outbox.owing.wsgi:application"

    def __init__(self, database, folder, receiver, **environment):
        self.said = folder / "said.txt"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "ELASTICSEARCH_URL"},
            "DJANGO_SETTINGS_MODULE": "tests.outbox.owing.settings",
            "DATABASE_URL": database,
            "HEREABOUTS_DATA": str(folder),
            "RECEIVER": receiver.address,
            "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
            **environment,
        }
        self.running = {}
        self.door = socket.socket()
        self.door.bind(("127.0.0.1", 0))
        self.door.listen(128)
        self.port = self.door.getsockname()[1]

    def __enter__(self):
        self.run("migrate", "--run-syncdb", "--verbosity", "0")
        return self

    def __exit__(self, *_error):
        for name in list(self.running):
            self.kill(name)
        self.door.close()

    def run(self, *arguments):
        command = [sys.executable, "-c", "from config.cli import main; main()", *arguments]
        ended = subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr

    def start(self, name):
        command = WORK if name != "web" else [
            sys.executable, "-m", "gunicorn", self.wsgi, "--no-control-socket",
            "--bind", f"fd://{self.door.fileno()}", "--worker-class", "gthread", "--threads", "2",
            "--log-level", "error",
        ]  # fmt: skip
        with self.said.open("a") as out:
            self.running[name] = subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=out, stderr=out,
                start_new_session=True, pass_fds=[self.door.fileno()],
            )  # fmt: skip

    def kill(self, name):
        """kill -9 of all of it."""
        process = self.running.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self, name):
        """Tell it to stop; its exit code."""
        process = self.running.pop(name)
        process.terminate()
        return process.wait(PATIENCE)

    def ask(self, path, *, post=False):
        """The answer, however often the web server dies meanwhile."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=b"" if post else None)
        return until(lambda: answer_to(request), f"an answer to {path}")

    def left(self):
        """How many orders there are, and how many parcels are still owed."""
        counts = json.loads(self.ask("/left/"))
        return counts["orders"], counts["parcels"]


def answer_to(request):
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read() or b"taken"
    except urllib.error.HTTPError as error:
        # A database that was locked for longer than a busy machine's patience is asked again; else it is a fault.
        if error.code != 500:
            raise
        return None
    except (OSError, http.client.HTTPException):
        return None
