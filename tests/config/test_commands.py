import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User

ROOT = Path(__file__).resolve().parents[2]
# Generous: a loaded machine takes its time to start three processes.
PATIENCE = 180


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def until(true, what):
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last:
        if found := true():
            return found
        time.sleep(0.1)
    pytest.fail(f"Waited {PATIENCE} seconds for {what}.")


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def descendants(pid):
    """Every process below one, by its number."""
    children = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            children.setdefault(parent, []).append(int(folder.name))
    found, due = [], [pid]
    while due:
        below = children.get(due.pop(), [])
        found += below
        due += below
    return found


def command_of(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def alive(pid):
    with contextlib.suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


def worker_of(pid):
    return next((one for one in descendants(pid) if command_of(one).rstrip().endswith(" work") and alive(one)), None)


def run(*arguments, data, **environment):
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PORT", "DJANGO_SETTINGS_MODULE", "ELASTICSEARCH_URL"}
    }
    return subprocess.Popen(
        [sys.executable, str(ROOT / "site" / "manage.py"), *arguments],
        env={**kept, "HEREABOUTS_DATA": str(data), "DATABASE_URL": "", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=data,
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A folder with a migrated database in it."""
    folder = tmp_path_factory.mktemp("data")
    laid = run("migrate", "-v0", data=folder)
    assert laid.wait() == 0, laid.stdout.read()
    laid.stdout.close()
    return folder


@contextlib.contextmanager
def served(data):
    """`serve` on a port of its own: (process, port). Whatever happens, nothing is left behind."""
    port = free_port()
    process = run("serve", "--port", str(port), "--workers", "1", data=data, PORT="1")
    below = []
    try:
        until(lambda: answers(port) == 200 or process.poll() is not None, "the first page")
        below = descendants(process.pid)
        yield process, port
    finally:
        below += descendants(process.pid)
        for pid in (process.pid, *below):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


@pytest.fixture
def serving(data):
    """One to be stopped."""
    with served(data) as process_and_port:
        yield process_and_port


@pytest.fixture(scope="module")
def running(data):
    """One for all who leave it running."""
    with served(data) as process_and_port:
        yield process_and_port


def test_serve_says_where_and_the_port_given_wins_over_the_environment(running):
    process, port = running
    assert answers(port) == 200
    assert f"http://127.0.0.1:{port}/" in process.stdout.readline()


def test_a_worker_that_dies_is_started_again(running):
    process, port = running
    first = until(lambda: worker_of(process.pid), "the worker")
    os.kill(first, signal.SIGKILL)
    second = until(lambda: (found := worker_of(process.pid)) != first and found, "another worker")
    assert second != first
    assert answers(port) == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_leaves_no_process_behind(serving, number):
    process, port = serving
    until(lambda: worker_of(process.pid), "the worker")
    below = descendants(process.pid)
    assert len(below) >= 3
    process.send_signal(number)
    assert process.wait(PATIENCE) == 0
    assert not [pid for pid in below if alive(pid)]
    assert answers(port) is None


def test_killed_outright_it_leaves_no_process_behind(serving):
    process, port = serving
    until(lambda: worker_of(process.pid), "the worker")
    below = descendants(process.pid)
    process.kill()
    until(lambda: not [pid for pid in below if alive(pid)], "the children to end")
    assert answers(port) is None


def test_when_the_web_server_dies_serve_ends_so_that_the_machine_can_start_it_again(serving):
    process, _port = serving
    until(lambda: worker_of(process.pid), "the worker")
    below = descendants(process.pid)
    web = next(pid for pid in below if "gunicorn" in command_of(pid))
    os.kill(web, signal.SIGKILL)
    assert process.wait(PATIENCE) != 0
    until(lambda: not [pid for pid in below if alive(pid)], "the others to end")


def test_a_port_in_use_is_a_sentence(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = door.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} .* cannot be used"):
            call_command("serve", port=port)


@pytest.mark.parametrize("typed", ["0", "65536", "http", "-1", "8000; ls"])
def test_what_is_not_a_port_is_refused_in_words(typed):
    with pytest.raises(CommandError, match="is not a port"):
        call_command("serve", f"--port={typed}")


def link_in(said):
    return re.search(r"^Link: +(\S+)$", said, re.MULTILINE)[1]


def test_a_member_of_staff_gets_a_one_time_link(db, capsys):
    call_command("create_staff", "Sam@Example.org", role="moderator")
    link = link_in(capsys.readouterr().out)
    user = User.objects.get(username="sam@example.org")
    assert link.startswith("http://127.0.0.1:8000/sign-in/link/?link=")
    assert [group.name for group in user.groups.all()] == ["Moderator"]
    assert not user.is_superuser
    assert not user.has_usable_password()


def test_an_administrator_gets_one_too(db, capsys):
    call_command("create_administrator", "sam@example.org")
    assert link_in(capsys.readouterr().out)
    assert [group.name for group in User.objects.get().groups.all()] == ["Administrator"]


def test_asked_again_the_account_gets_another_link_and_role(db, capsys):
    call_command("create_staff", "sam@example.org", role="editor")
    first = link_in(capsys.readouterr().out)
    call_command("create_staff", "sam@example.org", role="administrator")
    assert link_in(capsys.readouterr().out) != first
    assert [group.name for group in User.objects.get().groups.all()] == ["Administrator"]


@pytest.mark.parametrize("typed", ["", "sam", "sam@", "a b@example.org", "x" * 200 + "@example.org"])
def test_what_is_not_an_address_makes_no_account(db, typed):
    with pytest.raises(CommandError):
        call_command("create_staff", typed, role="editor")
    assert not User.objects.exists()
