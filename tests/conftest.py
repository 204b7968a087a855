"""What every test may ask for, and the rule that in CI nothing is passed over in silence."""

import os

import pytest
from django.conf import settings
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import TransactionTestCase

from accounts.access_triggers import LAY, LIFT
from accounts.models import User
from accounts.roles import make_roles

IN_CI = bool(os.environ.get("CI"))


def _passed_over(report):
    return report.skipped and not hasattr(report, "wasxfail")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """In CI a skipped test is a failed one: there, everything that tests need is installed."""
    report = yield
    if IN_CI and _passed_over(report):
        report.outcome = "failed"
        report.longrepr = f"Skipped in CI: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    if IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Skipped in CI: {report.longrepr}"
    return report


def pytest_collection_modifyitems(items):
    """What drives a browser is tried once more when it fails, and listed: a window can lose the focus, or a picture be
    late, on a machine that is busy. What fails twice has failed."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session", autouse=True)
def no_session_is_left(django_db_setup, django_db_blocker):
    """A browser's loop gives Django a second connection in the same thread, which nobody closes: PostgreSQL would then
    refuse to drop the test database."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            # One that a test ended from outside is opened anew.
            connection.close()
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        connection.close()


@pytest.fixture(scope="session", autouse=True)
def what_migrations_lay():
    """A test that commits empties every table after it; the first pages, their language and site are laid again."""
    post_migrate.connect(lay_again, dispatch_uid="what_migrations_lay")
    yield
    post_migrate.disconnect(dispatch_uid="what_migrations_lay")


@pytest.fixture(scope="session", autouse=True)
def what_stands_for_ever_may_be_emptied():
    """A test that commits empties every table after it, also the one whose rows the database will not delete."""
    empty = TransactionTestCase._fixture_teardown

    def emptied(case):
        say(LIFT)
        empty(case)
        say(LAY)

    def say(sentences):
        with connection.cursor() as cursor:
            for sentence in sentences[connection.vendor]:
                cursor.execute(sentence)

    TransactionTestCase._fixture_teardown = emptied
    yield
    TransactionTestCase._fixture_teardown = empty


def lay_again(sender, **_signal):
    from wagtail.models import Collection, Locale, Page, PageLogEntry, Site

    from website.models import HomePage

    # Of the apps that are told in turn, pages' own kinds are known to the last.
    if sender.label != "website" or Locale.objects.exists():
        return
    Locale.objects.create(language_code=settings.LANGUAGE_CODE)
    Collection.add_root(name="Root")
    home = Page.add_root(title="Root", slug="root").add_child(instance=HomePage(title="Home", slug="home"))
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    # Migrations write no history.
    PageLogEntry.objects.all().delete()


@pytest.fixture
def data_dir(settings, tmp_path):
    """A data folder of this test's own: no gazetteer, no index."""
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def as_role(client):
    """The browser of somebody who is signed in and has a role: `as_role(Role.EDITOR)`."""

    def sign_in(role):
        user = User.objects.create_user(f"{role}@example.org", email=f"{role}@example.org")
        user.groups.add(make_roles()[role])
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def nothing_kept_from_another_test():
    """Rows and terms are kept by id for a minute, and the next test's listings have the same ids."""
    from django.core.cache import cache

    from directory.rows import forget_rows, forget_terms
    from search.danger import forget
    from search.facets import forget_labels
    from search.thesaurus import forget_thesaurus

    cache.clear()
    forget_rows()
    forget_terms()
    forget_labels()
    forget_thesaurus()
    forget()
