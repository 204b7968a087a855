"""What staff read of searches, and who may."""

import csv
import datetime as dt
import io
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from search.documents import asset_documents
from search.engines import engine
from search.models import SearchRecord, UnknownWord
from tests.factories.directory import make_asset

pytestmark = pytest.mark.django_db
PAGE = "/admin/looked-for/"
TABLE = "/admin/looked-for/searches.csv"


@pytest.fixture
def commissioner(as_role):
    return as_role(Role.COMMISSIONER)


def searches(count, **overrides):
    given = {"words": "lunch", "area_name": "Tilbury", "found": 0, "milliseconds": 2, "engine": "tantivy"}
    SearchRecord.objects.bulk_create(SearchRecord(**{**given, **overrides}) for _number in range(count))


def said(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_commissioner_reads_words_areas_and_what_was_not_found(commissioner):
    searches(1000)
    searches(7, words="chess", found=3)
    searches(3, words="bereaved")
    page = said(commissioner.get(PAGE))
    assert "1,010 searches" in page or "1010 searches" in page
    assert "lunch 1,000 1,000" in page
    assert "chess 7 0" in page
    assert "bereaved" not in page
    assert "lunch Tilbury 1000" in page


def test_the_period_can_be_chosen_and_nonsense_is_the_last_four_weeks(commissioner):
    searches(5, on=timezone.localdate() - dt.timedelta(days=60), words="chess")
    assert "chess" not in said(commissioner.get(PAGE))
    assert "chess 5 5" in said(commissioner.get(PAGE, {"weeks": "13"}))
    assert "chess 5 5" in said(commissioner.get(PAGE, {"weeks": "0"}))
    assert "chess" not in said(commissioner.get(PAGE, {"weeks": "٣x"}))


def test_the_table_is_the_export(commissioner):
    searches(6)
    response = commissioner.get(TABLE)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(
        r'attachment; filename="what-people-looked-for-\d{4}-\d\d-\d\d\.csv"', response["Content-Disposition"]
    )
    (row,) = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert (row["Looked for"], row["Area"], row["Searches"], row["Found nothing"]) == ("lunch", "Tilbury", "6", "6")


@pytest.mark.parametrize(
    ("role", "page", "table"),
    [
        (Role.COMMISSIONER, 200, 200),
        (Role.ADMINISTRATOR, 200, 200),
        (Role.EDITOR, 200, 404),
        (Role.MODERATOR, 404, 404),
    ],
)
def test_who_may_read_it(as_role, role, page, table):
    client = as_role(role)
    assert client.get(PAGE).status_code == page
    assert client.get(TABLE).status_code == table
    assert ("What people looked for" in client.get("/admin/").content.decode()) == (page == 200)


def test_an_editor_sees_unknown_words_and_no_searches(as_role):
    searches(9)
    page = said(as_role(Role.EDITOR).get(PAGE))
    assert "Words that the search does not know" in page
    assert "lunch" not in page


def test_a_stranger_is_sent_to_sign_in(client):
    for path in (PAGE, TABLE):
        assert client.get(path).url.startswith(reverse("wagtailadmin_login"))


def test_an_unknown_word_is_shown_until_the_directory_knows_it(commissioner, own_index):
    engine().rebuild(asset_documents())
    UnknownWord.objects.create(mark="a", word="quokka", days=6)
    UnknownWord.objects.create(mark="b", days=4)
    assert "quokka 6 " in said(commissioner.get(PAGE))
    make_asset(name="Quokka walks")
    engine().rebuild(asset_documents())
    assert "quokka" not in said(commissioner.get(PAGE))


def test_without_an_index_unknown_words_are_shown_all_the_same(commissioner, own_index):
    UnknownWord.objects.create(mark="a", word="quokka", days=6)
    assert "quokka 6 " in said(commissioner.get(PAGE))


def test_an_editor_is_led_to_the_form_that_teaches_a_word_with_the_word_in_it(as_role, own_index):
    UnknownWord.objects.create(mark="a", word="quokka", days=6)
    editor = as_role(Role.EDITOR)
    page = editor.get(PAGE).content.decode()
    address = re.search(r'href="([^"]*)">Teach the search this word', page)[1]
    form = editor.get(address).content.decode()
    assert re.search(r'<textarea name="terms"[^>]*>\s*quokka</textarea>', form)


def test_a_commissioner_is_not_led_to_a_form_that_is_not_theirs(commissioner, own_index):
    UnknownWord.objects.create(mark="a", word="quokka", days=6)
    assert "Teach the search this word" not in commissioner.get(PAGE).content.decode()
