"""Lays the pages of the demonstration: guidance, news, and what was done about what people said."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page, Site

from website.models import (
    GuidanceIndexPage,
    GuidancePage,
    HomePage,
    LookSettings,
    NewsIndexPage,
    NewsPage,
    YouSaidPage,
    YouSaidRow,
)

HERE = Path(__file__).resolve().parent
COUNCIL = "Thurrock (demonstration)"
PHONE = "01632 960100"
PHONE_HOURS = "Monday to Friday, 9am to 5pm"
GUIDANCE_LEAD = "Plain words on the questions that people ask most. None of it is long."
YOU_SAID_LEAD = "What people told us, at talking shops, on slips and on the phone – and what came of it."


def told(name: str) -> list[dict[str, Any]]:
    """What one of the files of this folder says."""
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def pages_are_laid() -> bool:
    return GuidanceIndexPage.objects.exists()


@transaction.atomic
def lay_pages(on: dt.date) -> None:
    """Everything under the home page, as if written by `on`; and the look, where nobody has set one."""
    home = HomePage.objects.first() or _new_home()
    home.lead = "Hundreds of small services, groups and clubs – and somebody to ring."
    home.save_revision().publish()
    _lay_guidance(home, on)
    _lay_news(home, on)
    _lay_you_said(home, on)
    _set_look()


def _new_home() -> HomePage:
    """A home page for a site whose own was taken away."""
    home: HomePage = Page.get_first_root_node().add_child(instance=HomePage(title="Home", slug="demonstration"))
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": home, "hostname": "localhost"})
    return home


def _publish(parent: Page, page: Page) -> Page:
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _lay_guidance(home: HomePage, on: dt.date) -> None:
    shelf = GuidanceIndexPage(title="Guidance", slug="guidance", lead=GUIDANCE_LEAD, show_in_menus=True)
    _publish(home, shelf)
    for one in told("guidance"):
        page = GuidancePage(
            title=one["title"],
            slug=one["slug"],
            summary=one["summary"],
            owner_words=one["owner"],
            review_on=on + dt.timedelta(days=one["review_in_days"]),
            body=json.dumps(one["body"]),
        )
        _publish(shelf, page)


def _lay_news(home: HomePage, on: dt.date) -> None:
    shelf = _publish(home, NewsIndexPage(title="News", slug="news", show_in_menus=True))
    for one in told("news"):
        page = NewsPage(
            title=one["title"],
            slug=one["slug"],
            on=on - dt.timedelta(days=one["days_ago"]),
            summary=one["summary"],
            body=json.dumps(one["body"]),
        )
        _publish(shelf, page)


def _lay_you_said(home: HomePage, on: dt.date) -> None:
    page = YouSaidPage(title="You said, we did", slug="you-said", lead=YOU_SAID_LEAD, show_in_menus=True)
    page.rows = [
        YouSaidRow(
            sort_order=number,
            said=one["said"],
            did=one["did"],
            on=(on - dt.timedelta(days=30 * one["months_ago"])).replace(day=1),
        )
        for number, one in enumerate(told("you_said"))
    ]
    _publish(home, page)


def _set_look() -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return
    look = LookSettings.for_site(site)
    if not look.council_name:
        look.council_name, look.phone, look.phone_hours = COUNCIL, PHONE, PHONE_HOURS
        look.full_clean()
        look.save()
