"""Seals anew, with the newest key, what former keys sealed. It can be stopped at any time, and run again."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.db.models import ExpressionWrapper, F, Model, Q, TextField, Value

from referrals.models import Person
from referrals.models.sealed import NotOpened, SealedField, blind, person_keys, seal, unseal

AT_ONCE = 200


class Turned(NamedTuple):
    """What was done with one kind of record: values looked at, sealed anew, and those that no key opens."""

    kind: type[Model]
    seen: int = 0
    anew: int = 0
    lost: int = 0


def rotate(*, say: Callable[[str], object] = lambda _words: None) -> list[Turned]:
    """Every sealed field of every model, some rows at a time, beside whoever reads and writes them."""
    found = []
    for kind, fields in sealed_fields():
        turned = Turned(kind)
        for turned in _turn(kind, fields):  # the last one counts
            say(f"{kind._meta.verbose_name_plural}: {turned.anew:,} sealed anew so far")
        found.append(turned)
    return found


def sealed_fields() -> Iterator[tuple[type[Model], list[str]]]:
    """Models that seal something, each with the names of those fields."""
    for model in apps.get_models():
        if names := [field.name for field in model._meta.concrete_fields if isinstance(field, SealedField)]:
            yield model, names


def is_newest(sealed: str) -> bool:
    """Whether the key that seals today sealed this; nothing needs no key."""
    if not sealed:
        return True
    try:
        Fernet(person_keys()[0]).decrypt(sealed)
    except InvalidToken:
        return False
    return True


def _turn(kind: type[Model], fields: list[str]) -> Iterator[Turned]:
    """Yields after each part what was done so far."""
    turned, after = Turned(kind), 0
    raw = {f"raw_{name}": ExpressionWrapper(F(name), output_field=TextField()) for name in fields}
    rows = kind._default_manager.annotate(**raw).order_by("pk")
    while part := list(rows.filter(pk__gt=after).values("pk", *raw)[:AT_ONCE]):
        for row in part:
            for name in fields:
                turned = _turn_one(turned, row["pk"], name, row[f"raw_{name}"])
            if kind is Person:
                _blind_anew(row["pk"])
        after = part[-1]["pk"]
        yield turned


def _turn_one(turned: Turned, pk: Any, name: str, sealed: str | None) -> Turned:
    """Replace one value, unless somebody else wrote another meanwhile: theirs is sealed with the newest key already."""
    turned = turned._replace(seen=turned.seen + 1)
    if sealed is None or is_newest(sealed):
        return turned
    try:
        anew = seal(unseal(sealed))
    except NotOpened:
        return turned._replace(lost=turned.lost + 1)
    is_still = Q(raw=sealed)
    row = turned.kind._default_manager.annotate(raw=ExpressionWrapper(F(name), output_field=TextField()))
    done = row.filter(is_still, pk=pk).update(**{name: Value(anew, output_field=TextField())})
    return turned._replace(anew=turned.anew + done)


def _blind_anew(pk: int) -> None:
    """What a reference is found by is made with the newest key too."""
    try:
        person = Person.objects.only("reference", "reference_blind").get(pk=pk)
    except (NotOpened, Person.DoesNotExist):
        return
    Person.objects.filter(pk=pk, reference_blind=person.reference_blind).exclude(
        reference_blind=blind(person.reference)
    ).update(reference_blind=blind(person.reference))
