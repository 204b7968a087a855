"""What we ship for running it: the compose file, the units and the proxies say what the pages promise."""

import configparser
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
HOW_TO = ROOT / "docs" / "how-to"
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
OURS = ("prepare", "web", "worker", "backup")
UNITS = sorted((HOW_TO / "systemd").glob("*.service"))


def unit(path):
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str
    read.read_string(path.read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("name", [*OURS, "proxy"])
def test_what_we_run_in_a_container_can_write_to_its_data_alone_and_has_no_privileges(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not service.get("privileged")


def test_nothing_but_the_proxy_opens_a_port():
    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["proxy"]


def test_every_volume_and_every_service_that_is_named_is_there():
    for name, service in SERVICES.items():
        assert set(service.get("depends_on", {})) <= SERVICES.keys(), name
        named = {volume.partition(":")[0] for volume in service.get("volumes", [])}
        assert {volume for volume in named if re.fullmatch(r"\w+", volume)} <= COMPOSE["volumes"].keys(), name


def test_nothing_answers_before_the_database_is_brought_up_to_date():
    assert "hereabouts upgrade" in SERVICES["prepare"]["command"][-1]
    for name in ("web", "worker"):
        assert SERVICES[name]["depends_on"]["prepare"]["condition"] == "service_completed_successfully"
    assert SERVICES["proxy"]["depends_on"]["web"]["condition"] == "service_healthy"


def test_the_database_s_log_quotes_neither_a_statement_that_failed_nor_its_values():
    page = (HOW_TO / "run-it-on-many-machines.md").read_text(encoding="utf-8")
    for name, value in (("log_min_error_statement", "panic"), ("log_error_verbosity", "terse")):
        assert f"{name}={value}" in SERVICES["postgres"]["command"]
        assert f"{name} = {value}" in page


def test_what_runs_on_is_asked_whether_it_is_well():
    without = [name for name, service in SERVICES.items() if "healthcheck" not in service]
    assert sorted(without) == ["backup", "prepare", "proxy"]
    assert "/health/ready" in SERVICES["web"]["healthcheck"]["test"][-1]


def test_what_must_be_given_is_in_the_file_to_fill_in():
    told = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    given = re.findall(r"^([A-Z][A-Z0-9_]*)=", (HOW_TO / "compose.env").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"\$\{(\w+):\?", told)) <= set(given)


def test_the_file_to_fill_in_names_settings_that_there_are():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    given = re.findall(r"^([A-Z][A-Z0-9_]*)=", (HOW_TO / "compose.env").read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name in given if f"| `{name}` |" not in readme] == ["POSTGRES_PASSWORD"]


def test_the_image_has_what_backups_and_shared_uploads_need():
    told = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    extras = set(re.search(r'"\.\[([^]]+)\]"', told)[1].split(","))
    assert extras == {"backups", "elasticsearch", "media", "postcodes", "postgres", "sentences"}
    assert re.search(r"^USER hereabouts$", told, re.MULTILINE)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_run_as_an_account_of_their_own_that_can_write_its_data_alone(path):
    told = unit(path)["Service"]
    assert told["User"] == "hereabouts"
    assert told["NoNewPrivileges"] == "yes"
    assert told["ProtectSystem"] == "strict"
    assert told["PrivateTmp"] == "yes"
    assert told["UMask"] == "0077"
    assert set(told["ReadWritePaths"].split()) <= {"/var/lib/hereabouts", "/var/backups/hereabouts"}


def test_the_journal_forgets_when_the_privacy_page_says():
    assert unit(HOW_TO / "systemd" / "journald-hereabouts.conf")["Journal"]["MaxRetentionSec"] == "30day"


def test_the_database_elsewhere_is_reached_by_tls_that_is_checked():
    page = (HOW_TO / "run-it-on-many-machines.md").read_text(encoding="utf-8")
    assert re.search(r"^DATABASE_URL=\S+sslmode=verify-full", page, re.MULTILINE)
    assert not re.search(r"^(?:ELASTICSEARCH_URL|HEREABOUTS_MEDIA_S3_URL)=http:", page, re.MULTILINE)


@pytest.mark.parametrize(
    "path", [*sorted((HOW_TO / "systemd").iterdir()), *sorted((HOW_TO / "proxy").iterdir())], ids=lambda path: path.name
)
def test_every_file_that_we_ship_is_on_a_page(path):
    pages = "".join(page.read_text(encoding="utf-8") for page in HOW_TO.glob("*.md"))
    assert f"{path.parent.name}/{path.name})" in pages
