"""What people type is in no log and no report of an error."""

import logging
import os
import socket
import subprocess
import sys
import urllib.request
from types import SimpleNamespace

import pytest
from django.core import mail
from gunicorn.config import Config

from config.logs import ServerLog
from search.unlogged import Formatter, in_hand
from tests.config.test_commands import ROOT, free_port, until

MARKED = "hewillkillmetonight"
ASKED = f"/find/?text=I+fear+{MARKED}&place=Tilbury"


@pytest.fixture
def log(tmp_path):
    """gunicorn's log as `serve` sets it up, with an access log that an operator turned on."""
    config = Config()
    for name, value in {"accesslog": tmp_path / "access.log", "errorlog": tmp_path / "error.log"}.items():
        config.set(name, str(value))
    config.set(
        "access_log_format", '%(r)s %(q)s "%(f)s" %({referer}i)s %({cookie}i)s %({raw_uri}e)s %({location}o)s %(s)s'
    )
    kept = {name: logging.getLogger(name).handlers[:] for name in ("gunicorn.error", "gunicorn.access")}
    made = ServerLog(config)
    yield made, lambda: "".join(path.read_text() for path in tmp_path.glob("*.log"))
    for name, handlers in kept.items():
        for handler in logging.getLogger(name).handlers:
            handler.close()
        logging.getLogger(name).handlers = handlers


def test_the_access_log_holds_no_query_string_no_referrer_and_no_cookie(log):
    made, written = log
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": ASKED,
        "QUERY_STRING": ASKED.partition("?")[2],
        "SERVER_PROTOCOL": "HTTP/1.1",
        "PATH_INFO": "/find/",
        "HTTP_REFERER": f"http://example.org{ASKED}",
        "HTTP_COOKIE": f"said={MARKED}",
    }
    request = SimpleNamespace(headers=[("REFERER", environ["HTTP_REFERER"]), ("COOKIE", environ["HTTP_COOKIE"])])
    answer = SimpleNamespace(status="200 OK", sent=1, headers=[("Location", ASKED), ("Set-Cookie", f"said={MARKED}")])
    made.access(answer, request, environ, SimpleNamespace(seconds=0, microseconds=0))
    assert MARKED not in written()
    assert "GET /find/?… HTTP/1.1" in written()


def test_requests_that_cannot_be_read_or_answered_are_logged_without_query_strings(log):
    made, written = log
    made.warning(
        f"Invalid request from ip=127.0.0.1: Invalid HTTP request line: 'GET /find/?text=I fear {MARKED} HTTP/1.1'"
    )
    try:
        raise ValueError(f"cannot read {ASKED}")
    except ValueError:
        made.exception("Error handling request %s", ASKED)
    assert MARKED not in written()
    made.warning(f"Invalid request from ip=::1: Invalid HTTP Version: 'fear {MARKED} HTTP/1.1'")
    assert MARKED not in written()
    assert "Invalid request from ip=::1: Invalid HTTP Version…" in written()
    assert "/find/?…" in written()
    assert "ValueError" in written()


def formatted(caplog):
    return "\n".join(Formatter("%(message)s").format(record) for record in caplog.records)


def test_while_own_words_are_in_hand_nothing_variable_that_holds_them_is_logged(caplog):
    with in_hand(f"I fear {MARKED}"):
        logging.getLogger("anything").warning("The database answers instead: %s (%s)", f"cannot parse {MARKED}", 3)
        try:
            raise ValueError(f"cannot parse {MARKED}")
        except ValueError:
            logging.getLogger("anything").exception("It failed.")
        said = formatted(caplog)
    assert MARKED not in said
    assert "The database answers instead: … (3)" in said
    assert "ValueError" in said
    assert "test_logs.py" in said


@pytest.mark.django_db
def test_an_error_that_nobody_caught_is_logged_without_them_until_the_next_request(client, caplog):
    def fails():
        with in_hand(f"I fear {MARKED}"):
            raise ValueError(MARKED)

    with pytest.raises(ValueError, match=MARKED):
        fails()
    logging.getLogger("anything").error("Failed with %s", MARKED)
    assert MARKED not in formatted(caplog)
    client.get("/privacy/")
    assert MARKED in formatted(caplog)


@pytest.mark.django_db
def test_an_error_report_holds_nothing_that_was_sent(client, settings, monkeypatch, caplog):
    settings.ADMINS = [("Sam", "sam@example.org")]
    handler = logging.getLogger("django").handlers
    monkeypatch.setattr("search.views.results_context", lambda *_args, **_options: 1 / len(MARKED[:0]) and MARKED)
    client.raise_request_exception = False
    client.cookies["said"] = MARKED
    answer = client.post("/find/", {"text": f"I fear {MARKED}"}, HTTP_REFERER=f"http://example.org{ASKED}", follow=True)
    assert answer.status_code == 500
    assert handler
    [report] = mail.outbox
    assert "ZeroDivisionError" in report.body
    assert MARKED not in report.body + report.subject + str(report.alternatives)
    assert MARKED not in formatted(caplog)
    assert MARKED not in answer.content.decode()


@pytest.mark.django_db
def test_a_real_server_writes_no_word_of_it(tmp_path):
    """`hereabouts serve` with an access log turned on by its operator: by link, by form, unreadably, and on paper."""
    port, access = free_port(), tmp_path / "access.log"
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "HEREABOUTS_DATA": str(tmp_path / "var"),
        "GUNICORN_CMD_ARGS": f"--access-logfile {access}",
        "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
    }
    (tmp_path / "var").mkdir()
    said = tmp_path / "said.txt"
    with said.open("w") as out:
        shared = {"env": environment, "cwd": ROOT, "stdout": out, "stderr": subprocess.STDOUT}
        subprocess.run([sys.executable, "site/manage.py", "migrate", "--verbosity", "0"], check=True, **shared)
        serve = [sys.executable, "site/manage.py", "serve", "--port", str(port), "--workers", "1"]
        process = subprocess.Popen(serve, **shared)
    try:
        until(lambda: answer_of(port, "/privacy/"), "the site")
        for path in (ASKED, ASKED.replace("/find/", "/find/points.json"), ASKED.replace("/find/", "/find/sheet.pdf")):
            answer_of(port, path)
        answer_of(port, "/find/", f"text=I+fear+{MARKED}&place=nowhere".encode())
        with socket.create_connection(("127.0.0.1", port)) as door:
            door.sendall(f"GET /find/?text=I fear {MARKED} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            door.recv(1_000)
        until(lambda: access.exists() and access.read_text().count("/find/") >= 4, "the access log")
    finally:
        process.terminate()
        process.wait(30)
    logged = access.read_text() + said.read_text()
    assert "POST /find/" in logged
    assert MARKED not in logged
    kept = [path for path in (tmp_path / "var").rglob("*") if path.is_file() and MARKED.encode() in path.read_bytes()]
    assert kept == []


def answer_of(port, path, body=None):
    try:
        asked = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}", data=body, headers={"Referer": f"http://a{ASKED}"}
        )
        with urllib.request.urlopen(asked, timeout=60) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None
