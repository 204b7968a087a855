"""A new key seals everything anew, while the site serves, however often it is stopped."""

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db.models import ExpressionWrapper, F, TextField
from django.urls import reverse

from config.backup.making import person_key_marks
from config.backup.restoring import what_differs
from config.checks import keys_of_people_are_keys, people_have_a_key_of_their_own
from referrals.keeping import rotating
from referrals.keeping.rotating import is_newest, rotate, sealed_fields
from referrals.models import Conversation, Person, Referral
from referrals.models.sealed import NotOpened
from tests.config.test_backup_files import make_manifest
from tests.factories.referrals import make_person
from tests.referrals.everything import live_through

pytestmark = pytest.mark.django_db
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def zebediah(settings):
    """Sealed with a key that is followed by another."""
    settings.PERSON_KEYS = [OLD]
    person = live_through()
    settings.PERSON_KEYS = [NEW, OLD]
    return person


def kept(model, name):
    return list(model.objects.annotate(raw=ExpressionWrapper(F(name), output_field=TextField())).values_list(
        "raw", flat=True
    ))  # fmt: skip


def test_everything_sealed_is_sealed_anew_and_says_the_same(zebediah, settings):
    before = said()
    turned = rotate()
    assert all(is_newest(value) for model, names in sealed_fields() for name in names for value in kept(model, name))
    assert sum(one.anew for one in turned) > 20
    settings.PERSON_KEYS = [NEW]
    assert said() == before


def said():
    """Every sealed value, opened."""
    return [list(model.objects.order_by("pk").values_list(*names)) for model, names in sealed_fields()]


def test_who_was_found_by_a_reference_is_found_before_on_the_way_and_after(zebediah, settings):
    assert Person.objects.referenced("zebediah-77").get() == zebediah
    rotate()
    assert Person.objects.referenced("zebediah-77").get() == zebediah
    settings.PERSON_KEYS = [NEW]
    assert Person.objects.referenced("zebediah-77").get() == zebediah


def test_a_second_run_has_nothing_to_do(zebediah):
    rotate()
    assert sum(one.anew for one in rotate()) == 0


def test_stopped_half_way_it_goes_on_where_it_was(zebediah, monkeypatch):
    monkeypatch.setattr(rotating, "AT_ONCE", 1)

    def stop(words):
        if words.startswith("referrals: 2 "):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(say=stop)
    assert [is_newest(value) for value in kept(Referral, "needs")].count(True) == 2
    rotate()
    assert all(is_newest(value) for value in kept(Referral, "needs"))


def test_what_somebody_writes_on_the_way_is_not_written_over(zebediah, monkeypatch):
    conversation = Conversation.objects.get()
    sealing = rotating.seal

    def written_meanwhile(text):
        Conversation.objects.filter(pk=conversation.pk).update(notes="Newer words")
        return sealing(text)

    monkeypatch.setattr(rotating, "seal", written_meanwhile)
    rotate()
    assert Conversation.objects.get().notes == "Newer words"


def test_what_no_key_opens_is_said_and_left(zebediah, settings, capsys):
    settings.PERSON_KEYS = [NEW]
    with pytest.raises(CommandError, match=r"None of the keys opens \d+ values: put the key"):
        call_command("rotate_person_keys")
    settings.PERSON_KEYS = [OLD]
    assert Person.objects.get().called == "Zebediah"


def test_the_command_says_what_it_did(zebediah, capsys):
    call_command("rotate_person_keys")
    said = capsys.readouterr().out
    assert "people: 4 values looked at, 4 sealed anew." in said
    assert "The others can go from the settings." in said


def test_the_command_makes_a_key_that_seals(settings, capsys):
    call_command("rotate_person_keys", "--make-key")
    settings.PERSON_KEYS = [capsys.readouterr().out.strip()]
    assert keys_of_people_are_keys() == []
    assert make_person(called="Zebediah").called == "Zebediah"


def test_what_was_written_before_there_was_a_key_still_opens(settings):
    make_person(called="Zebediah")
    settings.PERSON_KEYS = [NEW]
    assert Person.objects.get().called == "Zebediah"
    rotate()
    settings.SECRET_KEY = "another"  # a test's
    assert Person.objects.get().called == "Zebediah"


def test_without_its_key_nothing_opens(zebediah, settings):
    settings.PERSON_KEYS = [NEW]
    with pytest.raises(NotOpened):
        Person.objects.get()


def test_without_its_key_a_page_says_so(zebediah, settings, client):
    client.force_login(zebediah.coordinator)
    settings.PERSON_KEYS = [NEW]
    answer = client.get(reverse("referrals:held", args=[zebediah.key]))
    assert answer.status_code == 503
    assert "the key that opens it is missing" in answer.content.decode()


def test_production_needs_a_key_of_its_own_and_every_key_is_one(settings):
    settings.PERSON_KEYS = []
    assert [one.id for one in people_have_a_key_of_their_own()] == ["hereabouts.E005"]
    settings.PERSON_KEYS = [NEW, NEW[:-3]]
    assert people_have_a_key_of_their_own() == []
    assert [str(one.msg) for one in keys_of_people_are_keys()] == [
        "Key number 2 of HEREABOUTS_PERSON_KEYS is not one: make one with hereabouts rotate_person_keys --make-key."
    ]


def test_a_restored_backup_says_which_keys_are_missing_and_a_key_that_is_here_is_not_missed(settings):
    settings.PERSON_KEYS = [NEW]
    before = make_manifest(person_key_marks=person_key_marks([OLD.encode()]))
    assert any("HEREABOUTS_PERSON_KEYS lacks keys" in line for line in what_differs(before))
    settings.PERSON_KEYS = [NEW, OLD]
    assert not any("HEREABOUTS_PERSON_KEYS" in line for line in what_differs(before))
