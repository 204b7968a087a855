"""A process that restores a backup, backs that up again, and tells what is found and who is let in."""

import json
import sys

from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment

from referrals.models import Person
from tests.accounts.front_door import PASSWORD, code_at, sign_in, signed_in
from tests.config.asking import found_names


def lets_in(password, code):
    """Whether a browser is somebody's after both steps of signing in."""
    client = Client(HTTP_HOST="127.0.0.1")
    answer = sign_in(client, password=password)
    if answer.status_code == 302:
        client.post(answer.url, {"code": code})
    return signed_in(client) is not None


def main():
    first, second = sys.argv[1:]
    call_command("restore", first)
    call_command("backup", second)
    setup_test_environment()
    let_in = [lets_in(PASSWORD + "s", code_at()), lets_in(PASSWORD, "000000"), lets_in(PASSWORD, code_at())]
    called = {one.key: one.called for one in Person.objects.all()}
    sys.stdout.write(json.dumps({"found": found_names(), "let_in": let_in, "called": called}) + "\n")
