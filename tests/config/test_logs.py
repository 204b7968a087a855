"""Lines of the log: what they say, and that nobody's words are in them."""

import json
import logging
import sys
import threading
import warnings

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from config import logs
from config.logs import Json, Plain
from config.redacting import answering, without_people
from outbox import request_id
from search.unlogged import in_hand
from tests.factories.directory import make_asset

MARKED = "hewillkillmetonight"


def lines(caplog):
    return "\n".join(Json().format(record) for record in caplog.records)


def failing(*, words):
    try:
        try:
            raise LookupError(words)
        except LookupError as error:
            raise ValueError(words) from error
    except ValueError:
        logging.getLogger("search.engines").exception("It failed.")


@pytest.mark.parametrize(
    "text",
    [
        "sam.o'neill+x@example.org", "RM18 8AD", "rm188ad", "RM18-8ad", "01632 960 123", "07700900123",
        "(01632) 960-0012", "+44 7700 900123", "k3x9QaZZk3x9QaZZk3x9",
        "eyJhbGciOi9.eyJzdWIiOiIxMjM0NTY3ODkw.SflKxwRJSMeKKF2QT4fwpMeJf36POk6",
    ],
)  # fmt: skip
def test_what_looks_like_somebody_s_is_left_out(text):
    assert text not in without_people(f"It failed for {text}, again.")


@pytest.mark.parametrize("text", ["12 of 3,400 rows", "page 3, 2026-11-30", "config.web_worker", "index not found"])
def test_plain_facts_stay(text):
    assert without_people(text) == text


def test_texts_in_other_packages_lines_are_left_out_and_numbers_stay(caplog):
    logging.getLogger("somebody.else").warning("%s of %s failed for %s", 3, 4.5, "Zebediah")
    assert caplog.messages == ["3 of 4.5 failed for …"]


def test_texts_in_our_lines_stay_unless_the_request_sent_them(caplog, rf):
    log = logging.getLogger("search.engines")
    log.warning("The %s ended", "worker")
    with answering(rf.get("/?a=Zebediah")):
        log.warning("The %s ended", "worker")
        log.warning("No place is called %s", "Zebediah")
        log.warning(f"No place is called {'Zebediah'}")
    assert caplog.messages == [
        "The worker ended", "The worker ended", "No place is called …", "No place is called …",
    ]  # fmt: skip


def test_forms_files_and_cookies_count_as_sent(caplog, rf):
    request = rf.post("/", {"name": "Zebediah"}, headers={"cookie": "said=Quokka"})
    assert request.POST
    with answering(request):
        logging.getLogger("directory").warning("%s and %s", "for Zebediah", "at Quokka House")
    assert caplog.messages == ["… and …"]


def test_own_words_that_a_cookie_stands_for_are_left_out(caplog):
    with in_hand(f"I fear {MARKED}"):
        logging.getLogger("search").warning("The database answers instead: %s (%s)", f"cannot parse {MARKED}", 3)
    assert caplog.messages == ["The database answers instead: … (3)"]


def test_a_line_whose_parts_do_not_fit_is_still_a_line(caplog):
    logging.getLogger("search").warning("%d of them", "many")
    assert caplog.messages == ["%d of them"]


def test_errors_are_logged_by_type_and_place_with_what_caused_them(caplog):
    failing(words=f"cannot parse {MARKED}")
    said = lines(caplog)
    assert MARKED not in said
    assert "builtins.ValueError" in said
    assert "Because of" in said
    assert "builtins.LookupError" in said
    assert "test_logs.py" in said


def test_a_line_is_one_json_object_that_names_its_request(caplog):
    caplog.set_level(logging.INFO)
    with request_id.using("ab12"):
        failing(words="x")
    [line] = lines(caplog).splitlines()
    told = json.loads(line)
    assert {"time", "level", "request", "logger", "message", "trace"} == set(told)
    assert (told["request"], told["level"], told["message"]) == ("ab12", "error", "It failed.")
    assert told["time"].endswith("+00:00")


@pytest.mark.django_db
def test_each_request_is_one_line_by_the_name_of_its_door(client, caplog):
    caplog.set_level(logging.INFO, "hereabouts.requests")
    asset = make_asset(name="Riverside Lunch Club")
    answer = client.get(asset.get_absolute_url(), {"a": "b"})
    [record] = [one for one in caplog.records if one.name == "hereabouts.requests"]
    told = json.loads(Json().format(record))
    assert told["request"] == answer["X-Request-ID"]
    assert len(told["request"]) == 16
    assert (told["method"], told["route"], told["status"], told["role"]) == ("GET", "directory:listing", 200, "anyone")
    assert told["bytes"] == len(answer.content)
    assert told["ms"] > 0
    assert asset.slug not in Json().format(record) + Plain().format(record)
    assert "route=directory:listing status=200" in Plain().format(record)


@pytest.mark.django_db
def test_no_visitor_chooses_the_id(client):
    given = client.get("/privacy/", headers={"X-Request-ID": MARKED})["X-Request-ID"]
    assert given != MARKED
    assert client.get("/privacy/")["X-Request-ID"] != given


@pytest.mark.django_db
def test_somebody_signed_in_is_logged_by_role(as_role, caplog):
    caplog.set_level(logging.INFO, "hereabouts.requests")
    as_role(Role.MODERATOR).get("/admin/")
    record = caplog.records[-1]
    assert record.role == "moderator"
    assert record.account == User.objects.get().pk
    assert "example.org" not in Json().format(record)


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "route"), [("/no-such-page/", "wagtail_serve"), ("/static/none.css", "static")])
def test_what_is_not_there_is_logged_without_its_address(client, caplog, path, route):
    caplog.set_level(logging.INFO, "hereabouts.requests")
    client.get(path)
    assert (caplog.records[-1].route, caplog.records[-1].status) == (route, 404)


@pytest.mark.django_db
def test_a_refusal_is_logged_with_its_reason(client, caplog):
    caplog.set_level(logging.INFO, "hereabouts.requests")
    client.post("/find/", CONTENT_LENGTH="9999999")
    client.generic("BREW", "/find/")
    client.get("/privacy/", headers={"host": "evil.example"})
    client.get("/my-list/change/")
    Client(enforce_csrf_checks=True).post("/my-list/change/")
    told = [record.refused for record in caplog.records if record.name == "hereabouts.requests"]
    assert told == ["too large", "method", "not our name", "method", "no token"]


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "a\x1b[31mb", "a\x00b", "a\u2028b"])
def test_nothing_makes_a_second_line_or_moves_a_terminal(caplog, text):
    logging.getLogger("search").warning("It failed: %s", text)
    for formatter in (Json(), Plain()):
        assert formatter.format(caplog.records[-1]).isprintable()


@pytest.mark.django_db
def test_an_error_report_holds_nothing_that_was_sent(client, settings, monkeypatch, caplog):
    settings.ADMINS = [("Sam", "sam@example.org")]

    def fails(*_args, **_options):
        raise ValueError(f"cannot read {MARKED}")

    monkeypatch.setattr("search.views.results_context", fails)
    client.raise_request_exception = False
    client.cookies["said"] = MARKED
    answer = client.post(
        "/find/", {"text": f"I fear {MARKED}"}, headers={"referer": f"http://a/?q={MARKED}"}, follow=True
    )
    assert answer.status_code == 500
    [report] = mail.outbox
    assert "ValueError" in report.body
    assert f"Request: {answer['X-Request-ID']}" in report.body
    assert "Door: GET search:find" in report.body
    assert MARKED not in report.body + report.subject + str(report.alternatives)
    assert MARKED not in lines(caplog)
    assert MARKED not in answer.content.decode()


@pytest.fixture
def in_production(settings):
    """Logging as production sets it up, put back afterwards."""
    root = logging.getLogger()
    kept = (
        sys.excepthook,
        threading.excepthook,
        sys.unraisablehook,
        warnings.showwarning,
        root.handlers[:],
        root.level,
    )
    logs.configure(
        {**settings.LOGGING, "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}}}
    )
    root.handlers = kept[4]
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning = kept[:4]
    root.setLevel(kept[5])


def test_what_nobody_caught_and_warnings_are_written_without_their_words(in_production, caplog):
    error = ValueError(MARKED)
    sys.excepthook(ValueError, error, None)
    threading.excepthook(threading.ExceptHookArgs((ValueError, error, None, None)))
    warnings.showwarning(UserWarning(MARKED), UserWarning, "somewhere.py", 3)
    assert MARKED not in lines(caplog)
    assert lines(caplog).count("builtins.ValueError") == 2
    assert "UserWarning at somewhere.py, line 3" in lines(caplog)
