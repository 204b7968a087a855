"""A process in which a person is helped, and erased; it tells what the database held sealed, before and after."""

import json
import sys
from pathlib import Path

from django.core.management import call_command
from django.db.models import ExpressionWrapper, F, TextField
from django.test import Client, override_settings
from django.test.utils import setup_test_environment

from config.backup.locking import Locks
from config.backup.making import make_backup
from referrals.keeping.erasing import Because, erase
from referrals.keeping.rotating import sealed_fields
from tests.referrals.everything import MARKERS, live_through, opened_rows, rows_with


def sealed_values():
    """Whatever is sealed, as the database has it."""
    found = set()
    for model, names in sealed_fields():
        for name in names:
            raw = ExpressionWrapper(F(name), output_field=TextField())
            found |= set(model._default_manager.annotate(raw=raw).values_list("raw", flat=True))
    return sorted(found - {"", None})


def look_at(person):
    """As its coordinator does, so that whatever remembers pages could remember these."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(person.coordinator)
    for page in ("held/", "held.pdf", "erase/"):
        assert client.get(f"/people/{person.key}/{page}").status_code == 200
    client.post("/find/", {"text": person.conversations.get().words, "place": person.place})


def main():
    folder = Path(sys.argv[1])
    setup_test_environment()
    person = live_through()
    with override_settings(SECOND_STEP_REQUIRED=False):
        look_at(person)
    told = {"sealed": sealed_values(), "in the clear before": rows_with()}
    make_backup(folder / "before.tar.gz", locks=Locks())
    erase(person, by=person.coordinator, because=Because.PERSON_ASKED)
    call_command("retention", "--run", verbosity=0)
    call_command("build_index", verbosity=0)
    make_backup(folder / "after.tar.gz", locks=Locks())
    opened = opened_rows().casefold()
    told |= {
        "sealed after": sealed_values(),
        "in the clear after": rows_with(),
        "opened after": [one for one in MARKERS if one.casefold() in opened],
    }
    print(json.dumps(told))  # noqa: T201
