"""What settings make of the environment."""

import runpy
from pathlib import Path

import pytest
from environs import Env

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
