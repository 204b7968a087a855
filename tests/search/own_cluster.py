"""A real Elasticsearch of a test's own, to be stopped, paused and filled up; the one that other tests use goes on."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from django.conf import settings

SCRIPT = Path(settings.REAL_DATA).parent / "elasticsearch" / "node"
# Kept from run to run: the server is unpacked there once.
CACHE = Path(tempfile.gettempdir()) / "hereabouts-cluster-that-fails"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class OwnCluster:
    """One node. `start`, `stop`, `pause`, `resume`."""

    def __init__(self):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def _run(self, *arguments):
        environment = {**os.environ, "HEREABOUTS_TEST_CACHE": str(CACHE)}
        return subprocess.run([SCRIPT, *arguments], env=environment, check=True, capture_output=True, text=True).stdout

    def start(self):
        """Empty, as at every start."""
        self._run("start", "--port", str(self.port), "--heap", "256m")

    def stop(self):
        self._run("stop")

    @property
    def pid(self):
        [line] = [line for line in self._run("status").splitlines() if line.startswith(self.url + " ")]
        return int(line.split()[-1])

    def pause(self):
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self):
        os.kill(self.pid, signal.SIGCONT)


def eventually(holds, seconds=90.0):
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"It did not come about in {seconds} s.")
        time.sleep(0.1)
