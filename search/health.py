"""How search is: `health()` for a page or a program, `in_words(health())` for people."""

import datetime as dt
from dataclasses import dataclass

from django.utils.timesince import timesince

from search import meaning
from search.breaker import EngineDown
from search.engines import engine
from search.index_folder import IndexProblem
from search.models import StaleAsset
from search.spare import WithSpare


@dataclass(frozen=True, slots=True)
class Health:
    """What is known of this process's engine, and what search owes."""

    engine: str
    # Closed, open or half-open; empty without a cluster.
    breaker: str
    # What the engine said when it was asked; empty when all is well.
    problem: str
    built_at: dt.datetime | None
    listings: int | None
    owed: int
    # Why what is owed was not written at its last trial.
    owed_because: str
    # Why sentences are searched by their words alone; empty when they are not.
    no_sentences: str

    @property
    def is_well(self) -> bool:
        return not self.problem and self.breaker in {"", "closed"}


def health() -> Health:
    """Ask the engine how it is, at most once."""
    current = engine()
    built_at, listings, problem = None, None, ""
    try:
        built_at = current.built_at()
        words = current.vocabulary()
        listings = words.listings() if words is not None else None
    except (EngineDown, IndexProblem) as error:
        problem = str(error)
    owed = StaleAsset.objects.order_by("-attempts", "pk")
    worst = owed.first()
    return Health(
        engine=current.name,
        breaker=current.breaker.state if isinstance(current, WithSpare) else "",
        problem=problem,
        built_at=built_at,
        listings=listings,
        owed=owed.count(),
        owed_because=worst.last_error if worst else "",
        no_sentences=meaning.why_not(),
    )


def in_words(now: Health) -> list[str]:
    """One line for each thing worth knowing, the worst first."""
    lines = []
    if now.problem:
        lines.append(f"Search is answered without {now.engine}: {now.problem}")
    else:
        lines.append(f"{now.engine} answers.")
    if now.breaker not in {"", "closed"}:
        lines.append("The cluster is left alone until it answers a trial.")
    if now.built_at:
        lines.append(f"The index was built {timesince(now.built_at)} ago.")
    if now.listings is not None:
        lines.append(f"Listings in it: {now.listings:,}.")
    lines.append(f"Changes still to be written: {now.owed:,}.{because(now)}")
    if now.no_sentences:
        lines.append(f"Sentences are searched by their words alone: {now.no_sentences}")
    return lines


def because(now: Health) -> str:
    return f" {now.owed_because}" if now.owed and now.owed_because else ""
