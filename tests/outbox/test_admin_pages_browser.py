"""Health and owed work in a real browser, wide and narrow: nothing that axe finds, and nothing cut off."""

import os

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.roles import Role
from tests.journeys.conftest import CHROMIUM, DESKTOP, NARROW, assert_axe_finds_nothing
from tests.journeys.pages import sound
from tests.outbox.owing.models import Parcel

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def chromium(playwright, monkeypatch):
    # Playwright's loop runs in this thread, where Django would otherwise refuse its database.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
    yield browser
    browser.close()


def test_nobody_is_kept_out_of_the_administrators_pages(chromium, live_server, as_role):
    name = settings.SESSION_COOKIE_NAME
    signed_in = {"name": name, "value": as_role(Role.ADMINISTRATOR).cookies[name].value, "url": live_server.url}
    for content in ("tea", "cake"):
        Parcel.objects.create(content=content, parked_at=timezone.now(), attempts=20, last_error="It was closed.")
    row = Parcel.objects.create(content="jam", attempts=3, last_error="It was closed.", parked_at=timezone.now())
    kind = "/admin/owed-work/owing.parcel/"
    for size in (DESKTOP, NARROW):
        context = chromium.new_context(viewport=size)
        context.add_cookies([signed_in])
        page = context.new_page()
        for path in ("/admin/health/", "/admin/owed-work/", kind, f"{kind}{row.pk}/give-up/"):
            assert page.goto(live_server.url + path, wait_until="networkidle").status == 200
            assert page.url.endswith(path)
            sound(page, assert_axe_finds_nothing)
        context.close()
