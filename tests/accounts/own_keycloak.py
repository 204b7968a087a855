"""A real Keycloak of a test's own, whose clients it may change; the one that other tests use goes on."""

import contextlib
import re
import runpy
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import requests
from django.conf import settings

from tests.accounts.keycloak import PATIENCE, AtKeycloak, KeycloakAdmin
from tests.outbox.machine import until
from tests.search.own_cluster import free_port

SCRIPT = Path(settings.REAL_DATA).parent / "keycloak" / "server"
ADMINISTRATOR = {"username": "owner-of-this-server", "password": "only-for-this-server"}


class OwnKeycloak:
    """A copy of what the other one started with."""

    def __init__(self, folder):
        server = runpy.run_path(str(SCRIPT))
        address = f"http://127.0.0.1:{free_port()}"
        imported = max((server["HOME"] / "imported").glob("*.mv.db"), key=lambda path: path.stat().st_mtime)
        shutil.copyfile(imported, folder / "keycloakdb.mv.db")
        command = server["keycloak"](
            server["find_jdk"](), "384m", "start", "--optimized", "--cache=local", "--http-enabled=true",
            "--http-host=127.0.0.1", f"--http-port={address.rpartition(':')[2]}", f"--hostname={address}",
            f"--db-url=jdbc:h2:file:{folder}/keycloakdb;NON_KEYWORDS=VALUE",
        )  # fmt: skip
        self.issuer, self.said = f"{address}/realms/hereabouts", folder / "said.txt"
        with self.said.open("w") as out:
            self.process = subprocess.Popen(command, env=server["environment"](), cwd=folder, stdout=out, stderr=out)
        self.admin = KeycloakAdmin(
            self.issuer, home=f"{address}/realms/master", grant_type="password", client_id="admin-cli", **ADMINISTRATOR
        )

    def __enter__(self):
        try:
            until(lambda: self.process.poll() is not None or self.answers(), "Keycloak")
            assert self.process.poll() is None, self.said.read_text()
            make_administrator(self.issuer.partition("/realms/")[0])
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error):
        self.process.terminate()
        self.process.wait()

    def answers(self):
        with contextlib.suppress(requests.RequestException):
            return requests.get(f"{self.issuer}/.well-known/openid-configuration", timeout=10).ok
        return False

    def client(self):
        return self.admin.ask("GET", "clients", params={"clientId": "hereabouts"})[0]

    def tell_who_signed_out(self, address):
        """From now on this address is told."""
        client = self.client()
        self.admin.ask("PUT", f"clients/{client['id']}", json=told_at(client, address))

    def make_neighbour(self, address):
        """Another site of the same council, whose address is told too."""
        like = {**told_at(self.client(), address), "clientId": "neighbour"}
        numbered = ("id", "protocolMappers")
        made = {name: like[name] for name in like if name not in numbered}
        made["protocolMappers"] = [{name: one[name] for name in one if name != "id"} for one in like["protocolMappers"]]
        self.admin.ask("POST", "clients", json=made)


def make_administrator(address):
    """The first one, as Keycloak's own first page makes it for whoever sits at its machine."""
    browser = AtKeycloak()
    page = browser.get(f"{address}/")
    state = re.search(r'name="stateChecker"[^>]* value="([^"]+)"', page.text)[1]
    asked = {**ADMINISTRATOR, "passwordConfirmation": ADMINISTRATOR["password"], "stateChecker": state}
    browser.session.post(f"{address}/", asked, timeout=PATIENCE).raise_for_status()


def told_at(client, address):
    """As our page on signing in says."""
    more = {"backchannel.logout.url": address, "backchannel.logout.session.required": "true"}
    return {**client, "attributes": {**client["attributes"], **more}}


class Listener:
    """Hears Keycloak's messages in our place, and keeps the last to each path."""

    def __init__(self):
        self.heard = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def message(self, path):
        return until(lambda: self.heard.get(path), f"a message to {path}")

    def _handler(self):
        heard = self.heard

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                [heard[self.path]] = sent["logout_token"]
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_args):
                pass

        return Handler
