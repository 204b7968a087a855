"""How everything is: each part in words and numbers, the command's exit status, and the doors for programs."""

import datetime as dt
import json
import socket
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from accounts.roles import Role
from config.health import backup, disk, loads, mail, owed_work, people, postcodes, search_index, workers
from config.health.metrics import text
from config.health.part import NUMBERS, Number, Part, State
from config.health.parts import LOOKS, look_at, overall
from config.health.ready import CHECKS
from directory.models import Asset
from importers.models import Load, Source
from outbox.models import MailCheck, Worker
from search.models import IndexRenewal, StaleAsset
from search.writing import build
from tests.factories.directory import make_asset
from tests.factories.referrals import make_coordinator, make_person
from tests.outbox.owing.models import Parcel

pytestmark = pytest.mark.django_db

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def ago(**time):
    return timezone.now() - dt.timedelta(**time)


def numbers(part):
    return {(number.name, *number.labels): number.value for number in part.numbers}


# --- Parts


def test_without_a_worker_nothing_is_delivered():
    assert workers.look().state == State.BAD


def test_a_worker_that_lives_is_good_and_one_that_died_is_told():
    Worker.objects.create(name="a", host="one", pid=1)
    Worker.objects.create(name="b", host="two", pid=1, seen_at=ago(minutes=9))
    part = workers.look()
    assert part.state == State.GOOD
    assert part.words == ("1 worker is running.", "One on two ended without a word 9\xa0minutes ago.")
    assert numbers(part) == {("workers",): 1, ("workers_silent",): 1}


def test_a_worker_at_one_thing_for_long_is_looked_at():
    Worker.objects.create(name="a", host="one", pid=1, doing="parcels", doing_since=ago(hours=1))
    assert workers.look().state == State.WARNING


def test_what_is_parked_waits_or_fails_is_told():
    assert owed_work.look().state == State.GOOD
    Parcel.objects.create(parked_at=timezone.now())
    IndexRenewal.objects.create(due_at=ago(minutes=20))
    StaleAsset.objects.create(asset_id=1, attempts=7, last_error="It is full.", due_at=ago(minutes=-1))
    part = owed_work.look()
    assert part.state == State.WARNING
    assert "Parcels: 1 is parked." in part.words
    assert "Renewals of the index: waiting for 20\xa0minutes." in part.words
    assert "Index entries to be written: tried 7 times. It is full." in part.words
    assert numbers(part)["owed_rows", "owing.parcel", "parked"] == 1
    assert numbers(part)["owed_rows", "search.staleasset", "again"] == 1
    assert numbers(part)["owed_oldest_seconds", "search.indexrenewal"] >= 1_200


def test_what_waits_for_hours_is_bad():
    Parcel.objects.create(due_at=ago(hours=7))
    assert owed_work.look().state == State.BAD


def test_the_index_is_held_against_the_database():
    make_asset()
    build()
    StaleAsset.objects.all().delete()
    part = search_index.look()
    assert (part.state, numbers(part)["listings",], numbers(part)["index_listings",]) == (State.GOOD, 1, 1)
    Asset.objects.update(live=False)
    assert search_index.look().state == State.WARNING
    StaleAsset.objects.create(asset_id=1)
    assert search_index.look().state == State.GOOD


@pytest.mark.parametrize(("days", "state"), [(1, State.GOOD), (3, State.WARNING), (8, State.BAD)])
def test_an_index_that_is_not_renewed_runs_out(monkeypatch, days, state):
    now = SimpleNamespace(is_well=True, built_at=ago(days=days), listings=0, owed=0)
    monkeypatch.setattr(search_index, "health", lambda: now)
    monkeypatch.setattr(search_index, "in_words", lambda now: [])
    assert search_index.look().state == state


def test_without_postcodes_it_is_bad(data_dir):
    assert postcodes.look().state == State.BAD


@pytest.mark.parametrize(("vintage", "state"), [(ago(days=100), State.GOOD), (ago(days=900), State.WARNING)])
def test_old_postcodes_are_told(monkeypatch, vintage, state):
    class Known(list):
        about = {"sources": [{"vintage": ""}, {"vintage": vintage.date().isoformat()}]}

    monkeypatch.setattr(postcodes, "gazetteer", lambda: Known("ab"))
    part = postcodes.look()
    assert part.state == state
    assert f"They are of {vintage:%B %Y}." in part.words


def test_where_mail_goes_nowhere_it_is_said(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert mail.look().state == State.WARNING
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert mail.look().state == State.GOOD


def test_the_mail_server_is_as_the_worker_found_it(settings):
    settings.EMAIL_BACKEND = SMTP
    assert mail.look().state == State.GOOD
    check = MailCheck.objects.create(pk=1, checked_at=timezone.now())
    assert (mail.look().state, numbers(mail.look())) == (State.GOOD, {("mail_reachable",): 1})
    check.checked_at = ago(hours=2)
    check.save()
    assert mail.look().state == State.WARNING
    check.problem = "The mail server cannot be reached."
    check.save()
    part = mail.look()
    assert (part.state, part.words[0]) == (State.BAD, "The mail server cannot be reached.")


def test_no_look_waits_for_the_mail_server(settings, monkeypatch):
    settings.EMAIL_BACKEND = SMTP
    monkeypatch.setattr(socket, "create_connection", lambda *_given, **_options: 1 / 0)
    assert mail.look().state == State.GOOD


@pytest.mark.parametrize(
    ("free", "state"), [(50_000_000_000, State.GOOD), (1_000_000_000, State.WARNING), (1_000_000, State.BAD)]
)
def test_a_full_disk_is_told(monkeypatch, free, state):
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _folder: SimpleNamespace(free=free, total=10**11))
    assert disk.look().state == state


def test_the_last_load_is_told():
    assert "No listings were loaded" in loads.look().words[0]
    source = Source.objects.create(name="s", column_map="m")
    Load.objects.create(source=source, file_name="groups.xlsx", sha256="0" * 64, created=3, rejected=2)
    assert "groups.xlsx was loaded" in loads.look().words[0]
    assert numbers(loads.look())["load_rejected_rows",] == 2


def test_people_whom_nobody_looks_after_are_told_in_counts():
    coordinator = make_coordinator()
    make_person(coordinator)
    assert people.look().state == State.GOOD
    coordinator.groups.clear()
    part = people.look()
    assert part.state == State.WARNING
    assert part.words[0] == "1 person has nobody at work who looks after them."
    assert numbers(part)["people_without_coordinator",] == 1


@pytest.mark.parametrize("expected", [True, False])
def test_no_backup_is_a_warning_in_words_where_nothing_can_be_lost_yet(settings, data_dir, expected):
    settings.BACKUPS_EXPECTED = expected
    part = backup.look()
    assert part.state == (State.WARNING if expected else State.GOOD)
    assert part.words[0].startswith("Never: no backup has been made yet.")


@pytest.mark.parametrize(("days", "state"), [(0, State.GOOD), (3, State.WARNING), (30, State.BAD)])
def test_the_age_of_the_last_backup_is_told(data_dir, days, state):
    note = {"at": ago(days=days).isoformat(), "file": "a.tar", "bytes": 2_048}
    (data_dir / "last-backup.json").write_text(json.dumps(note))
    part = backup.look()
    assert part.state == state
    assert numbers(part)["backup_bytes",] == 2_048


@pytest.mark.parametrize("note", ["", "[]", "{", '{"at": "soon"}', '{"at": "2026-13-40T00:00"}', '{"at": 7}', "\x00"])
def test_a_note_that_cannot_be_read_is_no_backup(data_dir, note):
    (data_dir / "last-backup.json").write_text(note)
    assert backup.look().words[0].startswith("Never")


# --- All of them


def test_a_part_that_cannot_be_looked_at_is_bad_and_hides_no_other(monkeypatch):
    monkeypatch.setitem(LOOKS, "disk", lambda: 1 / 0)
    parts = {part.name: part for part in look_at()}
    assert set(parts) == set(LOOKS)
    assert parts["disk"].words == ("It could not be looked at (ZeroDivisionError).",)
    assert overall(parts.values()) == State.BAD


@pytest.mark.parametrize("state", State)
def test_the_command_ends_with_the_worst_state(monkeypatch, capsys, state):
    for name in LOOKS:
        monkeypatch.setitem(LOOKS, name, lambda name=name: Part(name, State.GOOD, ("Fine.",)))
    monkeypatch.setitem(LOOKS, "last backup", lambda: Part("last backup", state, ("Hm.",)))
    if state:
        with pytest.raises(SystemExit) as ended:
            call_command("health")
        assert ended.value.code == state
    else:
        call_command("health")
    assert f"Last backup: {state.in_words}\n  Hm." in capsys.readouterr().out


def test_the_command_knows_its_parts(capsys):
    with pytest.raises(CommandError, match=r"weather is not a part\. The parts are: database, migrations,"):
        call_command("health", "weather")
    call_command("health", "disk", "owed-work")
    assert [line for line in capsys.readouterr().out.splitlines() if line[0] != " "] == [
        "Disk: Good",
        "Owed work: Good",
    ]


# --- Doors for programs


@pytest.fixture
def well(monkeypatch):
    for name in CHECKS:
        monkeypatch.setitem(CHECKS, name, lambda: None)


def test_alive_it_answers_and_asks_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/health/live")
    assert (answer.status_code, answer.content) == (200, b"alive\n")


def test_ready_when_every_part_is(client, well):
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "parts": dict.fromkeys(CHECKS, "ready")}


@pytest.mark.parametrize("missing", ["database", "migrations", "postcodes", "search"])
def test_not_ready_it_says_which_part(client, well, monkeypatch, missing):
    monkeypatch.setitem(CHECKS, missing, lambda: 1 / 0)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "parts": {**dict.fromkeys(CHECKS, "ready"), missing: "not ready"}}


def test_the_real_parts_are_asked(client, data_dir):
    """Search is answered by the database when there is no index; without postcodes nobody finds a place."""
    parts = client.get("/health/ready").json()["parts"]
    assert parts == {"database": "ready", "migrations": "ready", "postcodes": "not ready", "search": "ready"}


def test_a_database_that_is_behind_is_not_ready(monkeypatch):
    from config.health import migrations, ready

    monkeypatch.setattr(migrations, "pending", lambda: ["search.0007_wider_words"])
    with pytest.raises(LookupError):
        ready.MigrationsApplied()()
    assert migrations.look().state == State.BAD


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_probes_come_by_any_name_and_leave_no_session(client, well, settings, path):
    settings.ALLOWED_HOSTS = ["help.example.org"]
    answer = client.get(path, headers={"host": "10.0.0.7:8000"})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    assert "Content-Security-Policy" in answer
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


def test_no_probe_tells_a_version_or_an_address(client, well, settings):
    import django

    told = client.get("/health/ready").content.decode() + client.get("/health/live").content.decode()
    for secret in (django.__version__, str(settings.DATA_DIR), settings.SECRET_KEY):
        assert secret not in told


def test_production_leads_no_probe_to_https(client, well, settings):
    from config.settings import production

    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = production.SECURE_REDIRECT_EXEMPT
    assert client.get("/health/live").status_code == 200
    assert client.get("/health/metrics").status_code == 301


def test_numbers_are_for_administrators(client, as_role):
    assert client.get("/health/metrics").status_code == 302
    assert as_role(Role.MODERATOR).get("/health/metrics").status_code == 404
    assert as_role(Role.ADMINISTRATOR).get("/health/metrics").status_code == 200


def test_numbers_are_for_whoever_has_the_token(client, settings):
    settings.METRICS_TOKEN = "a-long-token"
    assert client.get("/health/metrics", headers={"authorization": "Bearer a-long-token"}).status_code == 200
    for wrong in ("Bearer ", "Bearer a-long-toke", "Bearer ä"):
        assert client.get("/health/metrics", headers={"authorization": wrong}).status_code == 403
    assert client.get("/health/metrics", headers={"authorization": "Basic a-long-token"}).status_code == 302
    settings.METRICS_TOKEN = ""
    assert client.get("/health/metrics", headers={"authorization": "Bearer "}).status_code == 403


def test_numbers_have_names_that_stay(settings, client):
    settings.METRICS_TOKEN = "t"
    Parcel.objects.create(parked_at=timezone.now())
    answer = client.get("/health/metrics", headers={"authorization": "Bearer t"})
    families = {one.name: one for one in text_string_to_metric_families(answer.content.decode())}
    assert sorted(families) == sorted(["hereabouts_health_state", *(f"hereabouts_{name}" for name in NUMBERS)])
    assert "no-store" in answer["Cache-Control"]
    parked = [
        sample.value
        for sample in families["hereabouts_owed_rows"].samples
        if sample.labels == {"kind": "owing.parcel", "state": "parked"}
    ]
    assert parked == [1]
    assert {sample.labels["part"] for sample in families["hereabouts_health_state"].samples} >= {
        "search",
        "last-backup",
    }


def test_every_number_of_every_part_is_one_that_programs_know():
    for part in look_at():
        for number in part.numbers:
            assert len(number.labels) == len(NUMBERS[number.name][1]), number
    assert b"hereabouts_workers 3.0" in text([Part("workers", State.GOOD, (), (Number("workers", 3),))])


# --- The administrators' page


def test_the_page_says_all_in_words(as_role):
    admin = as_role(Role.ADMINISTRATOR)
    answer = admin.get(reverse("health:index"))
    text = answer.content.decode()
    assert answer.status_code == 200
    for name in LOOKS:
        assert f"<h2>{name.capitalize()}</h2>" in text
    assert "No worker is running" in text
    assert "Look at this now" in text
    assert "no-store" in answer["Cache-Control"]
    assert reverse("health:index") in admin.get("/admin/").content.decode()


def test_nobody_else_finds_the_page(client, as_role):
    assert client.get(reverse("health:index")).status_code == 302
    for role in (Role.MODERATOR, Role.EDITOR, Role.COMMISSIONER):
        assert as_role(role).get(reverse("health:index")).status_code == 404
