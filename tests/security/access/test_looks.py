"""Whatever shows somebody was written down first, is shown to nobody else, and stands nowhere but there."""

import io
import logging

import pytest
from django.core import mail
from django.db import transaction
from django.test import override_settings

from accounts.access_events import CODE_WORD
from accounts.roles import Role
from config.logs import Json
from outbox.delivery import deliver_everything_due
from referrals.keeping.purposes import Purpose
from referrals.models import OwedMessage
from tests.security.access.people import marker_of
from tests.security.access.touring import WHOSE, Tour
from tests.security.access.words import NOBODY, OTHER_PATCH, OTHER_PROVIDER, OTHER_TEAM, OWN, ROOT

pytestmark = pytest.mark.django_db
SEEN_BY = {
    Role.COORDINATOR.value: {OWN, OTHER_PROVIDER},
    Role.PROVIDER.value: {OWN},
    Role.ADMINISTRATOR.value: {OWN, OTHER_PROVIDER, OTHER_TEAM, OTHER_PATCH},
    ROOT: set(WHOSE),
}
MARKER = marker_of("")
# Doors that open by a link or a code, whoever has it.
WAYS_IN = {"referrals:how_did_it_go", "referrals:answer_one", "referrals:own"}


@pytest.fixture(scope="module")
def tour(django_db_setup, django_db_blocker, tmp_path_factory):
    """Every door was opened by everybody, every page was made to fail, and what was owed was sent."""
    data, heard = tmp_path_factory.mktemp("tour"), io.StringIO()
    handler, root = logging.StreamHandler(heard), logging.getLogger()
    handler.setFormatter(Json())
    level = root.level
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(DATA_DIR=data, MEDIA_ROOT=data / "media", PERSON_KEYS=[]),
    ):
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        mail.outbox.clear()
        try:
            one = Tour()
            one.go()
            one.fail(f"{MARKER} is afraid")
            one.letters = one.write_every_letter()
            deliver_everything_due()
            one.log, one.mail = heard.getvalue(), [str(message.message()) for message in mail.outbox]
            one.owed = [repr(list(row.items())) for row in OwedMessage.objects.values()]
            yield one
        finally:
            root.removeHandler(handler)
            root.setLevel(level)
            transaction.set_rollback(True)


def complain(wrong):
    if wrong := sorted(set(wrong)):
        pytest.fail("\n".join(wrong), pytrace=False)


def test_much_was_shown(tour):
    assert set(SEEN_BY) | {NOBODY} <= {shown.subject for shown in tour.shown}
    assert "referrals:answer_one" in {shown.name for shown in tour.shown}
    assert len({shown.name for shown in tour.shown}) > 5


def test_whatever_was_shown_of_a_person_was_written_down(tour):
    complain(f"{shown}: no look" for shown in tour.shown if not shown.looks and not shown.listed)


def test_every_look_says_why(tour):
    complain(
        f"{shown}: {look.why}"
        for shown in tour.shown
        for look in shown.looks
        if not CODE_WORD.fullmatch(look.why) or (oversees(shown) and look.why not in Purpose.values)
    )


def oversees(shown):
    return shown.subject in {Role.ADMINISTRATOR.value, ROOT} and shown.name not in WAYS_IN


def test_nobody_is_shown_to_whoever_may_not_see_them(tour):
    complain(
        str(shown)
        for shown in tour.shown
        if shown.whose not in SEEN_BY.get(shown.subject, ()) and not (shown.name in WAYS_IN and shown.whose == OWN)
    )


def test_nobody_stands_in_an_address(tour):
    assert len(tour.addresses) > 50
    assert [address for address in tour.addresses if MARKER in address] == []


def test_nobody_stands_in_the_log(tour):
    assert "hereabouts.requests" in tour.log
    assert [line for line in tour.log.splitlines() if MARKER.casefold() in line.casefold()] == []


def test_nobody_stands_in_a_report_of_an_error(tour):
    assert tour.failed > 20
    assert [report for report in tour.reports if MARKER.casefold() in report.casefold()] == []


def test_nobody_stands_in_a_message_or_in_what_is_owed(tour):
    assert [kind for kind, letter in tour.letters.items() if letter is None] == []
    assert len(tour.mail) > 2
    assert [
        text
        for text in [*map(repr, tour.letters.values()), *tour.mail, *tour.owed]
        if MARKER.casefold() in text.casefold()
    ] == []
