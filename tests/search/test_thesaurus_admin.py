"""The thesaurus as staff see and change it."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from search.models import Synonyms
from search.models.thesaurus import Way
from search.thesaurus import thesaurus

pytestmark = pytest.mark.django_db
VIEW = "wagtailsnippets_search_synonyms"


def posted(**given):
    return {"terms": "carer\ncaring role", "way": "both", "means": "", "note": "", "active": "on"} | given


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MODERATOR, Role.ADMINISTRATOR])
def test_staff_add_words_and_the_search_knows_them_at_once(as_role, role):
    client = as_role(role)
    answer = client.post(reverse(f"{VIEW}:add"), posted(way="one", means="respite"))
    assert answer.status_code == 302, answer.context["form"].errors
    assert thesaurus().knows("respite")


def test_who_has_no_such_role_does_not(as_role, client):
    assert client.get(reverse(f"{VIEW}:add")).status_code == 302
    assert as_role(Role.COMMISSIONER).post(reverse(f"{VIEW}:add"), posted()).status_code == 404
    assert not Synonyms.objects.exists()


def test_what_is_wrong_is_said_beside_its_box(as_role):
    answer = as_role(Role.EDITOR).post(reverse(f"{VIEW}:add"), posted(terms="carer\n!!!"))
    assert answer.status_code == 200
    assert "“!!!” has no letters or numbers in it." in answer.content.decode()


def test_a_null_character_is_refused(as_role):
    assert as_role(Role.EDITOR).post(reverse(f"{VIEW}:add"), posted(terms="carer\ncar\x00ing")).status_code == 200
    assert not Synonyms.objects.exists()


def test_a_group_is_changed_and_stays_the_one_that_came_with_hereabouts(as_role):
    made = Synonyms.objects.create(terms="carer\ncaring role", seed_key="carer")
    answer = as_role(Role.EDITOR).post(reverse(f"{VIEW}:edit", args=[made.pk]), posted(terms="carer\nkinship"))
    assert answer.status_code == 302, answer.context["form"].errors
    made.refresh_from_db()
    assert (made.terms, made.seed_key) == ("carer\nkinship", "carer")


def test_a_group_is_deleted(as_role):
    made = Synonyms.objects.create(terms="carer\ncaring role")
    assert as_role(Role.EDITOR).post(reverse(f"{VIEW}:delete", args=[made.pk])).status_code == 302
    assert not Synonyms.objects.exists()


def test_the_list_finds_by_words_way_and_use(as_role):
    Synonyms.objects.create(terms="choir\nsinging")
    Synonyms.objects.create(terms="wits end", means="respite", way=Way.ONE, active=False)
    client = as_role(Role.EDITOR)
    for asked in ({"q": "respite"}, {"way": "one"}, {"active": "false"}):
        page = client.get(reverse(f"{VIEW}:list"), asked).content.decode()
        assert "wits end → respite" in page
        assert "choir" not in page
    assert "Which way" in page
    assert "method" not in page.split("<tbody>")[0].split("<table")[-1]


def test_it_stands_in_the_menu_under_finding(as_role):
    page = as_role(Role.EDITOR).get(reverse("wagtailadmin_home")).content.decode()
    assert "Finding" in page
    assert "Words that mean the same" in page


def test_a_word_to_be_taught_stands_in_the_form_already(as_role):
    page = as_role(Role.EDITOR).get(reverse(f"{VIEW}:add"), {"terms": "<b>gubbins" + "x" * 100}).content.decode()
    assert "&lt;b&gt;gubbinsx" in page
    assert "x" * 60 not in page
