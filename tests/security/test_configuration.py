"""What production is made of, and what it does not show."""

import math
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings as running
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import User
from config.checks import production_is_safe
from tests.security.production import settings_of_production

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def production():
    return settings_of_production()


def test_a_new_installation_has_no_account():
    assert User.objects.count() == 0


def test_production_has_no_debug_pages(production):
    assert production["DEBUG"] is False
    assert not any(template["OPTIONS"].get("debug") for template in production["TEMPLATES"])


def test_production_refuses_to_start_with_a_default_secret_without_hosts_or_without_https(settings):
    settings.SECRET_KEY, settings.ALLOWED_HOSTS, settings.DEBUG = "short", [], True
    settings.WAGTAILADMIN_BASE_URL = "http://example.org"
    found = {message.id for message in production_is_safe()}
    assert {"hereabouts.E001", "hereabouts.E002", "hereabouts.E003", "hereabouts.E004"} <= found


def test_production_holds_nothing_that_is_for_developers(production):
    extra = {"django.contrib.admin", "django.contrib.admindocs", "wagtail.contrib.styleguide", "debug_toolbar"}
    assert extra & set(production["INSTALLED_APPS"]) == set()
    installed = re.search(r"\"\.\[([^\]]+)\]\"", (ROOT / "Dockerfile").read_text())[1]
    assert "dev" not in installed.split(",")


def test_the_image_holds_our_packages_alone():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    allowed = {"requirements.lock", "pyproject.toml", "README.md"}
    allowed |= {"site", "assets_map", "directory", "importers", "referrals", "search"}
    assert {name for line in copied for name in line.split()} <= allowed


@pytest.mark.parametrize(
    "path",
    ["/.git/HEAD", "/.git/", "/.env", "/static/", "/media/", "/media/images/", "/db.sqlite3", "/requirements.lock"],
)
def test_no_folder_is_listed_and_nothing_of_the_program_is_given_out(client, path):
    assert client.get(path).status_code == 404


def test_passwords_are_kept_by_a_function_that_takes_long(production):
    assert "PASSWORD_HASHERS" not in production
    assert running.PASSWORD_HASHERS == ["django.contrib.auth.hashers.MD5PasswordHasher"], "only in tests"
    assert PBKDF2PasswordHasher.digest().name == "sha256"
    assert PBKDF2PasswordHasher.iterations >= 600_000


def test_passwords_may_be_of_any_letters_and_never_run_out(production):
    """Of Django's validators none asks for signs or capitals."""
    names = [one["NAME"].rpartition(".")[2] for one in production["AUTH_PASSWORD_VALIDATORS"]]
    assert sorted(names) == [
        "CommonPasswordValidator", "KnownPasswordValidator", "MinimumLengthValidator", "OurWordsValidator",
        "UserAttributeSimilarityValidator",
    ]  # fmt: skip


def test_nothing_is_fetched_from_an_address_that_an_editor_typed(production):
    assert production["WAGTAILEMBEDS_FINDERS"] == []
    assert production["WAGTAIL_GRAVATAR_PROVIDER_URL"] is None
    assert production["WAGTAIL_ENABLE_UPDATE_CHECK"] is False


def test_sessions_and_caches_hold_no_objects_of_pythons_own(production):
    """Both are written as JSON, or stay in this process."""
    assert production.get("SESSION_SERIALIZER", running.SESSION_SERIALIZER).endswith("JSONSerializer")
    assert all("locmem" in cache["BACKEND"] for cache in production["CACHES"].values())


def test_no_secret_stands_in_the_repository():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    loose = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----|AGE-SECRET-KEY-1[A-Z0-9]{20}|AKIA[A-Z0-9]{16}|ghp_[A-Za-z0-9]{20}"
    )
    found = [
        name
        for name in listed.split("\0")
        if name and (ROOT / name).is_file() and loose.search((ROOT / name).read_bytes().decode("latin-1"))
    ]
    assert found == []
    assert not any(Path(name).name in {".env", "secret_key", "db.sqlite3"} for name in listed.split("\0"))


def test_the_compose_file_has_no_password_of_its_own():
    told = (ROOT / "docker-compose.yml").read_text()
    assert re.findall(r"(?:PASSWORD|SECRET_KEY): *(?!\$\{)\S+$", told, re.MULTILINE) == []
    assert not re.search(r"://\w+:(?!\$\{)[^@\s]+@", told)


def test_session_keys_cannot_be_guessed():
    """Thirty-two of thirty-six letters: 165 bits; links of 256; first secrets of 320."""
    keys = {SessionStore()._get_new_session_key() for _number in range(50)}
    assert len(keys) == 50
    assert all(len(key) * math.log2(36) > 128 for key in keys)
    assert "token_urlsafe(32)" in (ROOT / "site" / "accounts" / "links.py").read_text()
    assert "token_urlsafe(50)" in (ROOT / "site" / "config" / "environment.py").read_text()


def test_logs_go_to_one_place_and_no_other(production):
    """Standard error; the machine's journal keeps it."""
    assert {handler["class"] for handler in production["LOGGING"]["handlers"].values()} == {"logging.StreamHandler"}
