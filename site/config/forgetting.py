"""Keeping to the rules of `config.retention`: `due()` says how much has been kept too long, `forget()` removes it."""

import datetime as dt
import logging
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from config.clearing_out import clear_out
from config.retention import rules
from config.retention_rule import Rule

log = logging.getLogger(__name__)

# Others write in between.
AT_ONCE = 1_000


class NotForgotten(Exception):
    """Some rules could not be kept to; the others were."""


class Due(NamedTuple):
    """How many rows one rule would remove or empty."""

    rule: Rule
    rows: int


def due(now: dt.datetime | None = None) -> Iterator[Due]:
    """Every rule of the table, with how much of it is due."""
    now = now or timezone.localtime()
    for rule in rules():
        yield Due(rule, sum(rows.count() for rows in rule.due(now)) if rule.due else 0)


def forget(now: dt.datetime | None = None) -> list[Due]:
    """Remove or empty everything that is due; one rule that fails does not keep the others from being kept to."""
    now = now or timezone.localtime()
    done, failed = [], []
    for rule in rules():
        if rule.due is None:
            continue
        try:
            done.append(Due(rule, sum(_let_go(rule, rows) for rows in rule.due(now))))
        except Exception as error:  # whatever is wrong with one rule, the others hold
            failed.append(f"{rule.key} ({type(error).__name__})")
            continue
        if done[-1].rows:
            log.info("Kept too long, by the rule “%s”: %s.", rule.key, done[-1].rows)
    clear_out()
    if failed:
        raise NotForgotten(f"These rules of what is kept could not be kept to: {', '.join(failed)}.")
    return done


def _let_go(rule: Rule, rows: QuerySet[Any]) -> int:
    gone = 0
    while numbers := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            some = rows.model._default_manager.filter(pk__in=numbers)
            if rule.removed_by:
                rule.removed_by(some)
            elif rule.emptied:
                some.update(**dict(rule.emptied))
            else:
                some.delete()
        gone += len(numbers)
    return gone
