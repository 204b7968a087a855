import json
import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts.access_events import AccessEvent
from accounts.roles import Role
from referrals.models import Conversation, Offer, Person
from search.models import DangerCount, SearchRecord
from tests.factories.referrals import make_conversation, make_coordinator, make_offer, make_person
from tests.referrals.referring.posting import REFERRED, refer_address

pytestmark = pytest.mark.django_db
JSON = {"headers": {"Accept": "application/json"}}
START = "/conversations/start/"


@pytest.fixture
def talk(jean):
    return make_conversation(jean, answers={"matters": "My garden"})


def address(talk, more=""):
    return f"/conversations/{talk.key}/{more}"


def marks_of(page):
    return page.context["marks"]


def looks(talk):
    return AccessEvent.objects.filter(whose=f"referrals.conversation:{talk.pk}")


def test_only_the_reference_is_needed(robin, coordinator):
    page = robin.get(START)
    key = page.context["form"].initial["key"]
    answer = robin.post(START, {"reference": " LAS  12 ", "key": key})
    talk = Conversation.objects.select_related("person").get()
    assert answer.url == address(talk)
    assert (talk.key, talk.person.reference, talk.person.coordinator) == (key, "LAS 12", coordinator)
    assert robin.post(START, {"called": "Jean"}).context["form"].errors["reference"] == ["Type the case reference."]


def test_the_same_press_twice_begins_one_conversation(robin):
    sent = {"reference": "LAS-1", "key": "abcdefghjkmnpqrs"}
    assert robin.post(START, sent).url == robin.post(START, sent).url
    assert Person.objects.count() == 1


def test_somebody_known_is_offered_before_a_second_is_made(robin, jean):
    page = robin.post(START, {"reference": jean.reference.lower(), "called": "Jeannie"})
    assert page.context["known"] == [jean]
    assert b'value="Jeannie"' in page.content
    assert Person.objects.count() == 1
    first = robin.post(START, {"person": jean.key}).url
    assert robin.post(START, {"person": jean.key}).url == first
    assert AccessEvent.objects.filter(whose=f"referrals.person:{jean.pk}", what="same-reference").count() == 1


def test_somebody_who_comes_back_after_their_record_was_closed_is_talked_with_again(robin, jean, lunch_club):
    for address, form in ((START, {"person": jean.key}), (refer_address(jean, lunch_club), REFERRED)):
        Person.objects.update(closed_at=timezone.now())
        assert robin.post(address, form).status_code == 302
        assert Person.objects.get().closed_at is None
    assert Person.objects.get().conversations.exists()


def test_a_choice_that_is_none_is_not_found(robin, jean):
    assert [robin.post(START, {"person": one}).status_code for one in ("\0", "nobody", jean.key * 9)] == [404] * 3


def test_somebody_else_s_person_is_neither_offered_nor_told_of(robin):
    theirs = make_person(make_coordinator("sam"))
    assert robin.post(START, {"reference": theirs.reference}).status_code == 302
    assert robin.post(START, {"person": theirs.key}).status_code == 404
    assert Person.objects.count() == 2


def test_at_most_nine_questions_and_the_person_has_more_room(robin, talk):
    text = robin.get(address(talk)).content.decode()
    boxes = re.findall(r'<textarea class="govuk-textarea" id="([a-z-]+)" name="[a-z-]+" rows="(\d)"', text)
    own = [(one, "5") for one in ("matters", "good-week", "important", "strengths", "change")]
    assert boxes == [*own, ("notes", "2")]
    assert text.index('id="change"') < text.index('id="notes"')
    # Who it is with is asked before; the practitioner's notes ask nothing of anybody.
    asked = re.findall(r'(?:label--m" for="(?!point)|legend--m">)', text)
    assert 1 + len(asked) == 8


def test_a_review_asks_four_questions_and_no_more(robin, talk):
    page = robin.get(address(talk, "review/"))
    assert "What is working for you?" in page.content.decode()
    began = robin.post(address(talk, "review/")).url
    assert robin.post(address(talk, "review/")).url == began
    text = robin.get(began).content.decode()
    asked = re.findall(r'<textarea class="govuk-textarea" id="([a-z-]+)"', text.partition("<template")[0])
    assert asked == ["working", "not-working", "else", "still-best"]
    assert 'name="place"' not in text
    assert 'name="notes"' not in text


def test_every_look_is_written_down(robin, talk, found):
    robin.get(address(talk))
    robin.post(address(talk), {"was": "{}"}, **JSON)
    robin.get(address(talk, "plan.pdf"))
    robin.get(address(talk, "crisis/"))
    robin.get(address(talk, "review/"))
    written = looks(talk).order_by("pk").values_list("what", "why")
    assert [what for what, _why in written] == ["conversation", "conversation", "plan", "crisis", "review"]
    assert {why for _what, why in written} == {"own"}


def test_nobody_else_s_conversation_is_there(robin, client, as_role):
    theirs = make_conversation(make_person(make_coordinator("sam")))
    for more in ("", "plan.pdf", "crisis/", "review/"):
        assert robin.get(address(theirs, more)).status_code == 404
    moderator = as_role(Role.MODERATOR)
    assert moderator.get(address(theirs)).status_code == 404


def test_without_a_script_the_buttons_save_and_put_on_the_list(robin, talk, lunch_club, found):
    found.ids = [lunch_club.pk]
    page = robin.get(address(talk))
    assert found.asked[-1] == ("My garden", "RM18 8AD", [])
    sent = {"was": marks_of(page), "good-week": "Fish on Friday", "large-print": ["", "yes"]}
    answer = robin.post(address(talk), {**sent, "put": lunch_club.pk, f"found-{lunch_club.pk}": "0.6 miles away"})
    assert answer.url == address(talk, "#list")
    page = robin.get(address(talk))
    assert (page.context["listed"][0].name, page.context["offers"]) == (lunch_club.name, ())
    assert page.context["person"].large_print
    assert page.context["size_wanted"] == 18
    assert b"Fish on Friday" in page.content
    robin.post(address(talk), {"was": marks_of(page), "large-print": "", "off": lunch_club.pk})
    assert not Offer.objects.exists()
    assert not Person.objects.get().large_print


def test_without_a_script_two_texts_are_both_shown(robin, talk, found):
    page = robin.get(address(talk))
    robin.post(address(talk), {"was": marks_of(page), "matters": "My garden and my sister"})
    both = robin.post(address(talk), {"was": marks_of(page), "matters": "My cat", "change": "Sleep"})
    text = both.content.decode()
    assert "My garden and my sister" in text
    assert "My cat</textarea>" in text
    talk.refresh_from_db()
    assert talk.answers == {"matters": "My garden and my sister", "change": "Sleep"}
    robin.post(address(talk), {"was": marks_of(both), "matters": "All three"})
    talk.refresh_from_db()
    assert talk.answers["matters"] == "All three"


def test_the_script_is_told_of_marks_of_changes_elsewhere_and_of_offers(robin, talk, lunch_club, found):
    found.ids = [lunch_club.pk]
    page = robin.get(address(talk))
    robin.post(address(talk), {"was": marks_of(page), "change": "Sleep"}, **JSON)
    told = robin.post(address(talk), {"was": marks_of(page), "matters": "My cat"}, **JSON).json()
    assert (told["version"], told["moved"], told["clashes"]) == (2, {"change": "Sleep"}, {})
    assert lunch_club.name in told["offers"]
    assert re.fullmatch(r"Saved at \d{1,2}\.\d\d", told["saved"])
    assert told["danger"].strip() == ""
    clash = robin.post(address(talk), {"was": marks_of(page), "matters": "My dog"}, **JSON).json()
    assert clash["clashes"] == {"matters": "My cat"}


@pytest.mark.parametrize("was", ["", "[]", "nonsense", '{"matters": 3}', "null"])
def test_marks_that_make_no_sense_write_over_nothing(robin, talk, found, was):
    told = robin.post(address(talk), {"was": was, "matters": "Gone"}, **JSON).json()
    assert told["clashes"] == {"matters": "My garden"}


def test_a_place_that_is_not_found_is_kept_and_told(robin, talk, found):
    told = robin.post(address(talk), {"was": marks_of(robin.get(address(talk))), "place": "RM17 6X"}, **JSON).json()
    assert told["place_problem"]
    assert Person.objects.get().place == "RM17 6X"


def test_words_of_danger_show_help_and_the_way_to_act(robin, talk, found):
    sent = {"was": marks_of(robin.get(address(talk))), "matters": "My garden. I want to kill myself."}
    told = robin.post(address(talk), sent, **JSON).json()
    assert "999" in told["danger"]
    assert address(talk, "crisis/") in told["danger"]


def test_a_crisis_asks_only_who_was_told_and_when(robin, talk):
    page = robin.get(address(talk, "crisis/"))
    assert list(page.context["form"].fields) == ["told", "at"]
    assert b"999" in page.content
    assert robin.post(address(talk, "crisis/"), {"told": "", "at": "x"}).context["form"].errors.keys() == {"told", "at"}
    robin.post(address(talk, "crisis/"), {"told": "Ade, duty manager", "at": "2026-11-02T11:42"})
    for _each in range(2):
        robin.post(address(talk, "crisis/"), {"told": "The GP", "at": "2026-11-02T12:05"})
    talk.refresh_from_db()
    assert talk.crisis_told.splitlines() == [
        "Ade, duty manager was told on Monday 2 November 2026 at 11.42am.",
        "The GP was told on Monday 2 November 2026 at 12.05pm.",
    ]
    later = robin.post(address(talk, "crisis/"), {"told": "x", "at": "2999-01-01T00:00"})
    assert "has not happened yet" in later.content.decode()


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("2026-10-25T01:30", "The clocks changed in that hour"),
        ("2026-03-29T01:30", "The clocks changed in that hour"),
        ("0001-01-01T00:00+14:00", "Look at the year again"),
        ("2026-02-31T10:00", "Type a day and a time"),
    ],
)
def test_a_time_that_never_was_or_was_twice_is_asked_for_again(robin, talk, at, sentence):
    page = robin.post(address(talk, "crisis/"), {"told": "Ade", "at": at}).content.decode()
    assert sentence in page
    assert 'value="Ade"' in page


def test_finishing_is_told(robin, talk, found):
    assert b'id="after" hidden' in robin.get(address(talk)).content
    told = robin.post(address(talk), {"was": "{}", "do": "finish"}, **JSON).json()
    assert told["finished"]
    page = robin.get(address(talk)).content.decode()
    assert 'id="after" hidden' not in page
    assert f'href="{address(talk, "review/")}"' in page


def test_nothing_of_it_is_remembered_as_a_search(robin, talk, data_dir):
    robin.post(address(talk), {"was": "{}", "change": "I want to kill myself. A choir."}, **JSON)
    assert not SearchRecord.objects.exists()
    assert not DangerCount.objects.exists()


def test_whoever_was_signed_out_is_given_back_what_they_typed(client, talk):
    page = client.post(address(talk), {"was": "{}", "matters": "My long <answer>"})
    text = page.content.decode()
    assert page.status_code == 401
    assert 'name="matters" value="My long &lt;answer&gt;"' in text
    assert "Sign in again" in text
    assert "no-store" in page.headers["Cache-Control"]
    assert client.post(address(talk), {"matters": "x"}, **JSON).json() == {"signed_out": True}
    assert client.post(address(talk)).url.startswith("/sign-in/?next=")
    assert not looks(talk).exists()


def test_a_form_without_its_token_comes_back_with_every_word(coordinator, talk):
    strict = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
    strict.force_login(coordinator)
    page = strict.post(address(talk), {"was": "{}", "matters": "My long answer", "place": "RM18 8AD"})
    assert page.status_code == 403
    assert 'name="matters" value="My long answer"' in page.content.decode()


def test_a_browser_s_keys_are_for_one_account_and_one_page(robin, client, talk):
    mine = robin.get(address(talk)).context["keep_keys"]
    other = make_conversation(talk.person)
    assert robin.get(address(other)).context["keep_keys"] != mine
    sam = make_coordinator("sam")
    Person.objects.update(coordinator=sam)
    client.force_login(sam)
    assert client.get(address(talk)).context["keep_keys"] != mine


def test_the_page_s_title_and_address_name_nobody(robin, talk, found):
    text = robin.get(address(talk)).content.decode()
    assert "Jean" not in text.partition("</title>")[0]
    assert json.loads(marks_of(robin.get(address(talk))))


def test_what_is_no_longer_in_the_directory_says_so(robin, talk, lunch_club, found):
    make_offer(talk, lunch_club)
    lunch_club.live = False
    lunch_club.save()
    assert b"No longer in the directory" in robin.get(address(talk)).content
