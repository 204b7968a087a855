"""The Wagtail admin in a real browser, where nothing inline is allowed: every kind of input starts and works."""

import os

import pytest
from django.conf import settings
from wagtail.models import Page

from accounts.roles import Role
from tests.factories.directory import make_asset, make_session
from tests.journeys.conftest import CHROMIUM, PAGE_PATIENCE
from website.models import GuidanceIndexPage

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WATCH = """document.addEventListener('securitypolicyviolation', (event) => console.log(
  'REFUSED ' + [event.effectiveDirective, event.sourceFile].join(' ')))"""


@pytest.fixture
def chromium(playwright, monkeypatch):
    # Playwright's loop runs in this thread, where Django would otherwise refuse its database.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
    yield browser
    browser.close()


@pytest.fixture
def page(chromium, live_server, as_role):
    """The admin as an administrator sees it, with what the policy refused and what failed."""
    name = settings.SESSION_COOKIE_NAME
    cookie = as_role(Role.ADMINISTRATOR).cookies[name].value
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1300, "height": 1000})
    context.set_default_timeout(PAGE_PATIENCE)
    context.add_init_script(WATCH)
    context.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.refused, page.failed = [], []
    context.on("weberror", lambda error: page.failed.append(str(error.error)))
    context.on("console", lambda said: said.text.startswith("REFUSED") and page.refused.append(said.text))
    yield page
    context.close()


def sound(page):
    """Nothing was refused but the rich text editor's own style element, whose words stand in `admin.css`."""
    assert page.failed == []
    assert [one for one in page.refused if not (one.startswith("REFUSED style-src-elem") and "vendor" in one)] == []


def test_every_kind_of_input_works_without_an_inline_script(page):
    listing = make_asset(name="Riverside Lunch Club")
    make_session(listing)
    home = Page.objects.get(depth=2)
    home.add_child(instance=GuidanceIndexPage(title="Guidance", slug="guidance"))
    index = Page.objects.get(slug="guidance")

    # A listing: rows are added, dates are picked, choosers open, and what was typed is saved.
    page.goto(f"/admin/snippets/directory/asset/edit/{listing.pk}/", wait_until="networkidle")
    assert page.locator("template[data-start]").count() == 0
    rows = page.locator("#id_sessions-FORMS > *")
    before = rows.count()
    page.locator("#id_sessions-ADD").dispatch_event("click")
    assert rows.count() == before + 1
    first_on = page.locator(f"#id_sessions-{before}-first_on")
    first_on.dispatch_event("focus")
    assert first_on.evaluate("(box) => Boolean(jQuery(box).data('xdsoft_datetimepicker'))")
    venue = page.locator("[data-chooser-action-choose]").first
    venue.dispatch_event("click")
    page.locator(".modal.in, .modal.show, dialog[open]").first.wait_for()
    sound(page)

    # A page: rich text, a block with a chooser, and its preview.
    page.goto(f"/admin/pages/add/website/guidancepage/{index.pk}/", wait_until="networkidle")
    page.locator("[name=title]").fill("What is a talking shop?")
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Text").first.click()
    page.locator(".Draftail-Editor [contenteditable=true]").first.fill("You drop in.")
    sound(page)

    # The look: colours and the picture chooser; then the other kinds of screen.
    for path in (
        "/admin/", "/admin/settings/website/looksettings/", "/admin/images/add/", "/admin/documents/", "/admin/users/",
        "/admin/redirects/add/", "/admin/workflows/add/", "/admin/reports/site-history/",
        "/admin/snippets/directory/termtime/add/", "/admin/snippets/directory/provider/add/",
        f"/admin/pages/{home.pk}/edit/", f"/admin/pages/{index.pk}/", "/admin/snippets/directory/asset/",
    ):  # fmt: skip
        assert page.goto(path, wait_until="networkidle").status == 200, path
        assert page.locator("template[data-start]").count() == 0, path
        sound(page)
