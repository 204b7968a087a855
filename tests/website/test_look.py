import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client
from wagtail.models import Site

from directory.shortlist import keep_list
from website import look
from website.models import LookSettings


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def settings_row(db):
    return LookSettings.objects.create(
        site=Site.objects.get(is_default_site=True),
        council_name="Thurrock Council",
        phone="01632 960 123",
        phone_hours="Monday to Friday, 9am to 5pm",
    )


def test_black_on_white_stands_out_21_to_1():
    assert look.contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)


def test_a_colour_does_not_stand_out_from_itself():
    assert look.contrast((18, 69, 89), (18, 69, 89)) == 1


def test_contrast_is_as_wcag_gives_it_for_the_grey_that_just_passes():
    assert look.contrast(look.parse_colour("#767676"), look.WHITE) == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("typed", ["#124559", "124559", " #124559 "])
def test_a_colour_is_read_however_it_is_typed(typed):
    assert look.parse_colour(typed) == (0x12, 0x45, 0x59)


def test_three_letters_are_short_for_six():
    assert look.parse_colour("#0a5") == look.parse_colour("#00aa55")


@pytest.mark.parametrize("typed", ["", "teal", "#12345", "#12345g", "#124559;}body{display:none", "１２３"])
def test_what_is_not_a_colour_is_refused_with_what_was_typed(typed):
    with pytest.raises(look.NotAColour) as refused:
        look.parse_colour(typed)
    assert typed in str(refused.value)


@pytest.mark.parametrize("name", ["brand_colour", "link_colour", "button_colour"])
@pytest.mark.parametrize("typed", ["#ffdd00", "#777777", "white"])
def test_a_colour_that_people_cannot_read_is_refused(name, typed):
    with pytest.raises(ValidationError) as refused:
        LookSettings(**{name: typed}).clean()
    assert list(refused.value.message_dict) == [name]


def test_a_colour_is_kept_in_one_way_of_writing():
    row = LookSettings(brand_colour="005")
    row.clean()
    assert row.brand_colour == "#000055"


def test_the_colours_that_come_with_the_site_can_be_read():
    LookSettings().clean()


def test_a_phone_number_needs_digits():
    with pytest.raises(ValidationError, match="too few digits"):
        LookSettings(phone="ring us").clean()


def test_a_broken_colour_in_the_database_does_not_break_the_style_sheet():
    assert look.Look(brand_colour="}body{").css == look.Look().css


def test_a_number_can_be_rung_from_a_phone():
    assert look.Look(phone="+44 (0)1632 960-123").phone_link == "tel:+4401632960123"


def test_the_council_stands_on_every_page(client, settings_row):
    page = client.get("/privacy/").content.decode()
    assert "Thurrock Council" in page
    assert 'href="tel:01632960123"' in page
    assert "Monday to Friday, 9am to 5pm" in page


def test_a_change_shows_on_the_next_page(client, settings_row):
    client.get("/privacy/")
    settings_row.council_name = "Essex Council"
    settings_row.save()
    assert "Essex Council" in client.get("/privacy/").content.decode()


def test_the_look_is_read_once_and_then_kept(client, settings_row, django_assert_num_queries):
    client.get("/privacy/")
    with django_assert_num_queries(0):
        client.get("/privacy/")


def test_the_page_asks_for_a_style_sheet_that_may_be_kept_for_a_year(client, settings_row):
    address = f"/look.css?v={look.Look().version}"
    assert address in client.get("/privacy/").content.decode()
    response = client.get(address)
    assert "immutable" in response["Cache-Control"]
    assert response["Content-Type"].startswith("text/css")


@pytest.mark.parametrize("version", ["", "old", "%00", "x" * 5000])
def test_a_style_sheet_of_another_version_is_not_kept_long(client, db, version):
    response = client.get(f"/look.css?v={version}")
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=60"


def test_a_page_has_no_script_or_style_of_its_own(client, settings_row):
    page = client.get("/privacy/").content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert "<script>" not in page


def test_the_server_error_page_needs_nothing_but_itself():
    page = render_to_string("500.html")
    assert "something went wrong" in page


def test_a_page_that_is_not_there_says_so_and_offers_the_phone(client, settings_row):
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "01632 960 123" in response.content.decode()


def test_a_form_without_its_token_is_answered_in_plain_words(settings_row):
    response = Client(enforce_csrf_checks=True).post("/my-list/change/", {"add": "1"})
    if response.status_code == 404:
        pytest.fail("the address of the list has changed")
    assert response.status_code == 403
    assert "Please send that again" in response.content.decode()


def test_a_search_that_is_less_complete_says_so():
    page = render_to_string("components/less_complete.html", {"look": look.Look(phone="01632 960123")})
    assert "less complete" in page
    assert "tel:01632960123" in page


def static_text(name):
    with open(finders.find(name), encoding="utf-8") as opened:
        return opened.read()


@pytest.mark.parametrize("part", ["GDS Transport", "@font-face", "url(", "crown", "crest", "sourceMappingURL"])
@pytest.mark.parametrize("name", ["govuk-frontend.min.css", "govuk-frontend.js"])
def test_the_vendored_files_have_no_font_or_crown_that_only_gov_uk_may_use(name, part):
    rest = static_text(f"website/vendor/govuk-frontend/{name}").split("*/", 1)[-1]
    assert part not in rest


def test_a_page_weighs_less_than_30_kilobytes_before_its_own_words(client, settings_row):
    page = client.get("/privacy/").content.decode()
    names = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
    weight = sum(len(gzip.compress(static_text(name).encode())) for name in names)
    assert len(names) == 6
    assert weight + len(gzip.compress(page.encode())) < 30_000


def test_nothing_on_a_page_comes_from_elsewhere(client, settings_row):
    page = client.get("/privacy/").content.decode()
    assert not re.findall(r'(?:src|<link[^>]+href)="(?:https?:)?//', page)


def test_the_count_of_the_list_stands_in_the_navigation(client, settings_row):
    response = HttpResponse()
    keep_list(response, [3, 5])
    client.cookies.update(response.cookies)
    assert "2 listings" in client.get("/privacy/").content.decode()


def test_the_reader_is_told_where_they_are(client, settings_row):
    page = client.get("/my-list/").content.decode()
    assert re.search(r'href="/my-list/" aria-current="page"', page)


@pytest.mark.parametrize(("late", "marks"), [(True, 1), (False, 0)])
def test_words_with_a_day_are_marked_once_it_has_passed_and_never_markup(late, marks):
    found = Template("{% load look %}{% due words late %}").render(Context({"words": "<b>yesterday", "late": late}))
    assert found.count("status--stale") == found.count("<svg") == marks
    assert "&lt;b&gt;yesterday" in found
