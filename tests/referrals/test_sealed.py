"""What is kept of a person is sealed, and opened by any of the keys."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError
from django.db import connection

from referrals.models import Person
from referrals.models.sealed import NotOpened, blind, seal, unseal
from tests.factories.referrals import make_conversation, make_person

pytestmark = pytest.mark.django_db
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def rows_of(model):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table}")
        return str(cursor.fetchall())


def test_the_database_holds_nothing_in_the_clear():
    conversation = make_conversation(make_person(called="Marmaduke", reference="LAS-77"), answers={"matters": "Geese"})
    kept = rows_of(Person) + rows_of(type(conversation))
    assert not [word for word in ("Marmaduke", "LAS-77", "07700", "RM18", "Geese") if word in kept]
    again = type(conversation).objects.get()
    assert (again.person.called, again.answers, again.words) == ("Marmaduke", {"matters": "Geese"}, "Geese")


def test_an_older_key_opens_and_the_newest_seals(settings):
    settings.PERSON_KEYS = [OLD]
    kept = seal("Geese")
    settings.PERSON_KEYS = [NEW, OLD]
    assert unseal(kept) == "Geese"
    newer = seal("Geese")
    settings.PERSON_KEYS = [NEW]
    assert unseal(newer) == "Geese"
    with pytest.raises(NotOpened, match="HEREABOUTS_PERSON_KEYS"):
        unseal(kept)


def test_a_person_is_found_by_reference_however_it_is_typed():
    jean = make_person(reference="LAS 001 23")
    assert Person.objects.referenced(" las00123").get() == jean
    assert not Person.objects.referenced("LAS-124").exists()
    assert blind("") == ""


def test_a_sealed_field_refuses_to_be_searched():
    with pytest.raises(FieldError, match="blind index"):
        Person.objects.filter(called="Jean").exists()
