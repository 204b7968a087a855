import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.access_events import KEPT, AccessEvent, record_look
from accounts.models import Council, Team, User
from outbox import request_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def looker():
    return User.objects.create_user("pat")


@pytest.fixture
def team():
    return Team.objects.create(name="Tilbury")


def test_a_look_says_who_what_whose_why_when_and_for_which_request(looker, team):
    with request_id.using("abc-123"):
        record_look(looker, what="opened", whose=team, why="own-team")
    event = AccessEvent.objects.get()
    assert (event.who, event.what, event.whose, event.why) == (looker, "opened", f"accounts.team:{team.pk}", "own-team")
    assert event.request_id == "abc-123"
    assert timezone.now() - event.at < dt.timedelta(hours=1)


def test_a_look_at_many_names_their_kind(rf, looker):
    request = rf.get("/")
    request.user = looker
    record_look(request, what="listed", whose=User, why="administrator")
    assert AccessEvent.objects.get().whose == "accounts.user"


def test_a_look_belongs_to_the_council_of_the_record_and_else_of_the_looker(looker, team):
    from wagtail.models import Site

    council = Council.objects.create(name="Thurrock", site=Site.objects.get(), codes="E06000034")
    looker.council = council
    assert record_look(looker, what="opened", whose=team, why="own-team").council == council
    looker.council, team.council = None, council
    assert record_look(looker, what="opened", whose=team, why="own-team").council == council


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": "rang Mrs Jones"},
        {"why": "07700 900123"},
        {"whose": "mrs.jones@example.org"},
        {"whose": "referrals.person: Jones"},
    ],
)
def test_what_somebody_typed_is_refused(looker, wrong):
    given = {"what": "opened", "whose": "accounts.team:1", "why": "own-team", **wrong}
    with pytest.raises(ValueError, match="nothing that anybody typed"):
        record_look(looker, **given)


def refuses(act):
    with pytest.raises(IntegrityError, match="access event"), transaction.atomic():
        act()


def test_the_database_itself_refuses_to_change_or_delete_an_event(looker, team):
    event = record_look(looker, what="opened", whose=team, why="own-team")
    event.why = "somebody-else"
    refuses(event.save)
    refuses(AccessEvent.objects.all().delete)
    refuses(lambda: AccessEvent.objects.update(what="nothing"))
    for sentence in ("DELETE FROM accounts_accessevent", "UPDATE accounts_accessevent SET why = 'x'"):
        refuses(lambda sentence=sentence: connection.cursor().execute(sentence))
    assert AccessEvent.objects.get().why == "own-team"


REPLACED = """REPLACE INTO accounts_accessevent (id, at, what, whose, why, request_id)
    SELECT id, at, what, whose, 'nothing', request_id FROM accounts_accessevent"""
ELSEWISE = {"sqlite": REPLACED, "postgresql": "TRUNCATE accounts_accessevent"}


def test_nor_does_it_let_them_be_replaced_or_swept_away(looker, team):
    record_look(looker, what="opened", whose=team, why="own-team")
    refuses(lambda: connection.cursor().execute(ELSEWISE[connection.vendor]))
    assert AccessEvent.objects.get().why == "own-team"


def test_only_what_is_past_its_time_can_be_deleted(looker, team):
    def kept(age):
        event = record_look(looker, what="opened", whose=team, why="own-team")
        return AccessEvent.objects.create(
            at=timezone.now() - age, who=looker, what=event.what, whose=event.whose, why=event.why
        )

    old, young = kept(KEPT + dt.timedelta(days=1)), kept(KEPT - dt.timedelta(days=1))
    due = AccessEvent.objects.past_keeping(timezone.now())
    assert list(due) == [old]
    due.delete()
    refuses(young.delete)
    refuses(lambda: AccessEvent.objects.filter(pk=young.pk).update(at=timezone.now() - 2 * KEPT))


def test_an_event_outlives_the_account(looker, team):
    number = looker.pk
    record_look(looker, what="opened", whose=team, why="own-team")
    looker.delete()
    assert AccessEvent.objects.get().who_id == number
