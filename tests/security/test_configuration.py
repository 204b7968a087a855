"""What production is made of, and what it does not show."""

import re
import runpy
import subprocess
from pathlib import Path

import pytest
from django.conf import settings as running
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from accounts.models import User

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def production():
    return runpy.run_module("config.settings.production")


def test_a_new_installation_has_no_account():
    assert User.objects.count() == 0


def test_production_has_no_debug_pages(production):
    assert production["DEBUG"] is False
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
