"""What is laid once stays as staff have it."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from search.laying_help import is_laid, lay_help
from search.models import CouncilBusiness, DangerRule, HelpLine, PinnedListing
from search.models.help import check_number, check_phrases
from search.seeds import seeds
from tests.factories.directory import make_asset

pytestmark = pytest.mark.django_db


def test_everything_is_laid_and_fits_its_own_rules():
    laid = lay_help(demo=False)
    assert (laid.lines, laid.rules, laid.business) == (11, 14, 32)
    for row in [*HelpLine.objects.all(), *DangerRule.objects.all(), *CouncilBusiness.objects.all()]:
        row.full_clean()
    assert is_laid()
    assert len(seeds("business")) >= 25


def test_laying_again_changes_nothing_and_says_so(capsys):
    call_command("load_help")
    HelpLine.objects.filter(key="samaritans").update(name="Our own listeners")
    HelpLine.objects.filter(key="shout").delete()
    DangerRule.objects.filter(key="missing").delete()
    CouncilBusiness.objects.filter(key="bins").update(website="https://council.example.org/bins")
    call_command("load_help")
    assert "nothing was changed" in capsys.readouterr().out
    assert HelpLine.objects.get(key="samaritans").name == "Our own listeners"
    assert not HelpLine.objects.filter(key="shout").exists()
    assert not DangerRule.objects.filter(key="missing").exists()
    assert CouncilBusiness.objects.get(key="bins").website == "https://council.example.org/bins"


def test_the_demonstration_has_numbers_of_drama_and_pins():
    asset = make_asset(name="The Safe Door Refuge", source="workbook", source_id="GR099")
    lay_help(demo=True)
    phones = HelpLine.objects.filter(key__endswith="safeguarding").values_list("phone", flat=True)
    assert len(phones) == 2
    assert all(phone.startswith("01632 960") for phone in phones)
    assert PinnedListing.objects.filter(asset=asset, rule__key="hurt-at-home").exists()


def test_elsewhere_safeguarding_has_no_number_that_is_invented():
    lay_help(demo=False)
    assert set(HelpLine.objects.filter(key__endswith="safeguarding").values_list("phone", flat=True)) == {""}
    assert not PinnedListing.objects.exists()


def test_every_line_that_a_rule_names_is_there():
    known = {line["key"] for line in seeds("line")}
    assert {key for rule in seeds("rule") for key in rule["lines"]} <= known


@pytest.mark.parametrize("text", ["ring us", "01632", "1" * 20, "12", "+", "0808-2000-247"])
def test_a_number_that_nobody_can_ring_is_refused_in_words(text):
    if text == "01632":
        check_number(text)
        return
    with pytest.raises(ValidationError, match="not a number that somebody can ring"):
        check_number(text)


@pytest.mark.parametrize("line", ["i", "the", "my husband", "*", "he is", "want", "!!!"])
def test_a_phrase_that_would_match_everything_is_refused_in_words(line):
    with pytest.raises(ValidationError, match="nearly everything"):
        check_phrases(line)


@pytest.mark.parametrize("line", ["word " * 13, "x" * 121])
def test_a_phrase_that_is_too_long_is_refused_in_words(line):
    with pytest.raises(ValidationError, match="too long"):
        check_phrases(line)


def test_too_many_phrases_are_refused_in_words():
    with pytest.raises(ValidationError, match="more than 600 lines"):
        check_phrases("\n".join(f"purple elephant {number}" for number in range(601)))
