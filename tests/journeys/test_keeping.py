"""Reading everything that is held about somebody, and being sure before it is erased."""

import pytest

from tests.journeys.conftest import DESKTOP, NARROW, PAGE_PATIENCE
from tests.journeys.filling import JEAN
from tests.journeys.pages import is_at, press, sound

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desk", "phone"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_everything_is_read_and_nothing_is_erased_by_one_press(size, scripts, browser, base_url, watch, as_staff, axe):
    context = watch.over(browser.new_context(base_url=base_url, viewport=size, java_script_enabled=scripts))
    context.set_default_timeout(PAGE_PATIENCE)
    as_staff(context)
    page = context.new_page()

    def looked_at():
        if scripts:
            sound(page, axe)

    page.goto(f"/people/{JEAN}/held/")
    is_at(page, "What we hold about you")
    looked_at()
    page.goto(f"/people/{JEAN}/erase/")
    looked_at()
    press(page, "Erase the record")
    page.get_by_role("heading", name="There is a problem").wait_for()
    looked_at()
    page.get_by_role("link", name="See everything first").click()
    is_at(page, "What we hold about you")
    context.close()
