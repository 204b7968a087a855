"""Somebody in danger: the strip is there every time, and rules only bring it to the top."""

import time

import pytest
from django.db import OperationalError
from django.utils import timezone

from assets_map.distance import Point
from assets_map.places import Place
from directory.models import Asset
from search import danger
from search.danger import strip
from search.documents import asset_documents
from search.engines import engine
from search.helping import help_context
from search.instead import Nothing
from search.laying_help import lay_help
from search.models import CouncilBusiness, DangerCount, DangerRule, HelpLine, PinnedListing
from search.typed_phrases import GAP, read_phrase, tokens_of
from tests.factories.directory import THURROCK, make_asset
from tests.search.danger_phrases import LATER, ORDINARY, SENTENCES, SHORT
from tests.search.danger_said_otherwise import SAID_OTHERWISE
from tests.search.harmless_phrases import HARMLESS

pytestmark = pytest.mark.django_db
STRIP = 'class="help-strip'
FIRST = "help-strip--first"


@pytest.fixture
def laid(own_index):
    lay_help(demo=True)
    danger.forget()
    make_asset(name="Mens breakfast", summary="Bacon, and men to talk to.")
    make_asset(name="Living after suicide", summary="For those who are left behind.")
    make_asset(name="Toe-nail cutting", summary="Cutting by a gentle person.")
    engine().rebuild(asset_documents())


@pytest.fixture(params=["on", "off", "missing"])
def vectors(request, settings, tmp_path):
    """Search by meaning as it is installed, switched off, and with its model gone."""
    settings.SENTENCES = request.param != "off"
    if request.param == "missing":
        settings.SENTENCE_MODEL = str(tmp_path / "no-model")
    return request.param


def page_of(client, text):
    response = client.post("/find/", {"text": text}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_the_strip_is_there_for_every_sentence(client, laid, vectors):
    missed = [text for text in SENTENCES if STRIP not in page_of(client, text)]
    assert missed == []


def test_short_cries_for_help_have_the_strip_first(client, laid, vectors):
    missed = [text for text in SHORT if FIRST not in page_of(client, text)]
    assert missed == []


def test_ordinary_sentences_do_not_cry_wolf(client, laid):
    raised = [text for text in ORDINARY if FIRST in page_of(client, text)]
    assert raised == []


def test_the_lists_of_phrases_are_as_long_as_was_promised():
    assert len(SENTENCES) + len(SHORT) >= 40
    assert len(ORDINARY) >= 40


@pytest.mark.parametrize("subject", SAID_OTHERWISE)
def test_rules_know_many_ways_of_saying_it(subject):
    assert len(set(SAID_OTHERWISE[subject])) == 30
    assert [text for text in SAID_OTHERWISE[subject] if not danger.matched(text)] == []


def test_rules_know_what_was_written_after_them():
    assert [text for text in LATER if not danger.matched(text)] == []


def test_words_shared_with_a_cry_for_help_do_not_cry_wolf():
    assert len(set(HARMLESS)) >= 80
    assert [text for text in HARMLESS if danger.matched(text)] == []


def test_ordinary_sentences_have_the_strip_below_the_title(client, laid):
    page = page_of(client, "somewhere to take dad for lunch")
    assert page.index("<h1") < page.index(STRIP)


def test_council_business_stands_above_a_strip_that_no_rule_brought_to_the_top(client, laid):
    page = page_of(client, "when are my bins emptied please")
    assert page.index('class="business"') < page.index(STRIP)
    lost = client.post("/find/", {"text": "when are my bins emptied please", "place": "RM17 6X"}).content.decode()
    assert lost.index('class="business"') < lost.index(STRIP)


def test_a_strip_that_no_rule_brought_to_the_top_is_four_lines_and_a_fold(client, laid):
    shown, fold, folded = page_of(client, "somewhere to take dad for lunch").partition("More numbers")
    assert fold
    names = [line.name for line in HelpLine.objects.filter(active=True)]
    assert [name in shown for name in names] == [True] * 4 + [False] * (len(names) - 4)
    assert all(name in folded for name in names[4:])
    assert "More numbers" not in page_of(client, "he hits me")


def test_in_danger_and_nothing_found_no_words_are_said_again_and_nothing_else_is_offered(client, laid):
    response = client.post("/find/", {"text": "he hits me zeppelin"}, follow=True)
    assert response.context["results"].total == 0
    nothing = response.content.decode().split('class="nothing"')[1].split("</main>")[0]
    assert "There is nothing local here for this. Please ring one of the numbers above." in nothing
    assert "zeppelin" not in nothing
    assert "<a " not in nothing
    assert response.context["nothing"] == Nothing()


def test_in_danger_what_is_pinned_is_not_denied(client, laid):
    PinnedListing.objects.create(
        rule=DangerRule.objects.get(key="hurt-at-home"), asset=Asset.objects.get(name="Mens breakfast")
    )
    danger.forget()
    page = page_of(client, "he hits me zeppelin")
    assert "These can help now" in page
    assert "There is nothing else local here for this." in page


def test_a_promoted_strip_stands_before_everything_else(client, laid):
    page = page_of(client, "he hits me")
    assert page.index(STRIP) < page.index("<h1")
    assert page.index("0808 2000 247") < page.index("<h1")


def test_one_ordinary_word_has_no_strip(client, laid):
    assert STRIP not in page_of(client, "breakfast")


def test_three_words_about_a_person_have_the_strip():
    assert strip("he frightens us", nothing_found=False)
    assert strip("feeling low myself", nothing_found=False)
    assert strip("lunch near me", nothing_found=False) is None


def test_nothing_found_has_the_strip(client, laid):
    assert STRIP in page_of(client, "zeppelin")


def test_a_place_that_cannot_be_found_does_not_take_the_strip_away(client, laid):
    page = client.post("/find/", {"text": "want to die", "place": "RM17 6X"}).content.decode()
    assert "tel:116123" in page


def test_rules_hide_no_result(client, laid):
    assert "Living after suicide" in page_of(client, "suicide")


def test_every_line_is_somewhere_on_the_page_whether_promoted_or_not(client, laid):
    for text in ("want to die", "I would like some company on Sundays"):
        page = page_of(client, text)
        for line in HelpLine.objects.all():
            assert line.name in page, text


def test_the_lines_that_fit_come_first():
    shown = strip("im 12 and he hits me", nothing_found=False)
    assert shown.promoted
    assert "National Domestic Abuse Helpline" in [line.name for line in shown.first]
    assert "Hourglass (harm to older people)" in [line.name for line in shown.others]


@pytest.mark.parametrize("broken", ["danger_rule", "everything"])
def test_without_a_database_the_built_in_rules_hold(monkeypatch, broken):
    def fails(*_args, **_options):
        raise OperationalError("no such table")

    # The outside here is the database itself.
    models = [DangerRule] if broken == "danger_rule" else [DangerRule, HelpLine, CouncilBusiness]
    for model in models:
        monkeypatch.setattr(type(model.objects), "filter", fails)
        monkeypatch.setattr(type(model.objects), "all", fails)
    assert danger.in_danger("he hits me")
    assert strip("he hits me", nothing_found=False).first[0].phone == "999"
    assert danger.business("council tax")[0].website.startswith("https://")


def test_tables_that_were_never_filled_are_answered_from_what_is_built_in():
    assert danger.matched("want to die")
    assert strip("", nothing_found=True).others


def test_a_rule_that_staff_turned_off_is_off(laid):
    DangerRule.objects.update(active=False)
    danger.forget()
    assert not danger.matched("want to die")
    assert strip("I want to die today", nothing_found=False)


def test_a_change_by_staff_is_seen_within_a_minute(laid, monkeypatch):
    assert danger.matched("want to die")
    DangerRule.objects.filter(key="ending-life").update(phrases="purple elephants")
    assert not danger.matched("purple elephants")
    later = time.monotonic() + 61
    monkeypatch.setattr(danger.time, "monotonic", lambda: later)
    assert danger.matched("purple elephants")


def place_in(*codes):
    return Place("Tilbury", Point(51.46, 0.36), frozenset(codes), True, None, "RM18 8", {})


def test_pinned_listings_are_live_and_serve_the_place(laid):
    rule = DangerRule.objects.get(key="hurt-at-home")
    here = make_asset(name="Safe house", coverage=[(THURROCK, "Thurrock")])
    elsewhere = make_asset(name="Far refuge", coverage=[("E09000001", "Elsewhere")])
    draft = make_asset(name="Not yet open", live=False)
    for order, asset in enumerate((elsewhere, draft, here)):
        PinnedListing.objects.create(rule=rule, asset=asset, sort_order=order)
    danger.forget()

    def names(place):
        return [row.name for row in help_context("he hits me", place=place, nothing_found=False)["pinned"]]

    assert names(place_in(THURROCK)) == ["Safe house"]
    assert names(None) == ["Far refuge", "Safe house"]
    assert help_context("tea dance", place=None, nothing_found=False)["pinned"] == []


def test_pins_stand_above_the_results_and_change_no_count(client, laid):
    asset = Asset.objects.get(name="Living after suicide")
    before = page_of(client, "suicide")
    PinnedListing.objects.create(rule=DangerRule.objects.get(key="ending-life"), asset=asset)
    danger.forget()
    page = page_of(client, "suicide")

    def count(words):
        return words.split('class="results__count"')[1].split("found")[0]

    assert "These can help now" in page
    assert page.index("These can help now") < page.index('class="rows"')
    assert count(page) == count(before)
    assert page.count(f'id="row-{asset.pk}"') == 1


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("how do i pay my council tax", "Pay your council tax"),
        ("bins", "Find out when your bins are emptied"),
        ("theres a massive pot hole on our road", "Report a pothole"),
        ("renewing my blue badge", "Apply for a Blue Badge"),
        ("registering mums death", "Register a death"),
    ],
)
def test_council_business_is_answered_by_a_link(client, laid, text, label):
    assert label in [one.label for one in danger.business(text)]
    assert label in page_of(client, text)


@pytest.mark.parametrize("text", ["lunch club", "someone to sit with mum", "help with benefits", "walking group"])
def test_what_is_not_council_business_has_no_link(text):
    assert danger.business(text) == ()


def test_only_the_count_of_the_rule_is_kept(client, laid):
    for _time in range(3):
        client.cookies.clear()
        page_of(client, "my husband hits me")
    count = DangerCount.objects.get()
    assert (count.rule.key, count.on, count.times) == ("hurt-at-home", timezone.localdate(), 3)


def test_looking_further_into_one_search_is_counted_once(client, laid):
    client.post("/find/", {"text": "my husband hits me"})
    client.get(client.post("/find/", {"text": "my husband hits me"}).url + "&page=2")
    assert DangerCount.objects.get().times == 1


def test_that_a_match_cannot_be_counted_stops_nobody(monkeypatch, laid):
    def fails(_rule_id):
        raise OperationalError("database is locked")

    monkeypatch.setattr(danger, "count_one", fails)
    danger.count("want to die")


@pytest.mark.parametrize(
    ("line", "text", "found"),
    [
        ("he hits me", "My Husband is hitting ME!!", False),
        ("he is hitting me", "My Husband is hitting ME!!", True),
        ("he hits me", "she really, really hits us", True),
        ("do not want to be here", "I don’t want to be here any more", True),
        ("do not want to be here", "i dont wanna be here", True),
        ("do not want to be here", "don t want to be here", True),
        ("take * benefits", "he takes all of my benefits", True),
        ("take * benefits", "take one two three four five benefits", False),
        ('"scared"', "Scared!", True),
        ('"scared"', "scared of heights", False),
        ("suicide", "suiside", True),
        ("suicide", "suite", False),
        ("strangle", "a stranger came", False),
        ("do not want to be alive", "my daughter doesn't want to be alive", True),
        ("he will kill me", "my brothers will kill me", True),
        ("child is crying", "next door's kids are crying", True),
    ],
)
def test_phrases_stand_for_many_ways_of_typing_them(line, text, found):
    rule = danger.Matched("rule")
    kept = danger.Known((), [(rule, line, "")], [])
    assert bool(kept.rules_in(text)) is found


def test_a_phrase_inside_one_that_means_something_else_does_not_count_and_elsewhere_it_does():
    kept = danger.Known((), [(danger.Matched("rule"), "want to die", "want to die at home")], [])
    assert not kept.rules_in("mum wants to die at home")
    assert kept.rules_in("she wants to die at home and I want to die")


@pytest.mark.parametrize(
    "text",
    ["he " * 5_000, "a" * 100_000, "* " * 1_000, "(a+)+$" * 50, "\x00\u202e" * 200, "he * me " * 100, "🙂" * 300],
)
def test_no_text_takes_long(text, laid):
    danger.matched("anything")
    started = time.process_time()
    strip(text, nothing_found=False)
    danger.business(text)
    assert time.process_time() - started < 0.5


def test_no_phrase_takes_long():
    phrase = read_phrase("he * " * 12)
    kept = danger.Known((), [(danger.Matched("rule"), "\n".join(["he * " * 11 + "x"] * 600), "")], [])
    started = time.process_time()
    assert not kept.rules_in("he " * 80)
    assert time.process_time() - started < 1
    assert len(phrase.tokens) <= 24
    assert GAP == 4


@pytest.mark.parametrize("word", ["don't", "DON’T", "dont", "don t"])
def test_apostrophes_do_not_matter(word):
    assert tokens_of(f"I {word} eat") == ("i", "do", "not", "eat")
