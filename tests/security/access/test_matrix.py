"""Every door of the site is in the table, and opens to those, and only those, that it names."""

import logging

import pytest

from accounts.models import Council, Team, User
from accounts.roles import make_roles
from referrals.models import Person, Referral
from tests.security.access.addresses import arguments_of
from tests.security.access.driving import named_doors, wrong_cells
from tests.security.access.table import AREAS
from tests.security.access.table.settings import SHARED
from tests.security.access.words import ADMINISTRATOR, OTHER_COUNCIL, OTHER_PATCH, OTHER_TEAM, OWN
from tests.security.access.world import lay_world

IN_TABLE = [name for rows in AREAS.values() for row in rows for name in row.names]


@pytest.fixture
def world(db, data_dir, settings):
    settings.MEDIA_ROOT = data_dir / "media"
    # So that each request has the session that its browser had, whatever the one before did to its own.
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    logging.disable()
    yield lay_world()
    logging.disable(logging.NOTSET)


def test_every_url_is_in_the_table():
    assert sorted(set(named_doors()) - set(IN_TABLE)) == []


def test_the_table_names_no_url_that_is_gone():
    assert sorted(set(IN_TABLE) - set(named_doors())) == []


def test_every_door_of_a_person_is_tried_with_those_of_others():
    rows = [row for area in AREAS.values() for row in area]
    for name, (pattern, *_more) in named_doors().items():
        # Without an account, a record opens by a code alone.
        if name.startswith("referrals:") and "key" in arguments_of(pattern) and name != "referrals:answer_one":
            tried = {row.whose for row in rows if name in row.names}
            assert {OWN, OTHER_TEAM, OTHER_PATCH, OTHER_COUNCIL} <= tried, name


# Wagtail leaves what it reads pictures through to be closed by and by.
@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("area", AREAS)
def test_every_cell_holds(area, world):
    complain(wrong_cells(AREAS[area], world))


def test_where_no_councils_are_told_apart_an_administrator_changes_what_they_would_share(world):
    for model in (User, Team, Person, Referral):
        model.objects.update(council=None)
    Council.objects.all().delete()
    make_roles()
    complain(wrong_cells([row._replace(who=ADMINISTRATOR) for row in SHARED], world))


def complain(wrong):
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)
