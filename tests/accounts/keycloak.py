"""People at the real Keycloak: they sign in there as a browser does, and an administrator of it changes them."""

import re
from html import unescape
from urllib.parse import urlsplit

import requests

PASSWORD = "hereabouts-test-password"
PATIENCE = 60
GROUPS = ("coordinators", "moderators", "editors", "commissioners", "administrators")
HOST = {"SERVER_NAME": "127.0.0.1"}


def path_of(address):
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def start(client):
    """Keycloak's address that the button leads to."""
    return client.post("/sign-in/council/").context["place"]


def way_back(client, username, browser=None):
    """From our door to Keycloak and in; the address that it sends the browser back to."""
    back = (browser or AtKeycloak()).let_in(start(client), username)
    assert back.startswith("http://127.0.0.1/sign-in/council/answer/?"), back
    return path_of(back)


def come_in(client, username, browser=None):
    return client.get(way_back(client, username, browser))


class AtKeycloak:
    """One browser's session at Keycloak."""

    def __init__(self):
        self.session = requests.Session()
        self.said = ""

    def get(self, address):
        return self._kept(self.session.get(address, allow_redirects=False, timeout=PATIENCE))

    def let_in(self, address, username, password=PASSWORD):
        """Where Keycloak sends somebody who came by this address and signs in; empty when it does not let them in."""
        page = self.get(address)
        if page.is_redirect:
            return page.headers["Location"]
        form = unescape(re.search(r'action="([^"]+)"', page.text)[1])
        typed = {"username": username, "password": password}
        answer = self._kept(self.session.post(form, typed, allow_redirects=False, timeout=PATIENCE))
        self.said = " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())
        return answer.headers.get("Location", "")

    def _kept(self, answer):
        # Keycloak marks its cookies Secure on plain http too, and Python would not send them back.
        for cookie in self.session.cookies:
            cookie.secure = False
        return answer


class KeycloakAdmin:
    """Changes people; whoever uses it puts them back."""

    def __init__(self, issuer, *, home=None, **known_by):
        """`home` is the issuer of whoever administrates, when it is another."""
        parts = urlsplit(issuer)
        self.realm = f"{parts.scheme}://{parts.netloc}/admin{parts.path}"
        self.home, self.known_by = home or issuer, known_by

    def ask(self, method, path, **more):
        # A token of an administrator is good for a minute.
        token = requests.post(f"{self.home}/protocol/openid-connect/token", self.known_by, timeout=PATIENCE)
        token.raise_for_status()
        headers = {"Authorization": f"Bearer {token.json()['access_token']}"}
        answer = requests.request(method, f"{self.realm}/{path}", headers=headers, timeout=PATIENCE, **more)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def person(self, username):
        return self.ask("GET", "users", params={"username": username, "exact": "true"})[0]["id"]

    def group(self, name):
        return next(one["id"] for one in self.ask("GET", "groups", params={"search": name}) if one["name"] == name)

    def join(self, username, group):
        self.ask("PUT", f"users/{self.person(username)}/groups/{self.group(group)}")

    def leave(self, username, group):
        self.ask("DELETE", f"users/{self.person(username)}/groups/{self.group(group)}")

    def set_enabled(self, username, enabled):
        self.ask("PUT", f"users/{self.person(username)}", json={"enabled": enabled})

    def sign_out(self, username):
        self.ask("POST", f"users/{self.person(username)}/logout")

    def sessions(self, username):
        return sorted(one["id"] for one in self.ask("GET", f"users/{self.person(username)}/sessions"))
