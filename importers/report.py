"""What came of a load, for a person and for a machine."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from importers.records import Problem, Weight
from importers.spreadsheets import Row

MOST_LINES = 20


class Vanished(NamedTuple):
    """A listing of this source that the file no longer has. It is left as it is."""

    asset_id: int
    name: str


@dataclass
class LoadReport:
    """Counts are of rows; `warnings` leave their row loaded, `problems` reject it."""

    file_name: str
    source: str
    column_map: str
    dry_run: bool
    headings: list[str] = field(default_factory=list)
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    # Of the accepted: those that the source itself says have ended, kept and not shown.
    ended: int = 0
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    rejected_rows: dict[int, Row] = field(default_factory=dict)
    vanished: list[Vanished] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        return len(self.rejected_rows)

    @property
    def accepted(self) -> int:
        return self.created + self.updated + self.unchanged

    @property
    def accepted_share(self) -> float:
        """Of the rows, from 0 to 1; an empty sheet is wholly accepted."""
        return self.accepted / self.rows if self.rows else 1.0

    def note(self, problems: Iterable[Problem], row: Row | None = None) -> None:
        """Keep problems; `row` is the row they are of, kept for the sheet of rejected rows when one rejects it."""
        for problem in problems:
            if problem.weight == Weight.REJECTS:
                self.problems.append(problem)
                if row is not None:
                    self.rejected_rows[row.number] = row
            else:
                self.warnings.append(problem)

    def why(self, number: int) -> list[str]:
        """What is to be mended in one rejected row."""
        return [
            f"{one.field}: {one.message}" if one.field else one.message for one in self.problems if one.row == number
        ]

    def in_words(self) -> str:
        """The whole report as lines for a person; long lists are cut short and say so."""
        lines = [
            _("Tried out, nothing was changed: %(file)s") % {"file": self.file_name}
            if self.dry_run
            else _("Loaded: %(file)s") % {"file": self.file_name},
            ngettext("%(n)s row", "%(n)s rows", self.rows) % {"n": f"{self.rows:,}"}
            + ": "
            + _("%(created)s new, %(updated)s changed, %(unchanged)s as before, %(rejected)s rejected")
            % {
                "created": f"{self.created:,}",
                "updated": f"{self.updated:,}",
                "unchanged": f"{self.unchanged:,}",
                "rejected": f"{self.rejected:,}",
            },
        ]
        if self.ended:
            lines.append(_("%(n)s have ended, says the file: kept, and not shown") % {"n": f"{self.ended:,}"})
        lines += _listed(_("To mend, then load again:"), [problem.in_words() for problem in self.problems])
        lines += _listed(_("Loaded, but look at these:"), self._warnings_in_words())
        lines += _listed(
            _("No longer in the file (left as they are; withdraw them if they have ended):"),
            [one.name for one in self.vanished],
        )
        return "\n".join(lines)

    def _warnings_in_words(self) -> list[str]:
        """Warnings that say the same of many rows become one line."""
        alike = Counter((one.field, one.message) for one in self.warnings)
        lines: dict[tuple[str, str], str] = {}
        for one in self.warnings:
            key = (one.field, one.message)
            more = alike[key] - 1
            words = ngettext("and %(n)s more row", "and %(n)s more rows", more) % {"n": f"{more:,}"}
            lines.setdefault(key, f"{one.in_words()} ({words})" if more else one.in_words())
        return list(lines.values())

    def as_json(self) -> dict[str, Any]:
        """Everything, as plain data."""
        return {
            "file": self.file_name,
            "source": self.source,
            "map": self.column_map,
            "dry_run": self.dry_run,
            "rows": self.rows,
            "accepted": self.accepted,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "ended": self.ended,
            "rejected": self.rejected,
            "problems": [asdict(problem) for problem in self.problems],
            "warnings": [asdict(problem) for problem in self.warnings],
            "vanished": [one._asdict() for one in self.vanished],
        }


def _listed(heading: str, lines: list[str]) -> list[str]:
    if not lines:
        return []
    shown = [f"  {line}" for line in lines[:MOST_LINES]]
    left = len(lines) - len(shown)
    more = [f"  {_('… and %(n)s more') % {'n': f'{left:,}'}}"] if left else []
    return ["", heading, *shown, *more]
