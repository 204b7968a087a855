"""kill -9 of web and workers while referrals are made, answered by two at once, and written about."""

import email
import json
import random
import threading

import pytest

from tests.config.installations import drop, migrated_installation
from tests.outbox.machine import Machine, until
from tests.referrals.moving.urls import SAID
from tests.referrals.post_office import MailServer

REFERRALS = 24
MOVES = REFERRALS * (1 + len(SAID))
KILLS = 20


class Answering(Machine):
    """The same machine, before a database that has every table already."""

    wsgi = "tests.referrals.moving.wsgi:application"

    def __enter__(self):
        return self


@pytest.fixture
def installation(transactional_db, tmp_path):
    yield migrated_installation(tmp_path / "site", "killed")
    drop("killed")


class Provider(threading.Thread):
    """One of two people who say the same of every referral, each again until they are answered; `done` counts."""

    def __init__(self, machine):
        super().__init__(daemon=True)
        self.machine, self.done = machine, 0

    def run(self):
        for number in range(REFERRALS):
            for address in (f"/refer/{number}/", *(f"/say/{number}/{to}/" for to in SAID)):
                self.machine.ask(address, post=True)
                self.done += 1


class Nobody:
    address = ""


def test_no_move_and_no_message_is_lost_or_doubled_whoever_is_killed(installation, tmp_path):
    chance = random.Random(2026)
    kills = sorted((chance.randrange(MOVES), chance.choice(["web", "one", "two"])) for _each in range(KILLS))
    with (
        MailServer() as mail,
        Answering(
            installation.database_url, installation.folder, Nobody,
            DJANGO_SETTINGS_MODULE="tests.referrals.moving.settings",
            EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(mail.port), EMAIL_TLS="false",
        ) as machine,
    ):  # fmt: skip
        machine.run("shell", "--verbosity", "0", "-c", f"from tests.referrals.moving.urls import lay; lay({REFERRALS})")
        for name in ("web", "one", "two"):
            machine.start(name)
        both = [Provider(machine), Provider(machine)]
        for provider in both:
            provider.start()
        for point, victim in kills:
            until(lambda at=point: max(one.done for one in both) >= at, f"{point} moves")
            # Anywhere within a transaction, or between two.
            both[0].join(chance.uniform(0, 0.02))
            machine.kill(victim)
            machine.start(victim)
        for provider in both:
            provider.join()
        until(lambda: json.loads(machine.ask("/left/")) == {"owed": 0}, "everything to be written")
        made = json.loads(machine.ask("/made/"))["made"]
    assert made == [[["sent", *SAID], [2, 6, 12]]] * REFERRALS
    letters = [email.message_from_string(letter[2]) for letter in mail.letters]
    news = {one["Message-ID"] for one in letters if one["Subject"].startswith("Referral")}
    asked = {one["Message-ID"] for one in letters} - news
    # The coordinator hears of each thing that was said; the provider is not asked of what has ended already.
    assert len(news) == REFERRALS * len(SAID)
    assert 0 < len(asked) <= REFERRALS
