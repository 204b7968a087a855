"""What settings make of the environment."""

import runpy
from pathlib import Path

import pytest
from environs import Env

from config.checks import the_council_s_sign_in_is_whole

BASE = Path(__file__).resolve().parents[2] / "site" / "config" / "settings" / "base.py"


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"PORT": "8080"}, "http://127.0.0.1:8080"),
        ({"PORT": "8080", "PUBLIC_URL": "https://help.example.org"}, "https://help.example.org"),
    ],
)
def test_the_site_s_own_address_follows_the_port_unless_it_is_given(monkeypatch, given, address):
    monkeypatch.setattr(Env, "read_env", lambda *_args, **_options: True)
    for name in ("PORT", "PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert runpy.run_path(str(BASE))["WAGTAILADMIN_BASE_URL"] == address


WHOLE = {
    "OIDC_ISSUER": "https://login.example.org",
    "OIDC_CLIENT_ID": "hereabouts",
    "OIDC_CLIENT_SECRET": "secret",
    "OIDC_ROLES": {"dir-team": "moderator"},
}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, []),
        ({"OIDC_ISSUER": ""}, []),
        ({"OIDC_ISSUER": "http://login.example.org"}, ["https://"]),
        ({"OIDC_CLIENT_SECRET": ""}, ["OIDC_CLIENT_SECRET is missing"]),
        ({"OIDC_ROLES": {}}, ["nobody who signs in would have a role"]),
        ({"OIDC_ROLES": {"dir-team": "king"}}, ["the role “king”, and there is none"]),
    ],
)
def test_a_council_s_sign_in_that_cannot_work_does_not_start(settings, wrong, said):
    for name, value in {**WHOLE, **wrong}.items():
        setattr(settings, name, value)
    found = [problem.msg for problem in the_council_s_sign_in_is_whole()]
    assert len(found) == len(said)
    assert all(words in problem for words, problem in zip(said, found, strict=True))


def test_a_setting_may_stand_in_a_file(monkeypatch, tmp_path):
    monkeypatch.setattr(Env, "read_env", lambda *_args, **_options: True)
    (tmp_path / "secret_key").write_text("forty letters that nobody else could ever know\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "secret_key"))
    monkeypatch.delenv("SECRET_KEY", raising=False)
    assert runpy.run_path(str(BASE))["SECRET_KEY"] == "forty letters that nobody else could ever know"


def test_host_names_may_have_spaces_between(monkeypatch):
    monkeypatch.setattr(Env, "read_env", lambda *_args, **_options: True)
    monkeypatch.setenv("ALLOWED_HOSTS", "help.example.org, www.example.org")
    assert runpy.run_path(str(BASE))["ALLOWED_HOSTS"] == ["help.example.org", "www.example.org"]
