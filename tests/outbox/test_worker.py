"""A worker's signs of life, its standing duties, and how it stops."""

import datetime as dt
import socket

import pytest
from django.core.management import call_command
from django.utils import timezone

from outbox.models import MailCheck, ParkedNotice, Worker
from outbox.working import Heartbeat, lay_standing_work
from tests.outbox.absent import StrangeMailServer, away
from tests.outbox.machine import DATABASES, Machine, own_database, until
from tests.outbox.receiver import Receiver


@pytest.mark.django_db
def test_while_it_works_it_has_a_row_and_afterwards_none():
    with Heartbeat():
        worker = Worker.objects.get()
        assert worker.host == socket.gethostname()
        assert list(Worker.objects.alive(timezone.now())) == [worker]
    assert not Worker.objects.exists()


@pytest.mark.django_db
def test_one_that_fell_silent_is_remembered_for_a_day():
    for name, hours in (("old", 25), ("silent", 1)):
        Worker.objects.create(name=name, host="h", pid=1, seen_at=timezone.now() - dt.timedelta(hours=hours))
    with Heartbeat():
        assert [one.name for one in Worker.objects.silent(timezone.now())] == ["silent"]


@pytest.mark.django_db
def test_standing_duties_are_laid_once_and_due_again(capsys):
    lay_standing_work()
    call_command("work", "--once")
    assert "Delivered " in capsys.readouterr().out
    check = MailCheck.objects.get()
    assert dt.timedelta(minutes=9) < check.due_at - timezone.now() <= dt.timedelta(minutes=10)
    assert check.checked_at is not None
    assert ParkedNotice.objects.count() == 1


@pytest.mark.django_db
def test_a_mail_server_that_is_not_there_is_told_in_words(settings):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = door.getsockname()
        MailCheck.lay()
        call_command("work", "--once", verbosity=0)
    assert MailCheck.objects.get().problem == "The mail server cannot be reached."


@pytest.mark.django_db
def test_a_mail_server_that_nobody_vouches_for_is_not_believed(settings, tmp_path):
    with StrangeMailServer(tmp_path) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, True
        MailCheck.lay()
        call_command("work", "--once", verbosity=0)
    assert server.began_tls
    assert MailCheck.objects.get().problem == "The mail server could not show that it is the one that we mean."


@pytest.mark.parametrize("kind", DATABASES)
def test_a_worker_outlives_its_database_being_away(tmp_path, kind):
    with (
        own_database(kind, tmp_path) as url,
        Receiver() as receiver,
        Machine(url, tmp_path, receiver) as machine,
    ):
        machine.run("shell", "--verbosity", "0", "-c", OWE_FIVE)
        machine.start("one")
        until(lambda: len(receiver.applied) == 5, "five parcels")
        with away(url):
            until(lambda: "OperationalError" in machine.said.read_text(), "the worker to notice")
        machine.run("shell", "--verbosity", "0", "-c", OWE_FIVE)
        until(lambda: len(receiver.applied) == 10, "five more parcels")


@pytest.mark.parametrize(("seconds", "finished"), [("60", True), ("0.3", False)])
def test_told_to_stop_it_finishes_what_it_holds_within_its_time_and_gives_back_the_rest(tmp_path, seconds, finished):
    """Five parcels are owed and the receiver is slow: one is under way when SIGTERM arrives."""
    with (
        own_database("sqlite", tmp_path) as url,
        Receiver() as receiver,
        Machine(url, tmp_path, receiver, STOP_WITHIN=seconds) as machine,
    ):
        machine.run("shell", "--verbosity", "0", "-c", OWE_FIVE)
        receiver.open.clear()
        machine.start("one")
        until(lambda: receiver.arrivals, "the first parcel")
        machine.running["one"].terminate()
        if finished:
            receiver.open.set()
        assert machine.stop("one") == 0
        receiver.open.set()
        left = 4 if finished else 5
        machine.run("shell", "--verbosity", "0", "-c", f"{EXPECT}\nexpect({left})")


OWE_FIVE = "from tests.outbox.owing.models import Parcel; [Parcel.objects.create(content=str(n)) for n in range(5)]"
EXPECT = """
from outbox.models import Worker
from tests.outbox.owing.models import Parcel
def expect(left):
    assert Parcel.objects.filter(claimed_by="", attempts=0).count() == Parcel.objects.count() == left
    assert not Worker.objects.exists()
"""
