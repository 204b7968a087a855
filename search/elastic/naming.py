"""What the cluster's indexes are called: `<prefix>-<hash of mapping and analysis>-<build>`, behind two aliases.

Readers ask `<prefix>-<hash>-read`. Writers write to every index behind `<prefix>-<hash>-write`: the one that is read,
and one that is being built beside it. Processes of two versions each have their own hash, and do not meet.
"""

import datetime as dt
import secrets
from dataclasses import dataclass

from search.elastic.mapping import mapping_hash

STAMP = "%Y%m%d%H%M%S"


@dataclass(frozen=True, slots=True)
class Names:
    """The names under one prefix."""

    prefix: str

    @property
    def base(self) -> str:
        return f"{self.prefix}-{mapping_hash()}"

    @property
    def read(self) -> str:
        return f"{self.base}-read"

    @property
    def write(self) -> str:
        return f"{self.base}-write"

    @property
    def words(self) -> str:
        """The side index of the directory's words."""
        return f"{self.base}-words"

    def new(self) -> str:
        """A name for an index to be built: later builds sort after earlier ones."""
        return f"{self.base}-{dt.datetime.now(dt.UTC):{STAMP}}-{secrets.token_hex(3)}"

    def built_at(self, index: str) -> dt.datetime:
        """When an index of ours was begun."""
        stamp = index.removeprefix(f"{self.base}-").partition("-")[0]
        return dt.datetime.strptime(stamp, STAMP).replace(tzinfo=dt.UTC)

    @property
    def every(self) -> str:
        """A pattern for all that was ever made under this prefix."""
        return f"{self.prefix}-*"
