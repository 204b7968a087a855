"""A process that restores a backup, backs that up again, and tells what is found and who is let in."""

import json
import sys

from django.conf import settings
from django.core.management import call_command
from django.shortcuts import resolve_url
from django.test import Client
from django.test.utils import setup_test_environment

from tests.config.asking import found_names


def lets_in(password):
    """Whether the sign-in page leads on."""
    client = Client(HTTP_HOST="127.0.0.1")
    given = {"username": "sam@example.org", "login": "sam@example.org", "password": password}
    return client.post(resolve_url(settings.LOGIN_URL), given).status_code == 302


def main():
    first, second, password = sys.argv[1:]
    call_command("restore", first)
    call_command("backup", second)
    setup_test_environment()
    said = {"found": found_names(), "right": lets_in(password), "wrong": lets_in("not-" + password)}
    sys.stdout.write(json.dumps(said) + "\n")
