"""Where the index lies, and how it changes hands: a lock for writers, one small file that names what readers read.

`<DATA_DIR>/index/<hash>/current` says `{"folder", "facts"}`; replacing that file is the one moment at which readers see
a new state, so a writer that dies at any other moment changes nothing. The hash is of the schema and the analysis.

IndexProblem
├── IndexMissing   nothing was built yet, or somebody deleted it
└── IndexBroken    it is there and cannot be read
"""

import contextlib
import fcntl
import json
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any


class IndexProblem(Exception):
    """The index cannot answer."""


class IndexMissing(IndexProblem):
    """There is no index."""


class IndexBroken(IndexProblem):
    """There is an index, and it cannot be read."""


class WriterBusy(Exception):
    """Another process, or another thread of this one, is writing the index."""


@dataclass(frozen=True, slots=True)
class Current:
    """What readers read now. `stamp` differs whenever it was replaced."""

    folder: str
    facts: str
    stamp: tuple[int, int, int]


class IndexFolder:
    """One index's place on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._current = str(path / "current")
        self._held = threading.local()

    def stamp(self) -> tuple[int, int, int]:
        """Changes when readers should look again; costs one `stat`. Raises `IndexMissing`."""
        try:
            seen = os.stat(self._current)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise IndexMissing("There is no search index yet.") from error
        except OSError as error:
            raise IndexBroken(f"The search index cannot be opened: {error}") from error
        return seen.st_ino, seen.st_mtime_ns, seen.st_size

    def current(self) -> Current:
        """What the pointer names; raises `IndexMissing` or `IndexBroken`."""
        stamp = self.stamp()
        try:
            said = json.loads((self.path / "current").read_text())
            return Current(Path(said["folder"]).name, Path(said["facts"]).name, stamp)
        except FileNotFoundError as error:
            raise IndexMissing("There is no search index any more.") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexBroken(f"What names the search index cannot be read: {error}") from error

    def point_at(self, folder: str, facts: str) -> None:
        """Let readers see this from now on."""
        draft = self.path / f"current.{os.getpid()}.{threading.get_ident()}"
        with draft.open("w") as file:
            json.dump({"folder": folder, "facts": facts}, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path / "current")

    @contextlib.contextmanager
    def writing(self, *, wait: bool = True) -> Iterator[None]:
        """Hold the one lock of writers; the kernel lets go of it when a process dies. Raises `WriterBusy`."""
        if getattr(self._held, "depth", 0):
            yield
            return
        with self._locked(fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB):
            self._held.depth = 1
            try:
                yield
            finally:
                self._held.depth = 0

    @contextlib.contextmanager
    def _locked(self, how: int) -> Iterator[IO[Any]]:
        while True:
            self.path.mkdir(parents=True, exist_ok=True)
            with (self.path / "lock").open("w") as file:
                try:
                    fcntl.flock(file, how)
                except BlockingIOError as error:
                    raise WriterBusy("The search index is being written.") from error
                if not self._is_there(file):
                    # The folder was deleted while this waited: what is locked is no longer what others would lock.
                    continue
                yield file
                return

    def _is_there(self, file: IO[Any]) -> bool:
        with contextlib.suppress(FileNotFoundError):
            return os.stat(self.path / "lock").st_ino == os.fstat(file.fileno()).st_ino
        return False

    def sweep(self) -> None:
        """Remove what writers left behind; only while writing. Readers keep what they have mapped."""
        current = self.current()
        for path in self.path.iterdir():
            if path.is_dir() and path.name != current.folder:
                shutil.rmtree(path, ignore_errors=True)
            elif path.name.startswith("current."):
                path.unlink(missing_ok=True)
        kept = {current.facts, phrases_beside(current.facts)}
        for kind in ("facts-*", "phrases-*"):
            for path in (self.path / current.folder).glob(kind):
                if path.name not in kept:
                    path.unlink(missing_ok=True)


def phrases_beside(facts: str) -> str:
    """The file of names that was written with a file of facts."""
    return facts.replace("facts-", "phrases-")
