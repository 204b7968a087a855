"""A process that fills an installation, then writes ten times a second until its input ends: one line for each."""

import json
import select
import sys
import time
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from accounts.access_events import record_look
from accounts.links import give_link
from accounts.roles import Role
from referrals.keeping.erasing import Because, erase
from referrals.models import Signpost
from search.models import SearchRecord
from tests.accounts.front_door import give_app, make_person
from tests.config.asking import found_names
from tests.factories.directory import make_asset, make_category
from tests.factories.referrals import make_person as make_person_helped

PACE = 0.1


def fill():
    eating = make_category()
    for name in ("Riverside Lunch Club", "Tilbury Talking Shop", "Grays Walkers – “all welcome”"):
        make_asset(name=name, categories=[eating], costs=["4.50", None], sessions=[1])
    for number in range(300):
        make_asset(name=f"Group number {number}", venue=None, reach=["phone"])
    sam = give_app(make_person("sam@example.org", Role.ADMINISTRATOR))
    give_link(sam, lasting=timedelta(days=3))
    record_look(None, what="opened", whose="accounts.user:1", why="a-test")
    gone, stays, later = (make_person_helped(called=called) for called in ("Gone", "Stays", "Later"))
    erase(gone, by=None, because=Because.PERSON_ASKED)
    default_storage.save("documents/leaflet.pdf", ContentFile(bytes(range(256)) * 4_000))
    call_command("build_index", verbosity=0)
    say(found=found_names(), gone=gone.key, stays=stays.key, later=later.key)


def write(number):
    """Three rows that belong together, and an upload."""
    with transaction.atomic():
        SearchRecord.objects.create(words="lunch", found=number, milliseconds=1)
        Signpost.objects.create(asset_id=1_000_000 + number, how=Signpost.How.PRINTED, count=number)
        SearchRecord.objects.create(words="company", found=number, milliseconds=2, on=timezone.localdate())
    default_storage.save(f"documents/{number}.txt", ContentFile(str(number).encode()))


def say(**facts):
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def main():
    fill()
    number, due = 0, time.monotonic()
    while not select.select([sys.stdin], [], [], max(0.0, due - time.monotonic()))[0]:
        number, due = number + 1, max(due + PACE, time.monotonic() - 1)
        write(number)
        say(wrote=number, at=time.time())
